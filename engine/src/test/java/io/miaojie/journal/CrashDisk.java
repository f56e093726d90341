package io.miaojie.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A disk that remembers, each time something is about to be forced, what power loss would have found: of each cycle
 * what the last force put on the device, and what has been written since. It forces nothing itself.
 */
final class CrashDisk implements Disk {
    static final int PAGE_LENGTH = 4096;

    private static final int CHUNK_LENGTH = 1 << 16;

    /** Behind so many chunks of zeroes nothing was ever written. */
    private static final int ZERO_CHUNKS_MAX = 4;

    private final Path directory;
    private final LongSupplier answeredSequence;
    private final Map<Integer, byte[]> durable = new HashMap<>();
    private final Set<Integer> named = new HashSet<>();
    private final List<Instant> instants = new ArrayList<>();

    /**
     * What there was at one instant.
     *
     * @param durable of each cycle the bytes on the device; none: not even its name may be there
     * @param written of each cycle the bytes as a process reads them
     * @param watermark the file of this name
     * @param answered up to which records were answered
     */
    record Instant(
            TreeMap<Integer, byte[]> durable,
            TreeMap<Integer, byte[]> written,
            Set<Integer> named,
            byte[] watermark,
            long answered) {}

    /** What stands in the directory now is on the device. */
    CrashDisk(final Path directory, final LongSupplier answeredSequence) throws IOException {
        this.directory = directory;
        this.answeredSequence = answeredSequence;
        for (final var cycle : written().entrySet()) {
            durable.put(cycle.getKey(), cycle.getValue());
            named.add(cycle.getKey());
        }
    }

    List<Instant> instants() {
        return instants;
    }

    /** Remembers this instant. */
    void remember() throws IOException {
        instants.add(new Instant(
                new TreeMap<>(durable),
                written(),
                Set.copyOf(named),
                Files.readAllBytes(directory.resolve(Watermark.FILE)),
                answeredSequence.getAsLong()));
    }

    /** The journal forces its newest cycle, and no other. */
    @Override
    public void force(final FileChannel channel) throws IOException {
        remember();
        final var newest = instants.get(instants.size() - 1).written().lastEntry();
        durable.put(newest.getKey(), newest.getValue());
    }

    @Override
    public void forceDirectory(final Path forced) throws IOException {
        if (forced.equals(directory)) {
            named.addAll(CycleDirectories.list(directory).keySet());
        }
    }

    @Override
    public long usableBytes(final Path forced) {
        return Long.MAX_VALUE;
    }

    private TreeMap<Integer, byte[]> written() throws IOException {
        final TreeMap<Integer, byte[]> images = new TreeMap<>();
        for (final var cycle : CycleDirectories.list(directory).entrySet()) {
            for (final Path file : cycle.getValue()) {
                images.put(cycle.getKey(), read(file));
            }
        }
        return images;
    }

    /** Reads whole pages, up to the one behind the last that is not all zeroes: an excerpt may end in zeroes. */
    private static byte[] read(final Path file) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(8 << 20);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int end = 0;
            int zeroChunks = 0;
            while (zeroChunks < ZERO_CHUNKS_MAX && bytes.position() < bytes.capacity()) {
                final int begin = bytes.position();
                bytes.limit(Math.min(bytes.capacity(), begin + CHUNK_LENGTH));
                zeroChunks = channel.read(bytes) < 0 ? ZERO_CHUNKS_MAX : zeroChunks + 1;
                final int last = lastNonZero(bytes.array(), begin, bytes.position());
                if (last >= 0) {
                    end = last + 1;
                    zeroChunks = 0;
                }
            }
            return Arrays.copyOf(bytes.array(), (pages(end) + 1) * PAGE_LENGTH);
        }
    }

    private static int lastNonZero(final byte[] bytes, final int begin, final int end) {
        int i = end - 1;
        while (i >= begin && bytes[i] == 0) {
            i--;
        }
        return i < begin ? -1 : i;
    }

    private static int pages(final int length) {
        return (length + PAGE_LENGTH - 1) / PAGE_LENGTH;
    }
}
