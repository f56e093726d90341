package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalDriver;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Append, commit and read, over rolls and starts. */
@Timeout(60)
class ChronicleJournalTest {
    private static final long ROLL_BYTES = ExcerptLayout.EXCERPT_LENGTH_MAX;

    @TempDir
    private Path directory;

    private final EchoCore core = new EchoCore();

    private JournalConfig config() {
        return JournalConfig.of(directory, 0);
    }

    private static List<Long> upTo(final long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void readsNothingThatIsNotCommitted() {
        try (ChronicleJournal journal = ChronicleJournal.open(config());
                RecordReader reader = journal.reader(0)) {
            final JournalDriver driver = new JournalDriver(core, journal).append(3_000, 200);
            assertFalse(reader.next());
            assertEquals(3_000, driver.commit());
            assertEquals(upTo(3_000), JournalDriver.sequences(reader));
            driver.append(1, 200).commit();
            assertTrue(reader.next());
            assertEquals(3_001, RecordLayout.sequence(reader.buffer(), reader.offset()));
        }
    }

    @Test
    void readersFollowOverRolls() throws IOException {
        final JournalConfig rolling = config().withRollBytes(ROLL_BYTES);
        try (ChronicleJournal journal = ChronicleJournal.open(rolling);
                RecordReader reader = journal.reader(0)) {
            final JournalDriver driver = new JournalDriver(core, journal);
            for (int commit = 1; commit <= 40; commit++) {
                driver.append(50, 1_000).commit();
                assertEquals(50, JournalDriver.sequences(reader).size());
            }
            assertTrue(CycleDirectories.list(directory).size() > 8);
            assertEquals(upTo(2_000), JournalDriver.sequences(journal.reader(0)));
        }
    }

    @Test
    void readersBeginAnywhere() {
        final JournalConfig rolling = config().withRollBytes(8 * ROLL_BYTES);
        try (ChronicleJournal journal = ChronicleJournal.open(rolling)) {
            final JournalDriver driver = new JournalDriver(core, journal);
            for (int commit = 1; commit <= 100; commit++) {
                driver.append(30, 2_000).commit();
            }
            for (long after = 0; after < 3_000; after += 97) {
                try (RecordReader reader = journal.reader(after)) {
                    assertTrue(reader.next());
                    assertEquals(after + 1, RecordLayout.sequence(reader.buffer(), reader.offset()));
                }
            }
            assertFalse(journal.reader(3_000).next());
        }
    }

    @Test
    void goesOnAfterStarts() throws IOException {
        for (int start = 0; start < 5; start++) {
            try (ChronicleJournal journal = ChronicleJournal.open(config())) {
                assertEquals(start * 100L, journal.durableSequence());
                assertEquals(List.of(), journal.report().cuts());
                new JournalDriver(core, journal).append(100, 300).commit();
                assertEquals(upTo((start + 1) * 100L), JournalDriver.sequences(journal.reader(0)));
            }
        }
        assertEquals(5, CycleDirectories.list(directory).size());
        assertEquals(500, JournalFiles.scan(config()).report().recordCount());
    }

    @Test
    void takesTheLargestRecord() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(core, journal);
            driver.append(2, RecordLayout.MESSAGE_LENGTH_MAX - Long.BYTES).append(2, 50);
            assertEquals(4, driver.commit());
            assertEquals(upTo(4), JournalDriver.sequences(journal.reader(0)));
        }
    }

    @Test
    void refusesASecondOwner() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalException refused =
                    assertThrows(JournalException.class, () -> ChronicleJournal.open(config()));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
            assertEquals(0, journal.durableSequence());
        }
        ChronicleJournal.open(config()).close();
    }

    @Test
    void refusesAnotherShard() {
        ChronicleJournal.open(config()).close();
        assertThrows(JournalException.class, () -> ChronicleJournal.open(JournalConfig.of(directory, 1)));
    }

    @Test
    void refusesASnapshotAheadOfTheJournal() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            new JournalDriver(core, journal).append(10, 100).commit();
        }
        assertThrows(JournalException.class, () -> ChronicleJournal.open(config().withScanAfterSequence(11)));
        ChronicleJournal.open(config().withScanAfterSequence(10)).close();
    }

    @Test
    void takesNothingMoreAfterARecordOutOfSequence() {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(core, journal).append(1, 100);
            final JournalDriver confused = new JournalDriver(core, journal);
            assertThrows(JournalException.class, () -> confused.append(1, 100));
            assertThrows(JournalException.class, driver::commit);
            assertEquals(0, journal.durableSequence());
        }
    }

    @Test
    void readersOnOtherThreadsKeepUpWithRolls() throws Exception {
        final int last = 6_000;
        try (ChronicleJournal journal = ChronicleJournal.open(config().withRollBytes(ROLL_BYTES))) {
            final FutureTask<Long> reading = new FutureTask<>(() -> countUpTo(journal, last));
            new Thread(reading, "reader").start();
            final JournalDriver driver = new JournalDriver(core, journal);
            for (int commit = 0; commit < last / 20; commit++) {
                driver.append(20, 700).commit();
            }
            assertEquals(last, reading.get());
        }
    }

    private static long countUpTo(final ChronicleJournal journal, final int last) {
        long count = 0;
        try (RecordReader reader = journal.reader(0)) {
            while (count < last) {
                if (reader.next()) {
                    count++;
                } else {
                    Thread.onSpinWait();
                }
            }
        }
        return count;
    }

    @Test
    void aPlainChronicleReaderFindsTheSameExcerpts() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(core, journal);
            for (int commit = 0; commit < 5; commit++) {
                driver.append(7, 333).commit();
            }
        }
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(CycleDirectories.of(directory, 1))
                        .rollCycle(RollCycles.FAST_DAILY)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer();
                ExcerptCursor cursor = ExcerptCursor.open(new Surgeon(directory).file(1), 1)) {
            assertTrue(tailer.moveToIndex(queue.rollCycle().toIndex(1, 0)));
            final byte[] theirs = new byte[ExcerptLayout.LENGTH_MAX];
            int count = 0;
            while (cursor.next()) {
                final Bytes<byte[]> bytes = Bytes.wrapForWrite(theirs);
                assertTrue(tailer.readBytes(bytes));
                final byte[] ours = new byte[(int) bytes.writePosition()];
                cursor.buffer().getBytes(cursor.headerOffset(), ours);
                assertArrayEquals(ours, Arrays.copyOf(theirs, ours.length));
                count++;
            }
            assertEquals(6, count);
            assertFalse(tailer.readBytes(Bytes.wrapForWrite(theirs)));
        }
    }
}
