/**
 * The rig: the program in a process of its own, loaded over HTTP from here. It sees the API and the metrics, never the
 * engine's classes.
 */
package io.miaojie.benchmarks.rig;
