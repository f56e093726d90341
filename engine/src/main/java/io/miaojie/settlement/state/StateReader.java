package io.miaojie.settlement.state;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads back what a {@link StateWriter} wrote, in the same order. */
public final class StateReader {
    private final UnsafeBuffer staging = new UnsafeBuffer(new byte[StateWriter.STAGING_LENGTH]);
    private final StateSource source;

    public StateReader(final StateSource source) {
        this.source = source;
    }

    public int nextInt() {
        source.read(staging, 0, Integer.BYTES);
        return staging.getInt(0, StateWriter.ORDER);
    }

    public long nextLong() {
        source.read(staging, 0, Long.BYTES);
        return staging.getLong(0, StateWriter.ORDER);
    }

    public void readLongs(final long[] values, final int from, final int count) {
        final int chunkCount = StateWriter.STAGING_LENGTH / Long.BYTES;
        for (int done = 0; done < count; done += chunkCount) {
            final int chunk = Math.min(chunkCount, count - done);
            source.read(staging, 0, chunk * Long.BYTES);
            for (int i = 0; i < chunk; i++) {
                values[from + done + i] = staging.getLong(i * Long.BYTES, StateWriter.ORDER);
            }
        }
    }

    public byte[] nextBytes() {
        final byte[] bytes = new byte[nextInt()];
        source.read(new UnsafeBuffer(bytes), 0, bytes.length);
        return bytes;
    }

    public void readRaw(final MutableDirectBuffer buffer, final int offset, final int length) {
        source.read(buffer, offset, length);
    }
}
