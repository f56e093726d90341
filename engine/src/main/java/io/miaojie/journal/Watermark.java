package io.miaojie.journal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The last forced sequence, in a mapped file that is written after every force and not forced itself. It survives the
 * death of the process, so that damage at or below it is known for what it is; after a power loss it may be lower than
 * the truth, never higher.
 *
 * <p>Two places are written in turn, each a value and its complement: a write that was cut short leaves the other.
 */
final class Watermark implements AutoCloseable {
    static final String FILE = "watermark";

    private static final int PLACE_LENGTH = 16;
    private static final int LENGTH = 2 * PLACE_LENGTH;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private int place;

    private Watermark(final MappedByteBuffer mapped) {
        this.mapped = mapped;
        this.buffer = new UnsafeBuffer(mapped);
    }

    /** Opens the file in the directory; a new one says 0. */
    static Watermark open(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(FILE), CREATE, READ, WRITE)) {
            if (channel.size() < LENGTH) {
                channel.write(ByteBuffer.allocate(LENGTH), 0);
                channel.force(true);
            }
            return new Watermark(channel.map(FileChannel.MapMode.READ_WRITE, 0, LENGTH));
        }
    }

    /** Returns what the file in the directory says, without opening it for good; 0 if there is none. */
    static long peek(final Path directory) throws IOException {
        if (!Files.exists(directory.resolve(FILE))) {
            return 0;
        }
        try (Watermark watermark = open(directory)) {
            return watermark.read();
        }
    }

    /** Returns the highest value that was written whole, 0 if there is none. */
    long read() {
        return Math.max(valueAt(0), valueAt(PLACE_LENGTH));
    }

    private long valueAt(final int offset) {
        final long value = buffer.getLong(offset);
        return buffer.getLong(offset + Long.BYTES) == ~value ? value : 0;
    }

    void write(final long sequence) {
        buffer.putLong(place, sequence);
        buffer.putLongOrdered(place + Long.BYTES, ~sequence);
        place ^= PLACE_LENGTH;
    }

    /** Forces the value: a clean stop leaves the truth behind. */
    void force() {
        mapped.force();
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
