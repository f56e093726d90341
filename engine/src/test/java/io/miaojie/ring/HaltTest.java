package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After the first fault nothing further happens, and closing still ends. */
@Timeout(60)
class HaltTest {
    @TempDir
    Path directory;

    @Test
    void savesTheMessageThatTheCoreThrewOnAndStops() throws IOException {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.command(1, 60));
            rig.sink.await(1);
            final UnsafeBuffer poison = TestMessages.poison(2);
            rig.submit(2, poison);
            Eventually.holds("halted", () -> rig.faults.size() == 1);

            assertEquals("this message is poison", rig.faults.get(0).getMessage());
            assertSame(rig.faults.get(0), rig.host.haltCause());
            assertArrayEquals(poison.byteArray(), Files.readAllBytes(directory.resolve("poison-2")));
            assertEquals(SubmitCode.STOPPED, rig.submit(3, TestMessages.command(3, 60)));
            rig.host.close();
            assertEquals(1, rig.sink.count());
            assertEquals(1, rig.journal.durableSequence());
        }
    }

    @Test
    void savesAMessageThatTheCoreCanNotForeseeAtItsTurn() throws IOException {
        final CountDownLatch door = new CountDownLatch(1);
        try (RingRig rig = new RingRig(RingRig.config(directory, RingRig.SLOT_COUNT), new TestCore(door))) {
            rig.host.start(0, 0);
            final UnsafeBuffer poison = TestMessages.unforeseeable(3);
            rig.submit(1, TestMessages.command(1, 60));
            rig.submit(2, TestMessages.command(2, 60));
            rig.submit(3, poison);
            rig.submit(4, TestMessages.command(4, 60));
            door.countDown();
            Eventually.holds("halted", () -> rig.faults.size() == 1);

            assertInstanceOf(
                    IndexOutOfBoundsException.class, rig.host.haltCause().getCause());
            assertArrayEquals(poison.byteArray(), Files.readAllBytes(directory.resolve("poison-3")));
            assertEquals(SubmitCode.STOPPED, rig.submit(5, TestMessages.command(5, 60)));
            rig.host.close();
            assertEquals(2, rig.host.lastSequence());
        }
    }

    @Test
    void settlesNothingBehindAPoisonedMessage() {
        try (RingRig rig = new RingRig(directory)) {
            final Semaphore permits = rig.journal.hold();
            rig.host.start(0, 0);
            rig.submit(1, TestMessages.command(1, 60));
            Eventually.holds("commit under way", () -> rig.journal.committing() == 1);
            rig.submit(2, TestMessages.poison(2));
            for (int i = 3; i <= 20; i++) {
                rig.submit(i, TestMessages.command(i, 60));
            }
            Eventually.holds("halted", () -> rig.host.haltCause() != null);
            permits.release(100);
            rig.host.close();
            assertEquals(1, rig.host.lastSequence());
            assertEquals(0, rig.sink.count(), "the first was under way, and a halted ring answers nobody");
            assertEquals(1, rig.faults.size());
        }
    }

    @Test
    void answersNobodyAfterAFailedCommit() {
        try (RingRig rig = RingRig.started(directory)) {
            rig.submit(1, TestMessages.command(1, 60));
            rig.sink.await(1);
            rig.journal.failOnCommit();
            rig.submit(2, TestMessages.command(2, 60));
            rig.submit(3, TestMessages.query());
            rig.submit(4, TestMessages.command(1, 60));
            Eventually.holds("halted", () -> rig.faults.size() == 1);
            assertInstanceOf(JournalException.class, rig.host.haltCause());
            assertEquals(SubmitCode.STOPPED, rig.submit(5, TestMessages.command(5, 60)));
            rig.host.close();
            assertEquals(1, rig.sink.count());
            assertEquals(1, rig.faults.size());
            assertFalse(Files.exists(directory.resolve("poison-2")));
        }
    }

    @Test
    void closesAlthoughTheSettlementWaitsForRoomThatNeverComes() {
        final RingRig rig = new RingRig(RingRig.config(directory, 1 << 16), new TestCore());
        final Semaphore permits = rig.journal.hold();
        rig.host.start(0, 0);
        for (int i = 1; i <= 16; i++) {
            rig.submit(i, TestMessages.command(i, 250_000));
        }
        Eventually.holds("commit under way", () -> rig.journal.committing() > 0);
        rig.journal.failOnCommit();
        permits.release();
        Eventually.holds("halted", () -> rig.host.haltCause() != null);
        rig.host.close();
        assertEquals(0, rig.sink.count());
    }

    @Test
    void haltsWhenTheJournalFailsWhileNothingComes() throws Exception {
        try (RingRig rig = RingRig.started(directory)) {
            Eventually.holds("idle", () -> rig.journal.idleCount() > 1);
            rig.submit(1, TestMessages.command(1, 60));
            rig.sink.await(1);
            assertNull(rig.host.haltCause());
            rig.journal.failWhenIdle();
            Eventually.holds("halted", () -> rig.faults.size() == 1);
            assertInstanceOf(JournalException.class, rig.host.haltCause());
            assertEquals(SubmitCode.STOPPED, rig.submit(2, TestMessages.command(2, 60)));
            rig.host.close();
            assertEquals(1, rig.faults.size());
        }
    }

    @Test
    void closesFromWithinTheListener() {
        final RingHost[] host = new RingHost[1];
        final Semaphore closed = new Semaphore(0);
        final TestJournal journal = new TestJournal();
        host[0] = new RingHost(
                RingRig.config(directory, 64), new TestCore(), journal, Math::max, new TestSink(), fault -> {
                    host[0].close();
                    closed.release();
                });
        host[0].start(0, 0);
        final UnsafeBuffer poison = TestMessages.poison(1);
        host[0].submit(1, poison, 0, poison.capacity());
        closed.acquireUninterruptibly();
        assertEquals(SubmitCode.STOPPED, host[0].submit(2, poison, 0, poison.capacity()));
    }
}
