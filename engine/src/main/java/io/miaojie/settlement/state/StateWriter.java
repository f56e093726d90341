package io.miaojie.settlement.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes a state to its sink through one staging buffer, little endian. */
public final class StateWriter {
    static final int STAGING_LENGTH = 64 * 1024;
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private final UnsafeBuffer staging = new UnsafeBuffer(new byte[STAGING_LENGTH]);
    private final StateSink sink;
    private int position;

    public StateWriter(final StateSink sink) {
        this.sink = sink;
    }

    public void putInt(final int value) {
        staging.putInt(room(Integer.BYTES), value, ORDER);
    }

    public void putLong(final long value) {
        staging.putLong(room(Long.BYTES), value, ORDER);
    }

    public void putLongs(final long[] values, final int from, final int count) {
        for (int i = from; i < from + count; i++) {
            putLong(values[i]);
        }
    }

    /** Writes the length, then the bytes, which may be more than the staging buffer holds. */
    public void putBytes(final byte[] bytes) {
        putInt(bytes.length);
        flush();
        sink.write(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Writes at most {@link #STAGING_LENGTH} bytes, without their length. */
    public void putRaw(final DirectBuffer buffer, final int offset, final int length) {
        staging.putBytes(room(length), buffer, offset, length);
    }

    /** Hands everything written to the sink. */
    public void flush() {
        if (position > 0) {
            sink.write(staging, 0, position);
            position = 0;
        }
    }

    private int room(final int length) {
        if (position + length > STAGING_LENGTH) {
            flush();
        }
        position += length;
        return position - length;
    }
}
