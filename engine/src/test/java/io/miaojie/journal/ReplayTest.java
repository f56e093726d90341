package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalDriver;
import io.miaojie.support.MemoryJournal;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recovery from snapshots and records, and what it refuses. */
@Timeout(60)
class ReplayTest {
    @TempDir
    private Path directory;

    private final EchoCore core = new EchoCore();
    private SnapshotStore snapshots;

    @BeforeEach
    void open() {
        snapshots = new SnapshotStore(directory.resolve("snapshots"));
    }

    private ChronicleJournal journal() {
        return ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 0));
    }

    @Test
    void recoversWithoutASnapshot() {
        try (ChronicleJournal journal = journal()) {
            new JournalDriver(core, journal).append(500, 120).commit();
            final EchoCore recovered = new EchoCore();
            final Recovery recovery = Replay.recover(recovered, snapshots, journal::reader);
            assertEquals(500, recovery.lastSequence());
            assertEquals(500, recovery.replayedCount());
            assertEquals(JournalDriver.nowNs(500), recovery.lastNowNs());
            assertEquals(StateHash.of(core), recovery.stateHash());
            assertEquals(500, recovered.count());
        }
    }

    @Test
    void endsInTheMiddleOfABatchWhereItIsTold() {
        final MemoryJournal journal = new MemoryJournal();
        new JournalDriver(core, journal).append(100, 120).commit();
        for (final long last : new long[] {1, 15, 16, 17, 50}) {
            final EchoCore recovered = new EchoCore();
            assertEquals(last, Replay.until(recovered, journal::reader, last).lastSequence());
            assertEquals(last, recovered.count());
        }
        final EchoCore ended = new EchoCore();
        final LongSupplier lowered = () -> ended.count() < 21 ? 100 : 0;
        assertEquals(
                21,
                Replay.run(ended, Optional.empty(), journal::reader, lowered).lastSequence());
        final EchoCore raised = new EchoCore();
        final int[] asked = {0};
        final LongSupplier onceLower = () -> raised.count() == 21 && asked[0]++ == 0 ? 0 : 100;
        assertEquals(
                21,
                Replay.run(raised, Optional.empty(), journal::reader, onceLower).lastSequence());
    }

    /** Records of the largest size, and more of them than are foreseen together. */
    @Test
    void recoversLargeRecords() {
        final MemoryJournal journal = new MemoryJournal();
        new JournalDriver(core, journal).append(40, 100_000).commit();
        final Recovery recovery = Replay.recover(new EchoCore(), snapshots, journal::reader);
        assertEquals(40, recovery.replayedCount());
        assertEquals(StateHash.of(core), recovery.stateHash());
    }

    @Test
    void recoversFromTheNewestSnapshotAndTheRecordsBehindIt() {
        try (ChronicleJournal journal = journal()) {
            final JournalDriver driver = new JournalDriver(core, journal);
            try (Snapshotter snapshotter = new Snapshotter(EchoCore::new, snapshots, journal, 100, Assertions::fail)) {
                driver.append(99, 120).commit();
                assertFalse(snapshotter.takeIfDue());
                driver.append(1, 120).commit();
                assertTrue(snapshotter.takeIfDue());
                assertFalse(snapshotter.takeIfDue());
            }
            driver.append(30, 120).commit();
            final Recovery recovery = Replay.recover(new EchoCore(), snapshots, journal::reader);
            assertEquals(100, recovery.snapshotSequence());
            assertEquals(30, recovery.replayedCount());
            assertEquals(StateHash.of(core), recovery.stateHash());
            assertTrue(Replay.verify(EchoCore::new, snapshots, journal::reader).isAgreed());
        }
    }

    @Test
    void fallsBackToTheSnapshotBeforeADamagedOne() throws IOException {
        try (ChronicleJournal journal = journal()) {
            final JournalDriver driver = new JournalDriver(core, journal);
            final Snapshotter snapshotter = new Snapshotter(EchoCore::new, snapshots, journal, 10, Assertions::fail);
            for (int i = 0; i < 4; i++) {
                driver.append(10, 120).commit();
                snapshotter.takeIfDue();
            }
            assertEquals(40, snapshots.newest().orElseThrow().sequence());
            final Path newest = snapshots.newest().orElseThrow().file();
            final byte[] whole = Files.readAllBytes(newest);
            for (int i = 0; i < whole.length; i++) {
                final byte[] flipped = whole.clone();
                flipped[i] ^= 0x10;
                Files.write(newest, flipped);
                assertEquals(30, snapshots.newest().orElseThrow().sequence(), "byte " + i);
            }
            Files.write(newest, java.util.Arrays.copyOf(whole, whole.length - 1));
            final Recovery recovery = Replay.recover(new EchoCore(), snapshots, journal::reader);
            assertEquals(30, recovery.snapshotSequence());
            assertEquals(StateHash.of(core), recovery.stateHash());
        }
    }

    @Test
    void namesTheRecordWhoseOutcomeDiffers() {
        final MemoryJournal journal = new MemoryJournal();
        new JournalDriver(core, journal).append(20, 120).commit();
        final MutableDirectBuffer record = journal.record(13);
        final int last = RecordLayout.length(record, 0) - 1;
        record.putByte(last, (byte) (record.getByte(last) + 1));
        final JournalException difference =
                assertThrows(JournalException.class, () -> Replay.recover(new EchoCore(), snapshots, journal::reader));
        assertTrue(difference.getMessage().contains("sequence=13 "), difference.getMessage());
    }

    @Test
    void refusesRecordsOfAnotherLogicVersion() {
        final MemoryJournal journal = new MemoryJournal();
        new JournalDriver(core, journal).append(20, 120).commit();
        final MutableDirectBuffer record = journal.record(5);
        record.putShort(RecordLayout.LOGIC_VERSION_OFFSET, (short) (RecordLayout.LOGIC_VERSION + 1));
        final JournalException refused =
                assertThrows(JournalException.class, () -> Replay.recover(new EchoCore(), snapshots, journal::reader));
        assertTrue(refused.getMessage().contains("sequence=5 "), refused.getMessage());
        assertTrue(refused.getMessage().contains("leaves a snapshot"), refused.getMessage());
    }

    @Test
    void refusesASnapshotOfAnotherJournal() {
        try (ChronicleJournal journal = journal()) {
            new JournalDriver(core, journal).append(20, 120).commit();
            final EchoCore other = new EchoCore();
            final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
            other.settle(1, 1, bytes, 0, 8, bytes, 8);
            snapshots.write(other, 10, 4711, 1, () -> true);
            assertThrows(JournalException.class, () -> Replay.recover(new EchoCore(), snapshots, journal::reader));
        }
    }

    @Test
    void keepsTwoSnapshots() throws IOException {
        for (int i = 1; i < 6; i++) {
            snapshots.write(core, i, i, i, () -> true);
        }
        try (var files = Files.list(directory.resolve("snapshots"))) {
            assertEquals(2, files.count());
        }
        assertEquals(5, snapshots.newest().orElseThrow().sequence());
    }
}
