package io.miaojie.settlement.state;

import org.agrona.MutableDirectBuffer;

/** Gives back the bytes of a saved state, in order. */
@FunctionalInterface
public interface StateSource {
    /** Fills exactly {@code length} bytes, or throws when the stream ends before. */
    void read(MutableDirectBuffer buffer, int offset, int length);
}
