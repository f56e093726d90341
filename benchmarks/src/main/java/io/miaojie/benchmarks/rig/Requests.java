package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;

/** The requests of a load, as bytes. Request {@code i} depends on {@code i} alone. Thread: one. */
@FunctionalInterface
public interface Requests {
    /** Appends a request to the buffer; the caller has made room for the largest. */
    void put(int request, ByteBuffer out);
}
