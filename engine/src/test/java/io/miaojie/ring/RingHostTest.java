package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.SubmitCode;
import io.miaojie.wire.RecordLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ring as its callers see it: order, room and refusals. */
@Timeout(60)
class RingHostTest {
    @TempDir
    Path directory;

    @Test
    void answersACommandWithItsOutcome() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(41, TestMessages.command(9, 100));
            final TestSink.Told told = rig.sink.await(1).get(0);
            assertEquals(41, told.token());
            assertEquals(AnswerType.OUTCOME, told.type());
            assertEquals(1, told.sequence());
            assertEquals(100, told.bytes().capacity());
            assertEquals(1, rig.host.lastSequence());
            assertEquals(1, rig.host.answeredCount());
        }
    }

    @Test
    void writesARecordOfHeaderCommandAndOutcome() {
        try (RingRig rig = RingRig.started(directory)) {
            final UnsafeBuffer command = TestMessages.command(9, 100);
            rig.submit(1, command);
            rig.sink.await(1);
            final UnsafeBuffer record = rig.journal.record(1);
            assertEquals(RecordLayout.HEADER_LENGTH + 200, RecordLayout.length(record, 0));
            assertEquals(3, RecordLayout.shard(record, 0));
            assertEquals(1_000, RecordLayout.nowNs(record, 0));
            assertEquals(command, new UnsafeBuffer(record, RecordLayout.HEADER_LENGTH, 100));
            assertEquals(100, RecordLayout.outcomeLength(record, 0));
        }
    }

    @Test
    void numbersWithoutAGapAndKeepsEachCallersOrder() throws InterruptedException {
        final int each = 20_000;
        try (RingRig rig = RingRig.started(directory)) {
            final List<Thread> callers = new ArrayList<>();
            for (int c = 0; c < 4; c++) {
                final long base = (c + 1L) << 32;
                final Thread caller = new Thread(() -> LongStream.range(0, each)
                        .forEach(i -> rig.insist(base + i, TestMessages.command(base + i, 60 + (int) (i % 300)))));
                caller.start();
                callers.add(caller);
            }
            for (final Thread caller : callers) {
                caller.join();
            }
            final List<TestSink.Told> told = rig.sink.await(4 * each);
            final Map<Long, Long> nextOf = new HashMap<>();
            for (int i = 0; i < told.size(); i++) {
                final TestSink.Told answer = told.get(i);
                assertEquals(i + 1, answer.sequence());
                final long caller = answer.token() >> 32;
                final long expected = nextOf.getOrDefault(caller, 0L);
                assertEquals(expected, answer.token() & 0xFFFF_FFFFL);
                assertEquals(60 + (int) (expected % 300), answer.bytes().capacity());
                assertEquals(
                        (byte) answer.token(),
                        answer.bytes().getByte(answer.bytes().capacity() - 1));
                nextOf.put(caller, expected + 1);
            }
            assertEquals(4L * each, rig.host.lastSequence());
            assertTrue(rig.journal.commitCount() < 4 * each, "commits cover several records each");
        }
    }

    @Test
    void carriesLongMessagesOverTheEndOfItsBuffer() {
        try (RingRig rig = RingRig.started(directory)) {
            // 31 slots each in a ring of 64: every third one wraps, at ever other places.
            final int length = 31 * RingRig.SLOT_BYTES - 5;
            for (int i = 1; i <= 200; i++) {
                final UnsafeBuffer message = TestMessages.command(i, length);
                for (int at = MessageBytes.MESSAGE_LENGTH_MIN; at < length; at++) {
                    message.putByte(at, (byte) (at * 31 + i));
                }
                rig.insist(i, message);
                final TestSink.Told told = rig.sink.await(i).get(i - 1);
                assertEquals(message, new UnsafeBuffer(rig.journal.record(i), RecordLayout.HEADER_LENGTH, length));
                assertEquals(message.getByte(length - 1), told.bytes().getByte(length - 1));
            }
        }
    }

    @Test
    void refusesWhenFullAndTakesAgainWhenThereIsRoom() {
        try (RingRig rig = RingRig.started(directory)) {
            final Semaphore permits = rig.journal.hold();
            int accepted = 0;
            while (rig.submit(accepted + 1, TestMessages.command(accepted + 1, 60)) == SubmitCode.ACCEPTED) {
                accepted++;
            }
            assertEquals(RingRig.SLOT_COUNT, accepted);
            assertEquals(0, rig.host.roomSlots());
            assertEquals(1, rig.host.refusedCount());
            assertEquals(0, rig.sink.count());

            permits.release(1_000_000);
            rig.sink.await(accepted);
            rig.insist(999, TestMessages.command(999, 60));
            assertEquals(accepted + 1, rig.sink.awaitToken(999).sequence());
        }
    }

    @Test
    void settlesMoreOutcomesThanItsRecordRingHolds() {
        try (RingRig rig = new RingRig(RingRig.config(directory, 1 << 16), new TestCore())) {
            rig.host.start(0, 0);
            final int length = 200_000;
            for (int i = 1; i <= 100; i++) {
                rig.insist(i, TestMessages.command(i, length));
            }
            final List<TestSink.Told> told = rig.sink.await(100);
            for (int i = 0; i < 100; i++) {
                assertEquals((byte) (i + 1), told.get(i).bytes().getByte(length - 1));
            }
        }
    }

    @Test
    void refusesInOrderOfPrecedence() {
        try (RingRig rig = new RingRig(directory)) {
            final UnsafeBuffer tooLong = TestMessages.command(1, RingRig.SLOT_COUNT * RingRig.SLOT_BYTES / 2 + 1);
            assertEquals(SubmitCode.STOPPED, rig.submit(1, tooLong));
            rig.host.start(0, 0);
            rig.host.admitCommands(false);
            assertEquals(SubmitCode.TOO_LONG, rig.submit(1, tooLong));
            assertEquals(SubmitCode.PROJECTION_BEHIND, rig.submit(1, TestMessages.command(1, 60)));
            assertEquals(SubmitCode.ACCEPTED, rig.submit(2, TestMessages.query()));
            rig.host.admitCommands(true);
            assertEquals(SubmitCode.ACCEPTED, rig.submit(3, TestMessages.command(1, 60)));
            rig.sink.await(2);
            rig.host.close();
            rig.host.admitCommands(true);
            assertEquals(SubmitCode.STOPPED, rig.submit(4, TestMessages.command(2, 60)));
            assertEquals(2, rig.sink.count());
        }
    }

    @Test
    void claimsNothingForAMessageThatIsNoMessage() {
        try (RingRig rig = RingRig.started(directory)) {
            final UnsafeBuffer message = TestMessages.command(1, 60);
            assertThrows(IllegalArgumentException.class, () -> rig.host.submit(1, message, 0, 10));
            assertThrows(IndexOutOfBoundsException.class, () -> rig.host.submit(1, message, 0, 61));
            assertEquals(RingRig.SLOT_COUNT, rig.host.roomSlots());
            rig.submit(2, message);
            assertEquals(2, rig.sink.await(1).get(0).token());
        }
    }

    @Test
    void answersAllItHasTakenBeforeItCloses() {
        final RingRig rig = RingRig.started(directory);
        int accepted = 0;
        for (int i = 1; i <= 1_000; i++) {
            accepted += rig.submit(i, TestMessages.command(i, 60)) == SubmitCode.ACCEPTED ? 1 : 0;
        }
        rig.host.close();
        assertEquals(accepted, rig.sink.count());
        assertEquals(accepted, rig.host.answeredCount());
    }

    @Test
    void goesOnBehindWhatRecoveryFound() {
        try (RingRig rig = new RingRig(directory)) {
            assertThrows(IllegalStateException.class, () -> rig.host.start(5, 0));
            rig.host.start(0, 9_000);
            rig.submit(1, TestMessages.command(1, 60));
            rig.sink.await(1);
            assertEquals(9_000, RecordLayout.nowNs(rig.journal.record(1), 0));
        }
    }
}
