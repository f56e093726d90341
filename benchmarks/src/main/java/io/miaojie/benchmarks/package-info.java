/** What the benches share. Rooms: {@code micro} (JMH, single steps) and {@code rig} (the program under load). */
package io.miaojie.benchmarks;
