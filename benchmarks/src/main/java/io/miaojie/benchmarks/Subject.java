package io.miaojie.benchmarks;

import java.io.IOException;

/** Something that is measured, in a process of its own for each round: ours or a baseline. */
@FunctionalInterface
public interface Subject {
    /** Prepares, warms up, measures, checks the result; throws when it is wrong or the planned rate was not reached. */
    Measured measure(Setting setting) throws IOException, InterruptedException;
}
