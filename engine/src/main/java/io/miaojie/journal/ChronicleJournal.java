package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in Chronicle Queue files, made durable by forces of its own.
 *
 * <p>Each start and each roll opens a new cycle, whose header names the last valid record before it: nothing is ever
 * written behind bytes that another process left, and a cut is that header, never a truncation. After the first error
 * nothing more is taken, written or forced: what a failed force has left on the device is unknown.
 *
 * <p>Thread: as {@link Journal} says. Allocates: nothing per record; a cycle at a roll.
 */
public final class ChronicleJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(ChronicleJournal.class);

    /** The room on the disk is looked up after this much has been written. */
    private static final long ROOM_CHECK_BYTES = 1L << 20;

    private final JournalConfig config;
    private final DataDirectoryLock lock;
    private final Watermark watermark;
    private final JournalFiles files;
    private final ExcerptBatch batch;
    private ChronicleCycle cycle;
    private long writtenSequence;
    private long forcedSequence;
    private long roomCheckAtBytes;
    private Throwable failure;
    private volatile boolean hasRoom = true;
    private volatile long durableSequence;
    private volatile long writtenBytes;

    private ChronicleJournal(
            final JournalConfig config,
            final DataDirectoryLock lock,
            final Watermark watermark,
            final JournalFiles files) {
        this.config = config;
        this.lock = lock;
        this.watermark = watermark;
        this.files = files;
        final ScanReport report = files.report();
        this.batch = new ExcerptBatch(config.shard(), report.lastSequence(), report.lastCrc());
        this.writtenSequence = report.lastSequence();
        this.durableSequence = report.lastSequence();
    }

    /**
     * Takes the directory, scans what is there, cuts an unanswered tail and opens a cycle of its own.
     *
     * @throws JournalException when another process has the directory, or on damage, with file and position
     */
    public static ChronicleJournal open(final JournalConfig config) {
        final DataDirectoryLock lock = DataDirectoryLock.take(config.directory());
        try {
            final Watermark watermark = Watermark.open(config.directory());
            final JournalFiles files = JournalScan.run(config, watermark.read());
            for (final Cut cut : files.report().cuts()) {
                LOG.warn("unanswered tail is left out: {}", cut);
            }
            final ChronicleJournal journal = new ChronicleJournal(config, lock, watermark, files);
            journal.forceFound();
            final TreeMap<Integer, ?> taken = CycleDirectories.list(config.directory());
            journal.openCycle(taken.isEmpty() ? 1 : taken.lastKey() + 1);
            journal.checkRoom();
            return journal;
        } catch (final IOException | RuntimeException | Error e) {
            lock.close();
            throw e instanceof JournalException known
                    ? known
                    : new JournalException("journal can't be opened: directory=" + config.directory(), e);
        }
    }

    /** Forces what a process that died may have written only: the new cycle's header will say that it is there. */
    private void forceFound() throws IOException {
        final Cycle last = files.cycles().last();
        if (last != null) {
            try (FileChannel channel = FileChannel.open(last.file(), StandardOpenOption.WRITE)) {
                config.disk().force(channel);
            }
            config.disk().forceDirectory(last.file().getParent());
        }
        forcedSequence = writtenSequence;
        watermark.write(forcedSequence);
    }

    /** Makes a cycle and forces its header and its name before anything else can be written to it. */
    private void openCycle(final int number) throws IOException {
        final Path directory = CycleDirectories.of(config.directory(), number);
        Files.createDirectory(directory);
        cycle = new ChronicleCycle(directory, number, batch.bytes());
        cycle.write(batch.sealCycle(number, forcedSequence));
        config.disk().force(cycle.channel());
        config.disk().forceDirectory(directory);
        config.disk().forceDirectory(config.directory());
        files.cycles().add(new Cycle(number, cycle.file(), batch.firstSequence(), batch.prevCrc()));
    }

    @Override
    public void append(final MutableDirectBuffer buffer, final int offset, final int length) {
        requireRunning();
        try {
            int at = offset;
            while (at < offset + length) {
                final int recordLength = RecordLayout.length(buffer, at);
                requireLength(recordLength, offset + length - at);
                if (!batch.hasRoomFor(recordLength)) {
                    writeExcerpt();
                }
                batch.add(buffer, at, recordLength);
                at += recordLength;
            }
        } catch (final IOException | RuntimeException | Error e) {
            throw stop(e);
        }
    }

    @Override
    public long commit() {
        requireRunning();
        try {
            if (!batch.isEmpty()) {
                writeExcerpt();
            }
            if (writtenSequence > durableSequence) {
                if (config.durability() == Durability.SYNC) {
                    force();
                }
                durableSequence = writtenSequence;
                checkRoom();
            }
            return durableSequence;
        } catch (final IOException | RuntimeException | Error e) {
            throw stop(e);
        }
    }

    /** Puts pages on the disk for what will be written, as long as admission does not need the room. */
    @Override
    public void idle() {
        requireRunning();
        try {
            final long bytes = cycle.idleBytes();
            if (bytes > 0 && usableBytes() >= config.reserveBytes() + bytes) {
                cycle.fillWhileIdle();
                if (config.durability() == Durability.SYNC) {
                    config.disk().force(cycle.channel());
                }
            }
        } catch (final IOException | RuntimeException | Error e) {
            throw stop(e);
        }
    }

    private void writeExcerpt() throws IOException {
        if (cycle.writtenBytes() >= config.rollBytes() && writtenSequence == durableSequence) {
            roll();
        }
        batch.seal(cycle.number(), forcedSequence);
        final long position = cycle.write(batch.length());
        files.cycles().index().offer(batch.firstSequence(), cycle.number(), position);
        writtenBytes += batch.length();
        writtenSequence = batch.sequence();
        batch.clear();
    }

    private void roll() throws IOException {
        force();
        cycle.close();
        openCycle(cycle.number() + 1);
    }

    /** Forces what was written, unless that was done already. */
    private void force() throws IOException {
        if (writtenSequence > forcedSequence) {
            config.disk().force(cycle.channel());
            forcedSequence = writtenSequence;
            watermark.write(forcedSequence);
        }
    }

    private void checkRoom() {
        if (writtenBytes >= roomCheckAtBytes) {
            roomCheckAtBytes = writtenBytes + ROOM_CHECK_BYTES;
            hasRoom = isRoomLeft();
        }
    }

    private boolean isRoomLeft() {
        return usableBytes() >= config.reserveBytes();
    }

    private long usableBytes() {
        return config.disk().usableBytes(config.directory());
    }

    private static void requireLength(final int recordLength, final int roomLength) {
        if (recordLength < RecordLayout.HEADER_LENGTH
                || recordLength > RecordLayout.RECORD_LENGTH_MAX
                || recordLength > roomLength) {
            throw new JournalException(
                    "record has no possible length: length=" + recordLength + " appended=" + roomLength);
        }
    }

    private void requireRunning() {
        if (failure != null) {
            throw new JournalException("journal has stopped: directory=" + config.directory(), failure);
        }
    }

    private JournalException stop(final Throwable cause) {
        failure = cause;
        LOG.error("journal stops: durableSequence={}", durableSequence, cause);
        return cause instanceof JournalException known
                ? known
                : new JournalException("journal can't be written: directory=" + config.directory(), cause);
    }

    /** Looks the disk up again only after it was found short: so a node that refuses finds out when it need not. */
    @Override
    public boolean hasRoom() {
        if (!hasRoom) {
            hasRoom = isRoomLeft();
        }
        return hasRoom;
    }

    @Override
    public long durableSequence() {
        return durableSequence;
    }

    @Override
    public RecordReader reader(final long afterSequence) {
        return files.reader(afterSequence, this::durableSequence);
    }

    /** Returns the first record that is kept; those before are in an archive. Thread: any. */
    public long oldestSequence() {
        return files.cycles().oldestSequence();
    }

    /** Marks, for good, that an archive holds everything up to here, and shows it to no new reader. */
    void letGo(final ArchiveMark mark) throws IOException {
        mark.write(config.directory(), config.disk());
        files.cycles().letGoBefore(mark.sequence() + 1);
    }

    CycleList cycles() {
        return files.cycles();
    }

    Path directory() {
        return config.directory();
    }

    int shard() {
        return config.shard();
    }

    /** Returns what was found when the journal was opened. */
    public ScanReport report() {
        return files.report();
    }

    @Override
    public long writtenBytes() {
        return writtenBytes;
    }

    /** Forces what was written and leaves the watermark on the device; what was not committed may be lost. */
    @Override
    public void close() {
        try (DataDirectoryLock held = lock;
                Watermark mark = watermark;
                ChronicleCycle last = cycle) {
            if (failure == null && held != null && last != null) {
                force();
                mark.force();
            }
        } catch (final IOException e) {
            throw new JournalException("journal can't be closed: directory=" + config.directory(), e);
        }
    }
}
