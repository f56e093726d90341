/**
 * The engine as one thing: every limit, the order of start and stop, the counters. Sees all of the engine; the api sees
 * it.
 */
package io.miaojie.node;
