package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.Slice;
import java.nio.ByteOrder;

/**
 * What a command's 16 random bytes give to each place that draws. They come with the command: replay draws the same.
 */
final class RandomBits {
    private static final int LENGTH = 16;

    private RandomBits() {}

    /** Returns 32 bits for a place, 0: the bytes are not there. */
    static long of(final Slice bytes, final int place) {
        if (bytes.length() != LENGTH) {
            return 0;
        }
        final long low = bytes.buffer().getLong(bytes.offset(), ByteOrder.LITTLE_ENDIAN);
        final long high = bytes.buffer().getLong(bytes.offset() + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        return Slice.mix(low + Slice.mix(high + place)) >>> Integer.SIZE;
    }
}
