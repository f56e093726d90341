package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.FaultyDisk;
import io.miaojie.support.JournalDriver;
import io.miaojie.support.MemoryArchive;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Old cycles go to the archive, never one that somebody may still need, and from outside there is no seam. Each cycle
 * here has 100 records, a microsecond apart.
 */
@Timeout(60)
class RetentionTest {
    private static final int CYCLE_RECORDS = 100;
    private static final long CYCLE_NS = CYCLE_RECORDS * 1_000;

    @TempDir
    private Path directory;

    private final MemoryArchive archive = new MemoryArchive();
    private final AtomicLong projected = new AtomicLong(Long.MAX_VALUE);
    private final EchoCore core = new EchoCore();
    private final FaultyDisk disk = new FaultyDisk();
    private SnapshotStore snapshots;
    private ChronicleJournal journal;

    @BeforeEach
    void writeFourCycles() {
        snapshots = new SnapshotStore(directory.resolve("snapshots"));
        for (int i = 0; i < 4; i++) {
            reopen();
            new JournalDriver(core, journal).append(CYCLE_RECORDS, 15_000).commit();
            snapshots.write(core, journal.durableSequence(), crc(journal.durableSequence()), 0, () -> true);
        }
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void handsOverWholeCyclesThatAreOldEnough() throws IOException {
        assertEquals(101, retention(2 * CYCLE_NS + 1).look(), "the first is older than two cycles, the second is not");
        assertEquals(100, archive.lastSequence());
        assertEquals(List.of(1, 2, 3, 4), directories(), "whoever reads it now reads on");
        assertEquals(101, retention(2 * CYCLE_NS + 1).look());
        assertEquals(List.of(2, 3, 4), directories());
        assertEquals(301, retention(0).look());
        retention(0).look();
        assertEquals(List.of(4), directories());
    }

    @Test
    void keepsWhatTheOlderSnapshotMayNeed() throws IOException {
        projected.set(400);
        IoUtil.delete(directory.resolve("snapshots").toFile(), false);
        snapshots = new SnapshotStore(directory.resolve("snapshots"));
        assertEquals(1, retention(0).look(), "no snapshot");
        snapshots.write(core, 400, crc(400), 0, () -> true);
        assertEquals(1, retention(0).look(), "one, which may be damaged");
        snapshots.write(core, 250, crc(250), 0, () -> true);
        assertEquals(201, retention(0).look(), "the older of two is within the third cycle");
    }

    @Test
    void keepsWhatIsNotProjected() throws IOException {
        projected.set(99);
        assertEquals(1, retention(0).look());
        projected.set(100);
        assertEquals(101, retention(0).look());
    }

    @Test
    void readersCrossFromTheArchiveIntoTheJournal() throws IOException {
        final ArchivedJournal whole = new ArchivedJournal(journal, () -> archive);
        try (RecordReader early = whole.reader(0);
                RecordReader within = whole.reader(150)) {
            assertTrue(early.next());
            assertTrue(within.next());
            retention(0).look();
            retention(0).look();
            assertEquals(List.of(4), directories());
            assertEquals(sequences(2), JournalDriver.sequences(early));
            assertEquals(sequences(152), JournalDriver.sequences(within));
        }
        for (final long after : new long[] {0, 1, 99, 100, 101, 299, 300, 301, 399, 400}) {
            try (RecordReader reader = whole.reader(after)) {
                assertEquals(sequences(after + 1), JournalDriver.sequences(reader), "after " + after);
            }
        }
        assertTrue(archive.blockCount() > 3, "blocks are bounded");
        assertThrows(JournalException.class, () -> journal.reader(5).next(), "the journal alone has it no more");
        reopen();
        final JournalException gone =
                assertThrows(JournalException.class, () -> journal.reader(5).next());
        assertTrue(gone.getMessage().contains("not in the journal any more"), gone.getMessage());
    }

    @Test
    void recoversWithoutAnySnapshot() throws IOException {
        retention(0).look();
        retention(0).look();
        journal.close();
        journal = ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 0));
        assertEquals(301, journal.oldestSequence());
        final EchoCore recovered = new EchoCore();
        final ArchivedJournal whole = new ArchivedJournal(journal, () -> archive);
        final Recovery recovery =
                Replay.recover(recovered, new SnapshotStore(directory.resolve("none")), whole::reader);
        assertEquals(400, recovery.replayedCount());
        assertEquals(StateHash.of(core), recovery.stateHash());
        assertTrue(Replay.verify(EchoCore::new, snapshots, whole::reader).isAgreed());
    }

    /** Within the archive, between archive and mark, between mark and files, among the files: nothing is lost. */
    @Test
    void goesOnAfterItWasBrokenOffAnywhere() throws IOException {
        for (int appends = 0; appends < 3; appends++) {
            archive.failAfter(appends % 2);
            assertThrows(JournalException.class, () -> retention(0).look());
            assertWholeAfterReopening();
        }
        archive.failAfter(Integer.MAX_VALUE);
        disk.failAfter(0);
        final int before = archive.blockCount();
        final long oldest = journal.oldestSequence();
        assertThrows(IOException.class, () -> retention(0).look());
        assertTrue(archive.blockCount() > before, "a cycle is in the archive");
        assertWholeAfterReopening();
        assertEquals(oldest, journal.oldestSequence(), "and not marked");
        assertEquals(301, retention(0).look());
        assertWholeAfterReopening();
        assertEquals(301, journal.oldestSequence(), "the mark stands, whether files are there or not");
        assertTrue(directories().containsAll(List.of(1, 2, 3)));
        Files.delete(firstFile(1));
        assertWholeAfterReopening();
        IoUtil.delete(directory.resolve("journal/cycle-0000000002").toFile(), false);
        assertWholeAfterReopening();
        assertEquals(301, retention(0).look());
        assertEquals(4, directories().get(0));
        assertWholeAfterReopening();
    }

    private void assertWholeAfterReopening() {
        disk.failAfter(Integer.MAX_VALUE);
        reopen();
        try (RecordReader reader = new ArchivedJournal(journal, () -> archive).reader(0)) {
            assertEquals(sequences(1), JournalDriver.sequences(reader));
        }
    }

    @Test
    void aCycleThatIsMissingForAnotherReasonIsDamage() throws IOException {
        retention(2 * CYCLE_NS + 1).look();
        journal.close();
        IoUtil.delete(directory.resolve("journal/cycle-0000000002").toFile(), false);
        assertDamaged("cycle-0000000003");
        IoUtil.delete(directory.resolve("journal/cycle-0000000001").toFile(), false);
        assertDamaged("begins with 201");
    }

    @Test
    void aMarkThatIsNotWholeIsDamage() throws IOException {
        retention(2 * CYCLE_NS + 1).look();
        journal.close();
        final Path mark = directory.resolve("journal").resolve(ArchiveMark.FILE);
        final byte[] bytes = Files.readAllBytes(mark);
        for (int i = 0; i < bytes.length; i++) {
            final byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            Files.write(mark, flipped);
            assertDamaged("the mark is not whole");
        }
        Files.write(mark, bytes);
        reopen();
    }

    @Test
    void namesTheRecordWhereTheArchiveIsDamaged() throws IOException {
        retention(0).look();
        archive.damage(150, 40);
        try (RecordReader reader = new ArchivedJournal(journal, () -> archive).reader(0)) {
            final JournalException damage = assertThrows(JournalException.class, () -> JournalDriver.sequences(reader));
            assertTrue(damage.getMessage().contains("archive is damaged: archive=memory sequence="));
        }
    }

    @Test
    void writesOnlyToTheArchiveWhatItLacks() throws IOException {
        retention(2 * CYCLE_NS + 1).look();
        final int blocks = archive.blockCount();
        retention(2 * CYCLE_NS + 1).look();
        assertEquals(blocks, archive.blockCount());
        assertFalse(directories().contains(1));
    }

    private Retention retention(final long keptNs) {
        return new Retention(journal, archive, snapshots, projected::get, keptNs);
    }

    private void reopen() {
        if (journal != null) {
            journal.close();
        }
        journal = ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 0)
                .withDisk(disk)
                .withScanAfterSequence(
                        snapshots.newest().map(Snapshot::sequence).orElse(0L)));
    }

    private void assertDamaged(final String reason) {
        final JournalException damage = assertThrows(
                JournalException.class, () -> ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 0)));
        assertTrue(damage.getMessage().contains("journal is damaged"), damage.getMessage());
        assertTrue(damage.getMessage().contains(reason), damage.getMessage());
    }

    private int crc(final long sequence) {
        try (RecordReader reader = journal.reader(sequence - 1)) {
            reader.next();
            return RecordLayout.crc(reader.buffer(), reader.offset());
        }
    }

    private List<Integer> directories() throws IOException {
        return List.copyOf(CycleDirectories.list(directory.resolve("journal")).keySet());
    }

    private Path firstFile(final int cycle) throws IOException {
        return CycleDirectories.list(directory.resolve("journal")).get(cycle).get(0);
    }

    private static List<Long> sequences(final long first) {
        return LongStream.rangeClosed(first, 4 * CYCLE_RECORDS).boxed().toList();
    }
}
