package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalAppender;
import io.miaojie.support.JournalDriver;
import io.miaojie.support.MemoryJournal;
import io.miaojie.support.SnapshotWriter;
import io.miaojie.wire.RecordLayout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that a death, or another version, has left. */
@Timeout(120)
class SnapshotFaultsTest {
    private static final int DEATHS = 3;
    private static final int CRC_AT = 8;
    private static final int FORMAT_AT = 12;
    private static final int LOGIC_VERSION_AT = 14;
    private static final int HEADER_LENGTH = 80;

    @TempDir
    private Path directory;

    private SnapshotStore snapshots;

    @BeforeEach
    void open() {
        snapshots = new SnapshotStore(directory);
    }

    @Test
    void aKillWhileOneIsWrittenLeavesTheOneBefore() throws IOException, InterruptedException {
        long written = 0;
        for (int death = 1; death <= DEATHS; death++) {
            written = writtenBeforeDeath(written, 2 + death);
            final Snapshot newest = snapshots.newest().orElseThrow();
            assertTrue(newest.sequence() >= written, "written=" + written + " newest=" + newest);
            final EchoCore core = new EchoCore(SnapshotWriter.STATE_BYTES);
            SnapshotFile.load(newest.file(), core);
            assertEquals(newest.stateHash(), StateHash.of(core));
            written = newest.sequence();
        }
        try (var files = Files.list(directory)) {
            assertTrue(files.count() <= 4, "what deaths left half-written is written over");
        }
    }

    /** Returns the last snapshot that the process named before it was killed, in the middle of the next one. */
    private long writtenBeforeDeath(final long before, final int count) throws IOException, InterruptedException {
        final Process process = JournalAppender.start(
                List.of(), SnapshotWriter.class, directory.resolve("err"), directory.toString(), Long.toString(before));
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            long written = before;
            for (int i = 0; i < count; i++) {
                written = Long.parseLong(lines.readLine());
            }
            process.destroyForcibly();
            return written;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The last bytes of it are written late, and whatever is wrong with them is no fault of the core. */
    @Test
    void oneThatIsGivenUpAtItsLastBytesIsNoMoreThanThat() {
        final EchoCore core = new EchoCore();
        snapshots.write(core, 10, 1, 1, () -> true);
        assertThrows(SnapshotException.class, () -> snapshots.write(core, 20, 2, 2, () -> false));
        assertEquals(10, snapshots.newest().orElseThrow().sequence());
    }

    /** Changes a field of the header, and the CRC with it: as another version would have written it. */
    private static void rewrite(final Path file, final int at, final int value) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putShort(at, (short) value);
        final CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(FORMAT_AT).limit(HEADER_LENGTH));
        bytes.putInt(CRC_AT, (int) crc.getValue());
        Files.write(file, bytes.array());
    }

    @Test
    void passesOverOneOfAnotherFormat() throws IOException {
        final MemoryJournal journal = new MemoryJournal();
        final EchoCore core = new EchoCore();
        final JournalDriver driver = new JournalDriver(core, journal);
        final Snapshotter snapshotter = new Snapshotter(EchoCore::new, snapshots, journal, 10, fault -> {});
        driver.append(10, 120).commit();
        snapshotter.takeIfDue();
        driver.append(10, 120).commit();
        snapshotter.takeIfDue();
        rewrite(snapshots.newest().orElseThrow().file(), FORMAT_AT, 99);
        final Recovery recovery = Replay.recover(new EchoCore(), snapshots, journal::reader);
        assertEquals(10, recovery.snapshotSequence());
        assertEquals(10, recovery.replayedCount());
        assertEquals(StateHash.of(core), recovery.stateHash());
    }

    @Test
    void loadsWhatTheVersionBeforeLeftAtItsStop() throws IOException {
        final MemoryJournal journal = new MemoryJournal();
        final EchoCore core = new EchoCore();
        final JournalDriver driver = new JournalDriver(core, journal);
        driver.append(10, 120).commit();
        new Snapshotter(EchoCore::new, snapshots, journal, 10, fault -> {}).takeIfDue();
        final Path file = snapshots.newest().orElseThrow().file();
        rewrite(file, LOGIC_VERSION_AT, RecordLayout.LOGIC_VERSION + 1);
        final Recovery recovery = Replay.recover(new EchoCore(), snapshots, journal::reader);
        assertEquals(10, recovery.snapshotSequence());
        assertEquals(StateHash.of(core), recovery.stateHash());
        driver.append(1, 120).commit();
        journal.record(11).putShort(RecordLayout.LOGIC_VERSION_OFFSET, (short) (RecordLayout.LOGIC_VERSION + 1));
        final JournalException refused =
                assertThrows(JournalException.class, () -> Replay.recover(new EchoCore(), snapshots, journal::reader));
        assertTrue(refused.getMessage().contains("leaves a snapshot"), refused.getMessage());
    }
}
