package io.miaojie.journal;

import io.miaojie.settlement.Core;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots of one shard: written under another name, forced, then named. Keeps two, so that one damaged file costs
 * a longer replay and nothing else.
 *
 * <p>Thread: one at a time.
 */
public final class SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final int KEPT_COUNT = 2;
    private static final String PREFIX = "snapshot-";
    private static final String SUFFIX = ".bin";

    /** One name for all: what a death has left half-written is written over. */
    private static final String DRAFT = "draft";

    private final Path directory;
    private final Disk disk;

    /** Keeps snapshots in the directory, which is made if need be. */
    public SnapshotStore(final Path directory) {
        this(directory, Disk.REAL);
    }

    /** Keeps snapshots on another disk: a faulty one, or one that forces nothing. */
    public SnapshotStore(final Path directory, final Disk disk) {
        this.directory = directory;
        this.disk = disk;
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new JournalException("snapshots can't be kept: directory=" + directory, e);
        }
    }

    /**
     * Writes the core's state, and forgets all but the two newest.
     *
     * @param sequence of the last record settled
     * @param crc of that record
     * @param nowNs of that record
     * @param goesOn asked now and then: false gives up
     * @throws SnapshotException when given up, or when it can't be written; the ones before stay
     */
    public synchronized void write(
            final Core core, final long sequence, final int crc, final long nowNs, final BooleanSupplier goesOn) {
        final Path file = directory.resolve(String.format("%s%019d%s", PREFIX, sequence, SUFFIX));
        final Path draft = directory.resolve(DRAFT);
        try {
            try (FileChannel channel = FileChannel.open(
                    draft,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                SnapshotFile.write(new SnapshotFile.Sink(channel, goesOn), core, sequence, crc, nowNs);
                disk.force(channel);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            disk.forceDirectory(directory);
            final List<Path> files = newestFirst();
            for (final Path old : files.subList(Math.min(KEPT_COUNT, files.size()), files.size())) {
                Files.delete(old);
            }
        } catch (final IOException e) {
            throw new SnapshotException("snapshot can't be written: file=" + file, e);
        }
    }

    /** Returns the newest snapshot that is whole; a damaged one is passed over and said. */
    public synchronized Optional<Snapshot> newest() {
        try {
            for (final Path file : newestFirst()) {
                try {
                    return Optional.of(SnapshotFile.verify(file));
                } catch (final JournalException e) {
                    LOG.warn("snapshot is passed over: {}", e.getMessage());
                }
            }
            return Optional.empty();
        } catch (final IOException e) {
            throw new SnapshotException("snapshots can't be read: directory=" + directory, e);
        }
    }

    /**
     * Returns the record of the older of the two snapshots that are kept; 0 when there are fewer. What is behind it is
     * needed as long as the newer one may turn out damaged. Does not read them through.
     */
    public synchronized long olderSequence() {
        try {
            final List<Path> files = newestFirst();
            if (files.size() < KEPT_COUNT) {
                return 0;
            }
            final String name = files.get(KEPT_COUNT - 1).getFileName().toString();
            return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
        } catch (final IOException e) {
            throw new SnapshotException("snapshots can't be read: directory=" + directory, e);
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted((a, b) -> b.compareTo(a))
                    .toList();
        }
    }
}
