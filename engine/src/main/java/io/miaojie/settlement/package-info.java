/**
 * Step 4 of the walk, the deterministic core: command bytes and a time in, outcome bytes out, on one thread. No clock,
 * randomness, I/O, threads, logging or floating point. Sees {@code wire}, Agrona, {@code java.lang} and
 * {@code java.util}.
 */
package io.miaojie.settlement;
