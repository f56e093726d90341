package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.FaultyDisk;
import io.miaojie.support.JournalDriver;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holes in the files: cut and said in an unanswered tail, refused with file and position anywhere else. */
@Tag("slow")
@Timeout(300)
class HoleTest {
    private static final int COMMAND_LENGTH = 1_000;

    @TempDir
    private Path directory;

    private Surgeon surgeon;

    @BeforeEach
    void open() {
        surgeon = new Surgeon(directory);
    }

    private JournalConfig config() {
        return JournalConfig.of(directory, 0);
    }

    /** Writes commits of ten records each in a cycle of their own. */
    private void commits(final int count) {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(new EchoCore(), journal);
            for (int i = 0; i < count; i++) {
                driver.append(10, COMMAND_LENGTH).commit();
            }
        }
    }

    /** Writes answered commits, then one whose force fails: it is in the file, nobody was told. */
    private void commitsAndAnUnansweredOne(final int count, final int unansweredRecords) {
        final FaultyDisk disk = new FaultyDisk();
        try (ChronicleJournal journal = ChronicleJournal.open(config().withDisk(disk))) {
            final JournalDriver driver = new JournalDriver(new EchoCore(), journal);
            for (int i = 0; i < count; i++) {
                driver.append(10, COMMAND_LENGTH).commit();
            }
            driver.append(unansweredRecords, COMMAND_LENGTH);
            disk.failAfter(0);
            assertThrows(JournalException.class, driver::commit);
        }
    }

    private void requireWholeUpTo(final long last) {
        try (RecordReader reader = JournalFiles.scan(config()).reader(0)) {
            assertEquals(LongStream.rangeClosed(1, last).boxed().toList(), JournalDriver.sequences(reader));
        }
    }

    private void requireRefused(final String file) {
        final JournalException refused = assertThrows(
                JournalException.class, () -> ChronicleJournal.open(config()).close());
        assertTrue(refused.getMessage().contains(file), refused.getMessage());
        assertTrue(refused.getMessage().contains("position="), refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void cutsAHoleInAnUnansweredTailAndLosesNothingLater(final Surgeon.Hole hole) throws IOException {
        long answered = 0;
        for (int start = 0; start < 4; start++) {
            commitsAndAnUnansweredOne(3, 10);
            surgeon.plant(hole, answered + 31);
            try (ChronicleJournal journal = ChronicleJournal.open(config())) {
                final ScanReport report = journal.report();
                assertTrue(report.lastSequence() >= answered + 30, report.toString());
                assertTrue(report.lastSequence() < answered + 40, report.toString());
                assertEquals(1, report.cuts().size(), report.toString());
                assertTrue(report.cuts().get(0).bytes() > 0, report.toString());
                assertEquals(
                        surgeon.find(answered + 1).file(), report.cuts().get(0).file());
                new JournalDriver(new EchoCore(), journal)
                        .append(10, COMMAND_LENGTH)
                        .commit();
                answered = journal.durableSequence();
            }
            requireWholeUpTo(answered);
        }
    }

    @Test
    void keepsUnansweredRecordsThatAreWhole() {
        commitsAndAnUnansweredOne(3, 10);
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            assertEquals(40, journal.durableSequence());
            assertEquals(List.of(), journal.report().cuts());
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesAHoleBeforeAnsweredRecordsOfTheSameCycle(final Surgeon.Hole hole) throws IOException {
        commits(6);
        surgeon.loseWatermark();
        surgeon.plant(hole, 21);
        requireRefused(surgeon.file(1).toString());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAHoleInTheLastAnsweredRecords(final Surgeon.Hole hole) throws IOException {
        commits(6);
        surgeon.plant(hole, 51);
        requireRefused(surgeon.file(1).toString());
    }

    @ParameterizedTest
    @EnumSource
    void refusesAHoleAtTheEndOfAnOlderCycle(final Surgeon.Hole hole) throws IOException {
        commits(3);
        commits(0);
        commits(3);
        surgeon.loseWatermark();
        surgeon.plant(hole, 21);
        requireRefused(surgeon.file(1).toString());
    }

    @Test
    void refusesALostCycle() throws IOException {
        commits(3);
        commits(3);
        commits(3);
        surgeon.loseWatermark();
        Files.delete(surgeon.file(2));
        requireRefused(surgeon.file(1).toString());
    }

    @Test
    void refusesALostFirstCycle() throws IOException {
        commits(3);
        commits(3);
        surgeon.loseWatermark();
        final Path lost = surgeon.file(1);
        surgeon.zero(lost, 0, 4096);
        requireRefused(lost.toString());
        Files.delete(lost);
        requireRefused(directory.toString());
    }

    @Test
    void refusesWhenEverythingIsGoneButTheWatermark() throws IOException {
        commits(3);
        Files.delete(surgeon.file(1));
        requireRefused(directory.toString());
    }

    @Test
    void refusesAZeroedFirstPageOfTheLastCycle() throws IOException {
        commits(3);
        commits(3);
        surgeon.loseWatermark();
        surgeon.zero(surgeon.file(2), 0, 4096);
        requireRefused(surgeon.file(2).toString());
    }

    @Test
    void passesOverACycleThatNeverGotItsHeader() throws IOException {
        commits(3);
        commits(0);
        surgeon.zero(surgeon.file(2), headerPosition(2), 100);
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            assertEquals(30, journal.durableSequence());
            assertEquals(1, journal.report().cuts().size());
            new JournalDriver(new EchoCore(), journal)
                    .append(10, COMMAND_LENGTH)
                    .commit();
        }
        commits(1);
        requireWholeUpTo(50);
    }

    private long headerPosition(final int cycle) throws IOException {
        try (ExcerptCursor cursor = ExcerptCursor.open(surgeon.file(cycle), cycle)) {
            assertTrue(cursor.next());
            return cursor.position();
        }
    }

    @Test
    void readsRecordsThatAHoleInChroniclesOwnPagesWouldHide() throws IOException {
        commits(3);
        surgeon.zero(surgeon.file(1), 300, 4096);
        commits(3);
        requireWholeUpTo(60);
    }

    @Test
    void findsABrokenChainBetweenWholeRecords() throws IOException {
        commits(2);
        final Path other = directory.resolve("other");
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(other, 0))) {
            final JournalDriver driver = new JournalDriver(new EchoCore(), journal);
            driver.append(10, COMMAND_LENGTH + 20).commit();
            driver.append(10, COMMAND_LENGTH).commit();
        }
        final Surgeon.Place to = surgeon.find(11);
        final Surgeon.Place from = new Surgeon(other).find(11);
        assertEquals(to.length(), from.length());
        surgeon.copy(from, to);
        final JournalException refused = assertThrows(
                JournalException.class, () -> ChronicleJournal.open(config()).close());
        assertTrue(refused.getMessage().contains("follow on the crc"), refused.getMessage());
    }

    @Test
    void findsEveryFlippedBitOrIsNotHarmedByIt() throws IOException {
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            final JournalDriver driver = new JournalDriver(new EchoCore(), journal);
            driver.append(2, 20).commit();
            driver.append(1, 20).commit();
        }
        try (ChronicleJournal journal = ChronicleJournal.open(config())) {
            new JournalDriver(new EchoCore(), journal).append(2, 20).commit();
        }
        surgeon.shorten();
        final List<byte[]> records = records();
        int foundCount = 0;
        for (int cycle = 1; cycle <= 2; cycle++) {
            final Path file = surgeon.file(cycle);
            final int dense = (int) headerPosition(cycle);
            final byte[] whole = Files.readAllBytes(file);
            for (int i = 0; i < whole.length; i += i < dense && i > 256 ? 509 : 1) {
                for (int bit = 0; bit < 8; bit++) {
                    final byte[] flipped = whole.clone();
                    flipped[i] ^= (byte) (1 << bit);
                    Files.write(file, flipped);
                    foundCount += isFoundOrHarmless(records, cycle + ":" + i + "." + bit) ? 1 : 0;
                }
            }
            Files.write(file, whole);
        }
        assertTrue(foundCount > 5 * 8 * 60, "foundCount=" + foundCount);
        requireWholeUpTo(5);
    }

    private boolean isFoundOrHarmless(final List<byte[]> records, final String place) {
        try {
            final List<byte[]> read = records();
            assertEquals(records.size(), read.size(), place);
            for (int i = 0; i < read.size(); i++) {
                assertTrue(Arrays.equals(records.get(i), read.get(i)), place);
            }
            return false;
        } catch (final JournalException e) {
            return true;
        }
    }

    private List<byte[]> records() {
        final List<byte[]> records = new ArrayList<>();
        try (RecordReader reader = JournalFiles.scan(config()).reader(0)) {
            while (reader.next()) {
                final byte[] record = new byte[RecordLayout.length(reader.buffer(), reader.offset())];
                reader.buffer().getBytes(reader.offset(), record);
                records.add(record);
            }
        }
        return records;
    }
}
