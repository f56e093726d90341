/**
 * The built-in demonstration: a seeded spike of payments through HTTP, and the same rewards calculated again from plain
 * maps, so that what the engine credited can be held against it.
 */
package io.miaojie.api.demo;
