package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Time passes in the log only when a timer is due. */
@Timeout(60)
class TickTest {
    /** Due timers, each of a record of its own: more than the ring remembers, many times over. */
    private static final int MANY = 256 * 256 + 1_000;

    @TempDir
    Path directory;

    @Test
    void firesADueTimerWhileIdle() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000));
            rig.sink.await(1);
            rig.timeNs.set(5_000);
            final TestSink.Told tick = rig.sink.await(2).get(1);
            assertEquals(ReplySink.NO_CALLER, tick.token());
            assertEquals(AnswerType.OUTCOME, tick.type());
            assertEquals(SettledOutcomeDecoder.TEMPLATE_ID, tick.templateId());
            assertEquals(2, tick.sequence());
            assertEquals(5_000, RecordLayout.nowNs(rig.journal.record(2), 0));
            assertEquals(1, rig.host.answeredCount(), "a tick has no caller");
        }
    }

    @Test
    void firesADueTimerBeforeTheCommandThatComesLater() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000));
            rig.sink.await(1);
            rig.timeNs.set(6_000);
            rig.submit(2, TestMessages.command(2, 60));
            final TestSink.Told second = rig.sink.awaitToken(2);
            assertEquals(3, second.sequence());
            assertEquals(
                    SettledOutcomeDecoder.TEMPLATE_ID, rig.sink.told().get(1).templateId());
            assertEquals(60, second.bytes().capacity());
        }
    }

    @Test
    void writesNothingWhileIdle() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000));
            rig.sink.await(1);
            rig.timeNs.set(4_999);
            final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10 * Ticker.PERIOD_MS);
            Eventually.holds("ten looks of the ticker", () -> System.nanoTime() > end);
            assertEquals(1, rig.host.lastSequence());
            assertEquals(-1, rig.host.timerOverdueNs());
            assertEquals(RingRig.SLOT_COUNT, rig.host.roomSlots());
            assertEquals(1, rig.journal.commitCount());
        }
    }

    @Test
    void followsTheLargestBusinessTime() {
        final TestJournal journal = new TestJournal();
        final TestSink sink = new TestSink();
        final RingHost host = new RingHost(
                RingRig.config(directory, 64), new TestCore(), journal, EngineClock.followingEvents(), sink, f -> {});
        host.start(0, 0);
        final long[] times = {50, 40, 70, 0};
        for (int i = 0; i < times.length; i++) {
            host.submit(i + 1, TestMessages.command(i + 1, 0, times[i], 60), 0, 60);
        }
        sink.await(4);
        host.close();
        final long[] stamped = new long[4];
        for (int i = 0; i < 4; i++) {
            stamped[i] = RecordLayout.nowNs(journal.record(i + 1), 0);
        }
        assertArrayEquals(new long[] {50, 50, 70, 70}, stamped);
    }

    @Test
    void movesToTheTimeThatAMessageAsksForAndFiresWhatIsDueByThen() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000));
            rig.sink.await(1);
            rig.submit(2, TestMessages.moving(2, 6_000));
            final TestSink.Told moved = rig.sink.awaitToken(2);
            assertEquals(3, moved.sequence());
            assertEquals(
                    SettledOutcomeDecoder.TEMPLATE_ID, rig.sink.told().get(1).templateId());
            assertEquals(6_000, RecordLayout.nowNs(rig.journal.record(2), 0));
            assertEquals(6_000, RecordLayout.nowNs(rig.journal.record(3), 0));
            rig.submit(3, TestMessages.moving(3, 5_500));
            rig.sink.awaitToken(3);
            assertEquals(6_000, RecordLayout.nowNs(rig.journal.record(4), 0), "forward only");
        }
    }

    @Test
    void firesFarMoreThanTheRingHoldsBeforeItAnswersWhoMovedTheClock() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000, MANY));
            rig.sink.await(1);
            rig.submit(2, TestMessages.moving(2, 6_000));
            rig.submit(3, TestMessages.command(3, 60));
            assertEquals(MANY + 3, rig.sink.awaitToken(3).sequence(), "what follows waits");
            assertEquals(MANY + 2, rig.sink.awaitToken(2).sequence());
            final List<TestSink.Told> told = rig.sink.told();
            assertEquals(MANY + 3, told.size());
            for (int i = 0; i < told.size(); i++) {
                assertEquals(i + 1, told.get(i).sequence());
            }
            for (final TestSink.Told tick : told.subList(1, MANY + 1)) {
                assertEquals(ReplySink.NO_CALLER, tick.token());
                assertEquals(SettledOutcomeDecoder.TEMPLATE_ID, tick.templateId());
                assertEquals(6_000, RecordLayout.nowNs(rig.journal.record(tick.sequence()), 0));
            }
            assertEquals(3, rig.host.answeredCount());
            assertTrue(rig.journal.commitCount() > MANY / RingRig.RECENT_RECORDS, "handed on in parts");
        }
    }

    @Test
    void othersWaitForAPartOfABacklogOnly() {
        try (RingRig rig = RingRig.started(directory)) {
            final int backlog = 4 * SettleStage.TICKS_PER_BATCH_MAX;
            rig.submit(1, TestMessages.arming(1, 5_000, backlog));
            rig.sink.await(1);
            rig.timeNs.set(6_000);
            rig.submit(2, TestMessages.command(2, 60));
            assertTrue(rig.sink.awaitToken(2).sequence() < backlog, "before the backlog has fired");
            rig.sink.await(backlog + 2);
        }
    }

    @Test
    void anErrorOfTheDiskAmidABacklogStopsBothThreads() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.arming(1, 5_000, MANY));
            rig.sink.await(1);
            final Semaphore permits = rig.journal.hold();
            rig.submit(2, TestMessages.moving(2, 6_000));
            permits.release(3);
            Eventually.holds("three parts", () -> rig.journal.commitCount() == 4 && rig.journal.committing() > 0);
            rig.journal.failOnCommit();
            permits.release();
            Eventually.holds("the halt", () -> rig.host.haltCause() != null);
            rig.host.close();
            Eventually.holds("no thread", rig.host::isStopped);
            assertTrue(rig.sink.told().stream().noneMatch(told -> told.token() == 2), "nobody is answered");
        }
    }
}
