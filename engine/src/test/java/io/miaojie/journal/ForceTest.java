package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miaojie.support.EchoCore;
import io.miaojie.support.FaultyDisk;
import io.miaojie.support.JournalDriver;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A force that is left out, comes late or fails unheard makes one of these fail. */
@Timeout(60)
class ForceTest {
    private static final List<String> NEW_CYCLE = List.of("force", "forceDirectory", "forceDirectory");

    @TempDir
    private Path directory;

    private final FaultyDisk disk = new FaultyDisk();
    private final EchoCore core = new EchoCore();

    private JournalConfig config() {
        return JournalConfig.of(directory, 0).withDisk(disk);
    }

    @Test
    void forcesOncePerCommitBeforeTheSequenceIsDurable() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            assertEquals(NEW_CYCLE, disk.takeCalls());
            final JournalDriver driver = new JournalDriver(core, journal);
            final Thread caller = Thread.currentThread();
            final long[] seen = {0, 0};
            disk.onForce(() -> {
                assertSame(caller, Thread.currentThread());
                seen[0] = journal.durableSequence();
                seen[1] = journal.writtenBytes();
            });
            for (int commit = 1; commit <= 20; commit++) {
                final long writtenBytes = journal.writtenBytes();
                driver.append(500, 300);
                assertEquals(List.of(), disk.takeCalls());
                assertEquals(commit * 500L, driver.commit());
                assertEquals(List.of("force"), disk.takeCalls());
                assertEquals((commit - 1) * 500L, seen[0]);
                assertTrue(seen[1] > writtenBytes + 500 * 300, "forced before it was written");
                assertEquals(seen[1], journal.writtenBytes());
            }
            driver.commit();
            assertEquals(List.of(), disk.takeCalls(), "nothing new, nothing forced");
        }
        assertEquals(List.of(), disk.takeCalls());
    }

    @Test
    void stopsAtTheFirstFailedForceAndNeverTriesAgain() throws IOException {
        final ChronicleJournal journal = ChronicleJournal.open(config());
        final JournalDriver driver = new JournalDriver(core, journal);
        driver.append(10, 100).commit();
        disk.takeCalls();
        disk.failAfter(0);
        driver.append(10, 100);
        assertThrows(JournalException.class, driver::commit);
        assertEquals(List.of("force"), disk.takeCalls());
        assertEquals(10, journal.durableSequence());
        disk.failAfter(Integer.MAX_VALUE);
        assertThrows(JournalException.class, driver::commit);
        assertThrows(JournalException.class, () -> driver.append(1, 100));
        assertEquals(10, JournalDriver.sequences(journal.reader(0)).size());
        journal.close();
        assertEquals(List.of(), disk.takeCalls());
        assertEquals(10, Watermark.peek(directory));
    }

    @Test
    void opensNothingWhenTheHeaderOfTheCycleCanNotBeForced() {
        disk.failAfter(0);
        assertThrows(JournalException.class, () -> ChronicleJournal.open(config()));
        disk.failAfter(Integer.MAX_VALUE);
        ChronicleJournal.open(config()).close();
    }

    @Test
    void forcesWhatItFoundAndTheNewCycleBeforeTheFirstRecord() {
        ChronicleJournal.open(config()).close();
        disk.takeCalls();
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            assertEquals(
                    List.of("force", "forceDirectory", "force", "forceDirectory", "forceDirectory"), disk.takeCalls());
            assertEquals(0, journal.durableSequence());
        }
    }

    @Test
    void forcesBothCyclesAtARoll() {
        try (ChronicleJournal journal =
                ChronicleJournal.open(config().withRollBytes(ExcerptLayout.EXCERPT_LENGTH_MAX))) {
            final JournalDriver driver = new JournalDriver(core, journal);
            driver.append(300, 1_000).commit();
            disk.takeCalls();
            driver.append(1, 100).commit();
            assertEquals(List.of("force", "forceDirectory", "forceDirectory", "force"), disk.takeCalls());
        }
    }

    @Test
    void levelOsForcesAtRollsAndStopsOnly() {
        final JournalConfig config =
                config().withDurability(Durability.OS).withRollBytes(ExcerptLayout.EXCERPT_LENGTH_MAX);
        try (ChronicleJournal journal = ChronicleJournal.open(config)) {
            disk.takeCalls();
            final JournalDriver driver = new JournalDriver(core, journal);
            assertEquals(300, driver.append(300, 1_000).commit());
            assertEquals(List.of(), disk.takeCalls());
            driver.append(1, 100).commit();
            assertEquals(List.of("force", "force", "forceDirectory", "forceDirectory"), disk.takeCalls());
        }
        assertEquals(List.of("force"), disk.takeCalls());
    }

    @Test
    void saysWhenTheDiskIsGettingFullAndWhenItIsNot() {
        try (ChronicleJournal journal = ChronicleJournal.open(config().withReserveBytes(1_000_000))) {
            assertTrue(journal.hasRoom());
            disk.usableBytes(999_999);
            final JournalDriver driver = new JournalDriver(core, journal);
            driver.append(2_000, 1_000).commit();
            assertFalse(journal.hasRoom());
            disk.usableBytes(1_000_000);
            assertTrue(journal.hasRoom());
        }
    }

    @Test
    void putsPagesOnTheDiskWhileIdleUpToWhatWasWritten() {
        try (ChronicleJournal journal = ChronicleJournal.open(config().withReserveBytes(1_000_000))) {
            final JournalDriver driver = new JournalDriver(core, journal);
            driver.append(1_000, 1_000).commit();
            disk.takeCalls();
            journal.idle();
            assertEquals(List.of(), disk.takeCalls(), "a commit fills ahead as much as a short cycle holds");
            driver.append(4_000, 1_000).commit();
            final long missing = journal.writtenBytes() - (4 << 20);
            disk.takeCalls();
            disk.usableBytes(1_000_000);
            journal.idle();
            assertEquals(List.of(), disk.takeCalls(), "the room is for those who are admitted");
            disk.usableBytes(Long.MAX_VALUE);
            int forces = 0;
            journal.idle();
            for (List<String> calls = disk.takeCalls(); !calls.isEmpty(); calls = disk.takeCalls()) {
                assertEquals(List.of("force"), calls);
                forces++;
                journal.idle();
            }
            assertEquals(missing >> 20, forces, 1);
            assertEquals(10_000, driver.append(5_000, 1_000).commit());
            assertEquals(10_000, JournalDriver.sequences(journal.reader(0)).size());
        }
        ChronicleJournal.open(config()).close();
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            assertEquals(10_000, journal.durableSequence());
        }
    }

    @Test
    void stopsWhenPagesCanNotBeForcedWhileIdle() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(core, journal);
            driver.append(5_000, 1_000).commit();
            disk.failAfter(0);
            assertThrows(JournalException.class, journal::idle);
            disk.failAfter(Integer.MAX_VALUE);
            assertThrows(JournalException.class, journal::idle);
            assertThrows(JournalException.class, () -> driver.append(1, 100));
            assertEquals(5_000, journal.durableSequence());
        }
    }

    @Test
    void appendsAndCommitsWithoutAllocation() {
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(directory, 0))) {
            final UnsafeBuffer record = new UnsafeBuffer(new byte[256]);
            appendPlain(journal, record, 1, 20_000);
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long before = threads.getCurrentThreadAllocatedBytes();
            appendPlain(journal, record, 20_001, 120_000);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 100_000, "bytes allocated for 100,000 records: " + allocated);
        }
    }

    private static void appendPlain(
            final ChronicleJournal journal, final UnsafeBuffer record, final long first, final long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            RecordLayout.putHeader(record, 0, 100, 100, 0, sequence, sequence);
            journal.append(record, 0, RecordLayout.HEADER_LENGTH + 200);
            if (sequence % 500 == 0) {
                journal.commit();
            }
        }
    }
}
