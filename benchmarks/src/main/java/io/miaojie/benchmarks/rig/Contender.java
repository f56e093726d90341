package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import java.io.IOException;

/**
 * A server, ours or a baseline, that stands warm while others are measured, and is idle meanwhile. {@link Windows} asks
 * it for one window after the other.
 */
public interface Contender extends AutoCloseable {
    /** Sends until nothing of the server changes any more. */
    void warmUp() throws IOException;

    /** Loads the server for one window. */
    Measured window() throws IOException;

    /** Waits for what a window has left to do: rows on their way to Postgres. */
    default void rest() {}

    /** Returns the processor time that the server and what works for it has taken so far. */
    long cpuNs();

    /** Holds what the server has at the end against a plain calculation; throws when it is wrong. */
    default void check() throws IOException {}

    @Override
    void close();
}
