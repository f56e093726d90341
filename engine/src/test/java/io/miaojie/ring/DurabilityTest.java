package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nobody hears of anything before the commit that covers it has returned. */
@Timeout(60)
class DurabilityTest {
    @TempDir
    Path directory;

    @Test
    void tellsNoOutcomeBeforeItsCommitHasReturned() {
        try (RingRig rig = RingRig.started(directory)) {
            final AtomicInteger early = new AtomicInteger();
            rig.sink.watch(sequence -> {
                if (sequence > rig.journal.durableSequence()) {
                    early.incrementAndGet();
                }
            });
            for (int i = 1; i <= 5_000; i++) {
                rig.insist(i, TestMessages.command(i, 60));
            }
            rig.sink.await(5_000);
            assertEquals(0, early.get());
        }
    }

    @Test
    void holdsOutcomesBackWhileTheirCommitIsUnderWay() {
        try (RingRig rig = RingRig.started(directory)) {
            final Semaphore permits = rig.journal.hold();
            rig.submit(1, TestMessages.command(1, 60));
            Eventually.holds("first commit under way", () -> rig.journal.committing() == 1);
            for (int i = 2; i <= 10; i++) {
                rig.submit(i, TestMessages.command(i, 60));
            }
            Eventually.holds("all settled", () -> rig.host.lastSequence() == 10);
            assertEquals(0, rig.sink.count());

            permits.release();
            Eventually.holds("second commit under way", () -> rig.journal.committing() == 10);
            assertEquals(1, rig.sink.count());

            permits.release();
            rig.sink.await(10);
            assertEquals(2, rig.journal.commitCount(), "nine records share the second commit");
        }
    }

    @Test
    void answersAQueryOnlyWhenWhatItSawIsDurable() {
        try (RingRig rig = RingRig.started(directory)) {
            final Semaphore permits = rig.journal.hold();
            rig.submit(1, TestMessages.command(1, 60));
            Eventually.holds("commit under way", () -> rig.journal.committing() == 1);
            rig.submit(2, TestMessages.query());
            Eventually.holds("both taken", () -> rig.host.roomSlots() == RingRig.SLOT_COUNT - 2);
            assertEquals(0, rig.sink.count());

            permits.release();
            final List<TestSink.Told> told = rig.sink.await(2);
            assertEquals(AnswerType.ANSWER, told.get(1).type());
            assertEquals(1, told.get(1).sequence());
        }
    }

    @Test
    void commitsNothingForAQuery() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.query());
            assertEquals(30, rig.sink.await(1).get(0).bytes().capacity());
            assertEquals(0, rig.journal.commitCount());
            assertEquals(0, rig.host.lastSequence());
        }
    }

    @Test
    void wakesTheEventLoopsOncePerBatch() {
        try (RingRig rig = RingRig.started(directory)) {
            final Semaphore permits = rig.journal.hold();
            rig.submit(1, TestMessages.command(1, 60));
            Eventually.holds("first commit under way", () -> rig.journal.committing() == 1);
            for (int i = 2; i <= 20; i++) {
                rig.submit(i, TestMessages.command(i, 60));
            }
            Eventually.holds("all settled", () -> rig.host.lastSequence() == 20);
            permits.release(2);
            rig.sink.await(20);
            Eventually.holds("both batches ended", () -> rig.sink.batchCount() == 2);
            assertTrue(rig.journal.commitCount() == 2);
        }
    }
}
