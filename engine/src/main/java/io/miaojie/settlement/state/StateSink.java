package io.miaojie.settlement.state;

import org.agrona.DirectBuffer;

/** Takes the bytes of a saved state, in order. */
@FunctionalInterface
public interface StateSink {
    void write(DirectBuffer buffer, int offset, int length);
}
