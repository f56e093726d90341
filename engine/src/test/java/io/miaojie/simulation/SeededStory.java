package io.miaojie.simulation;

import java.util.function.LongFunction;

/**
 * The story of a seed, told to whatever core stands on the class path: by name and through a type of the JDK, so that
 * it can be told in a class loader of its own.
 */
public final class SeededStory implements LongFunction<String> {
    private static final int COMMANDS = 1_000;

    /** Tells the story; returns what went wrong, empty if nothing did. */
    @Override
    public String apply(final long seed) {
        try {
            Simulation.of(seed, new Coverage()).run(COMMANDS);
            return "";
        } catch (final AssertionError failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
