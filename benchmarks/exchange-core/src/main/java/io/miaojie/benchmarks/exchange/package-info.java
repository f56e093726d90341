/**
 * exchange-core 0.5.3 as a baseline of ring and settlement. A jar of its own, because it runs with the Disruptor,
 * Agrona and Chronicle of its time only; the runner starts it as a process and reads its last line.
 */
package io.miaojie.benchmarks.exchange;
