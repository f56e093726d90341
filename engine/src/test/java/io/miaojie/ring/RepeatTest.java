package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.gate.AnswerType;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A repeat gets the first answer, wherever that is by now. */
@Timeout(60)
class RepeatTest {
    @TempDir
    Path directory;

    @Test
    void answersARepeatFromRecentRecords() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.journal.failOnRead();
            rig.submit(1, TestMessages.command(5, 77));
            rig.submit(2, TestMessages.command(6, 80));
            rig.submit(3, TestMessages.command(5, 77));
            final TestSink.Told first = rig.sink.awaitToken(1);
            final TestSink.Told repeat = rig.sink.awaitToken(3);
            assertEquals(AnswerType.REPEAT, repeat.type());
            assertEquals(1, repeat.sequence());
            assertEquals(first.bytes(), repeat.bytes());
            assertEquals(2, rig.host.lastSequence());
        }
    }

    @Test
    void answersAConflictWithTheFirstCommand() {
        try (RingRig rig = RingRig.started(directory)) {
            final UnsafeBuffer first = TestMessages.command(5, 1, 0, 77);
            rig.submit(1, first);
            rig.submit(2, TestMessages.command(5, 2, 0, 90));
            final TestSink.Told conflict = rig.sink.awaitToken(2);
            assertEquals(AnswerType.CONFLICT, conflict.type());
            assertEquals(1, conflict.sequence());
            assertEquals(first, conflict.bytes());
        }
    }

    @Test
    void answersARepeatOfOneInFlightBehindIt() {
        try (RingRig rig = RingRig.started(directory)) {
            final Semaphore permits = rig.journal.hold();
            rig.submit(1, TestMessages.command(5, 77));
            Eventually.holds("commit under way", () -> rig.journal.committing() == 1);
            rig.submit(2, TestMessages.command(5, 77));
            Eventually.holds("both taken", () -> rig.host.roomSlots() == RingRig.SLOT_COUNT - 2 * 2);
            assertEquals(0, rig.sink.count());
            permits.release();
            assertEquals(1, rig.sink.await(2).get(0).token());
            assertEquals(AnswerType.REPEAT, rig.sink.awaitToken(2).type());
        }
    }

    @Test
    void fetchesARepeatOfLongAgoFromTheJournal() {
        try (RingRig rig = RingRig.started(directory)) {
            final UnsafeBuffer first = TestMessages.command(5, 1, 0, 77);
            rig.submit(1, first);
            pushOut(rig);
            rig.submit(2, TestMessages.command(5, 1, 0, 77));
            rig.submit(3, TestMessages.command(5, 9, 0, 77));
            final TestSink.Told repeat = rig.sink.awaitToken(2);
            assertEquals(AnswerType.REPEAT, repeat.type());
            assertEquals(1, repeat.sequence());
            assertEquals(rig.sink.awaitToken(1).bytes(), repeat.bytes());
            assertEquals(AnswerType.CONFLICT, rig.sink.awaitToken(3).type());
            assertEquals(first, rig.sink.awaitToken(3).bytes());
        }
    }

    @Test
    void fetchesRepeatsInAnyOrder() {
        try (RingRig rig = RingRig.started(directory)) {
            for (int i = 1; i <= 20; i++) {
                rig.insist(i, TestMessages.command(i, 60 + i));
            }
            pushOut(rig);
            for (final int id : new int[] {7, 8, 20, 20, 3, 1, 19}) {
                rig.insist(100 + id, TestMessages.command(id, 60 + id));
                final TestSink.Told repeat = rig.sink.awaitToken(100 + id);
                assertEquals(id, repeat.sequence());
                assertEquals(60 + id, repeat.bytes().capacity());
            }
        }
    }

    @Test
    void saysUnavailableWhenTheJournalCannotBeRead() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.command(5, 77));
            pushOut(rig);
            rig.journal.failOnRead();
            rig.submit(2, TestMessages.command(5, 77));
            final TestSink.Told told = rig.sink.awaitToken(2);
            assertEquals(AnswerType.UNAVAILABLE, told.type());
            assertEquals(0, told.bytes().capacity());
            assertEquals(0, rig.faults.size());
        }
    }

    @Test
    void saysUnavailableWhenTooManyRepeatsWait() throws InterruptedException {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.command(5, 77));
            pushOut(rig);
            final Semaphore turns = new Semaphore(0);
            final Thread test = Thread.currentThread();
            rig.sink.watch(sequence -> {
                if (Thread.currentThread().getName().equals("miaojie-archive") && test.isAlive()) {
                    turns.acquireUninterruptibly();
                }
            });
            // One is being answered, four wait, the sixth is too many.
            rig.submit(2, TestMessages.command(5, 77));
            Eventually.holds("the first is being answered", () -> turns.hasQueuedThreads());
            for (int i = 3; i <= 7; i++) {
                rig.insist(i, TestMessages.command(5, 77));
            }
            assertEquals(AnswerType.UNAVAILABLE, rig.sink.awaitToken(7).type());
            turns.release(100);
            for (int i = 2; i <= 6; i++) {
                assertEquals(AnswerType.REPEAT, rig.sink.awaitToken(i).type());
            }
        }
    }

    private static void pushOut(final RingRig rig) {
        final int count = rig.sink.count();
        for (int i = 1; i <= RingRig.RECENT_RECORDS; i++) {
            rig.insist(10_000 + i, TestMessages.command(10_000 + i, 60));
        }
        rig.sink.await(count + RingRig.RECENT_RECORDS);
    }
}
