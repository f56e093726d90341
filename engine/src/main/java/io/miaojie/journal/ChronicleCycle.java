package io.miaojie.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BitUtil;

/**
 * A cycle that is being written. Chronicle Queue makes the file, and writes its own head and the first excerpt; the
 * others follow in its format, each by one system call instead of its mapped memory. For a store to mapped memory is a
 * fault after each force, a force waits for every processor until none may store any more, and a full disk lets a store
 * fall through. Chronicle is told never to sync: the journal forces the file by {@link #channel}.
 *
 * <p>Thread: the one that created it.
 */
final class ChronicleCycle implements AutoCloseable {
    /** Mapped at once. Sparse, so it costs what is written. */
    private static final long BLOCK_BYTES = 64L << 20;

    private static final long DAY_MS = 86_400_000L;

    private static final long PAGE_BYTES = 4096;

    /** Measured at level os: bulk commits 1.5 to 3 times as fast as on sparse pages, their p99 a third of it. */
    private static final long AHEAD_BYTES_MAX = 4L << 20;

    /**
     * Written at once. With 4 KiB it would take twice as long; with 256 KiB, which Linux kept as one piece of its
     * cache, a force wrote 100 KB while stores went through mapped memory.
     */
    private static final int FILL_BYTES = 16 * 1024;

    /** Half a minute of 8,000 payments a second meets pages that have their place. */
    private static final long IDLE_AHEAD_BYTES_MAX = 64L << 20;

    /** Whoever comes meanwhile waits for a force of so much. */
    private static final int IDLE_FILL_BYTES = 1 << 20;

    /** Nobody else has the directory, so nothing is worth a longer wait. */
    private static final long TIMEOUT_MS = 1_000;

    static {
        // Must stand before Chronicle's classes are loaded: no calls home, no thread of its own that looks at the disk.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private final int number;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final Bytes<ByteBuffer> source;
    private final ByteBuffer zeroes = ByteBuffer.allocateDirect(FILL_BYTES);
    private final ByteBuffer excerpt;
    private final ByteBuffer word = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer[] wordAndExcerpt;
    private Path file;
    private FileChannel channel;
    private long writtenBytes;
    private long endPosition;
    private long filledPosition;

    /**
     * Makes the queue; its file comes with the first excerpt.
     *
     * @param bytes from whose begin the excerpts are written
     */
    ChronicleCycle(final Path directory, final int number, final ByteBuffer bytes) {
        this.number = number;
        this.source = Bytes.wrapForRead(bytes);
        this.excerpt = bytes.duplicate();
        this.wordAndExcerpt = new ByteBuffer[] {word, this.excerpt};
        this.queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(RollCycles.FAST_DAILY)
                .timeProvider(() -> number * DAY_MS)
                .blockSize(BLOCK_BYTES)
                .syncMode(SyncMode.NONE)
                .timeoutMS(TIMEOUT_MS)
                .build();
        this.appender = queue.createAppender();
        // One thread at a time, but not one for life: opened by the start, written by the journal thread, closed by the
        // stop, each handed over safely.
        appender.singleThreadedCheckDisabled(true);
    }

    /**
     * Writes one excerpt behind the last.
     *
     * @return where it stands in the file
     */
    long write(final int length) throws IOException {
        final long position = channel == null ? create(length) : append(length);
        writtenBytes += length;
        endPosition = position + Integer.BYTES + length;
        fillUpTo(endPosition + Math.min(AHEAD_BYTES_MAX, writtenBytes));
        return position;
    }

    /**
     * Lets Chronicle make the file, and write its own head and the first excerpt; then reads the file to see that they
     * are there: a full disk makes a store to mapped memory fall through, and the JVM may say so only after this
     * method, and the force, have returned.
     */
    private long create(final int length) throws IOException {
        final long position;
        try (DocumentContext document = appender.writingDocument()) {
            final Bytes<?> target = document.wire().bytes();
            position = target.writePosition() - Integer.BYTES;
            target.write(source, 0L, (long) length);
        }
        file = appender.currentFile().toPath();
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try (ExcerptCursor cursor = ExcerptCursor.open(file, number)) {
            if (!cursor.next() || cursor.position() != position) {
                throw new IOException("the begin of a cycle is not in its file, the disk may be full: file=" + file
                        + " position=" + position + " reason=" + cursor.gap());
            }
        }
        channel.position(position + Integer.BYTES + length);
        return position;
    }

    /** Writes as Chronicle would, but by a system call: a word with the length, then the excerpt. */
    private long append(final int length) throws IOException {
        word.putInt(0, length).clear();
        excerpt.limit(length).position(0);
        while (excerpt.hasRemaining()) {
            channel.write(wordAndExcerpt);
        }
        return endPosition;
    }

    /** Returns the bytes that {@link #fillWhileIdle} would put on the disk in the end, none if it has nothing to do. */
    long idleBytes() {
        final long missing = endPosition + Math.min(IDLE_AHEAD_BYTES_MAX, writtenBytes) - filledPosition;
        return missing < IDLE_FILL_BYTES ? 0 : missing;
    }

    /**
     * Fills further ahead than a commit does, to be forced by the caller: a force of pages that are new to the disk
     * waits for the file system to write its own log, and what others had it write.
     */
    void fillWhileIdle() throws IOException {
        fillUpTo(filledPosition + IDLE_FILL_BYTES);
    }

    /**
     * Writes zeroes behind the end, where nothing was ever written: excerpts then go to pages that have their place on
     * the disk, and a force need not wait for the file system's log. As much as was written so far, so that a short
     * cycle costs little.
     */
    private void fillUpTo(final long position) throws IOException {
        filledPosition = Math.max(filledPosition, BitUtil.align(endPosition, PAGE_BYTES));
        while (filledPosition < position) {
            filledPosition += channel.write(zeroes.clear(), filledPosition);
        }
    }

    int number() {
        return number;
    }

    Path file() {
        return file;
    }

    /** Returns our own way to the file, by which everything written through the mapping is forced too. */
    FileChannel channel() {
        return channel;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    @Override
    public void close() throws IOException {
        queue.close();
        if (channel != null) {
            channel.close();
        }
    }
}
