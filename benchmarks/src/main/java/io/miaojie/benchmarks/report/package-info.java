/**
 * The one runner: forks every round of every subject, ours and baselines in turn, and makes of it the rows P1 to P16,
 * plots and a page. {@code docs/PERFORMANCE.md} explains the method.
 */
package io.miaojie.benchmarks.report;
