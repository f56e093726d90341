/**
 * JMH benches of single steps of the walk: settlement alone, ring and journal. Each settles the same payments, each
 * checks what came of them. Run by {@code benchmarks/target/benchmarks.jar}.
 */
package io.miaojie.benchmarks.micro;
