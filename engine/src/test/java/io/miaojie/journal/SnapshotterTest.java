package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.Core;
import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalDriver;
import io.miaojie.support.MemoryJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a background snapshot does about each kind of fault. */
@Timeout(60)
class SnapshotterTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

    @TempDir
    private Path directory;

    private final MemoryJournal journal = new MemoryJournal();
    private final Deque<Error> faults = new ArrayDeque<>();
    private final List<Throwable> broken = new ArrayList<>();
    private SnapshotStore snapshots;
    private Snapshotter snapshotter;

    @BeforeEach
    void journalTwenty() {
        new JournalDriver(new EchoCore(), journal).append(20, 120).commit();
        snapshots = new SnapshotStore(directory);
        final Supplier<Core> cores = () -> {
            if (!faults.isEmpty()) {
                throw faults.pop();
            }
            return new EchoCore();
        };
        snapshotter = new Snapshotter(cores, snapshots, journal, 10, broken::add);
    }

    @Test
    void triesAgainAfterTheMachineFailedIt() {
        faults.add(new InternalError("a fault occurred in a recent unsafe memory access operation"));
        faults.add(new OutOfMemoryError("Java heap space"));
        assertEquals(MINUTE_NS, snapshotter.look());
        assertEquals(MINUTE_NS, snapshotter.look());
        assertTakes();
    }

    @Test
    void triesAgainAfterTheDiskFailedIt() throws IOException {
        Files.delete(directory);
        assertEquals(MINUTE_NS, snapshotter.look());
        Files.createDirectory(directory);
        assertTakes();
    }

    @Test
    void saysOnceThatTheRulesComeToAnotherOutcome() {
        final UnsafeBuffer record = journal.record(13);
        final int last = record.capacity() - 1;
        record.putByte(last, (byte) (record.getByte(last) + 1));
        snapshotter.look();
        snapshotter.look();
        assertEquals(1, broken.size());
        assertTrue(
                broken.get(0).getMessage().contains("sequence=13 "),
                broken.get(0).getMessage());
        assertEquals(0, snapshotter.lastSequence());
    }

    @Test
    void saysThatARuleThrows() {
        faults.add(new AssertionError("not zero-sum"));
        snapshotter.look();
        assertEquals("not zero-sum", broken.get(0).getMessage());
    }

    private void assertTakes() {
        assertEquals(SECOND_NS, snapshotter.look());
        assertEquals(20, snapshotter.lastSequence());
        assertEquals(20, snapshots.newest().orElseThrow().sequence());
        assertEquals(List.of(), broken);
    }
}
