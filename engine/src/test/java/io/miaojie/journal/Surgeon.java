package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.BitUtil;

/** Plants damage in the files of a journal that nobody has open. */
final class Surgeon {
    private static final int PAGE_LENGTH = 4096;

    private final Path journal;

    Surgeon(final Path journal) {
        this.journal = journal;
    }

    /** The ways in which an excerpt can be spoilt, all seen after power losses. */
    enum Hole {
        ZEROED_PAGE,
        ZEROED_WORD,
        NOT_COMPLETE,
        HALF_HEADER,
        TORN_RECORD,
        ZEROED_LAST_RECORD
    }

    /** Where an excerpt stands. */
    record Place(Path file, long position, int length, long firstSequence) {}

    Path file(final int cycle) throws IOException {
        return CycleDirectories.list(journal).get(cycle).get(0);
    }

    int lastCycle() throws IOException {
        return CycleDirectories.list(journal).lastKey();
    }

    /** Returns the excerpt that holds the record, wherever it is; the last one, if it was written twice. */
    Place find(final long sequence) throws IOException {
        Place place = null;
        for (final var cycle : CycleDirectories.list(journal).entrySet()) {
            for (final Path file : cycle.getValue()) {
                try (ExcerptCursor cursor = ExcerptCursor.open(file, cycle.getKey())) {
                    while (cursor.next()) {
                        final long first = ExcerptLayout.firstSequence(cursor.buffer(), cursor.headerOffset());
                        if (first <= sequence && cursor.bodyEnd() > cursor.bodyOffset()) {
                            place = new Place(file, cursor.position(), cursor.bodyEnd(), first);
                        }
                    }
                }
            }
        }
        return place;
    }

    void plant(final Hole hole, final long sequence) throws IOException {
        final Place place = find(sequence);
        final int body = Integer.BYTES + ExcerptLayout.HEADER_LENGTH;
        switch (hole) {
            case ZEROED_PAGE -> zero(place.file(), BitUtil.align(place.position(), PAGE_LENGTH), PAGE_LENGTH);
            case ZEROED_WORD -> zero(place.file(), place.position(), Integer.BYTES);
            case NOT_COMPLETE -> put(place.file(), place.position() + 3, (byte) 0x80);
            case HALF_HEADER -> zero(place.file(), place.position() + 20, 20);
            case TORN_RECORD -> zero(place.file(), place.position() + body + RecordLayout.HEADER_LENGTH, 8);
            case ZEROED_LAST_RECORD -> zero(place.file(), place.position() + place.length() - 30, 30);
        }
    }

    void zero(final Path file, final long position, final int length) throws IOException {
        write(file, position, ByteBuffer.allocate(length));
    }

    private static void put(final Path file, final long position, final byte value) throws IOException {
        write(file, position, ByteBuffer.wrap(new byte[] {value}));
    }

    private static void write(final Path file, final long position, final ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(bytes, position);
        }
    }

    /** Puts one excerpt in the place of another of the same length. */
    void copy(final Place from, final Place to) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(from.length());
        try (FileChannel channel = FileChannel.open(from.file(), StandardOpenOption.READ)) {
            channel.read(bytes, from.position());
        }
        write(to.file(), to.position(), bytes.flip());
    }

    /** Puts the watermark back to nothing, as a power loss can. */
    void loseWatermark() throws IOException {
        Files.delete(journal.resolve(Watermark.FILE));
    }

    /** Cuts the zeroes off behind the last byte of every file: quick to scan. */
    void shorten() throws IOException {
        for (final List<Path> files : CycleDirectories.list(journal).values()) {
            for (final Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    channel.truncate(Remains.find(channel, file, 0, 0).endPosition() + Long.BYTES);
                }
            }
        }
    }
}
