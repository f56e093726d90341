package io.miaojie.simulation;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordReader;
import io.miaojie.ring.EngineClock;
import io.miaojie.ring.RingConfig;
import io.miaojie.ring.RingHost;
import io.miaojie.settlement.Settlement;
import io.miaojie.support.MemoryJournal;
import io.miaojie.support.Reply;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.ConflictAnswerEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.SeenAnswerEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ring of the real node around the core of a story, for one burst: the device takes nothing until the ring is full,
 * and then everything or nothing any more. How many messages it takes follows from their lengths alone, whatever its
 * threads do, so that a seed tells the same story each time.
 */
final class FullRing implements ReplySink {
    /** What is longer has no room in a ring so small. */
    static final int MESSAGE_LENGTH_MAX = 4_096;

    /** As many messages are never taken. */
    static final int TOO_MANY = 17;

    private static final int SLOTS = TOO_MANY - 1;
    private static final int SLOT_BYTES = 2 * MESSAGE_LENGTH_MAX / SLOTS;
    private static final int PATIENCE_S = 60;
    private static final RingConfig CONFIG = new RingConfig(
            1,
            SLOTS,
            SLOT_BYTES,
            Integer.highestOneBit(4 * RecordLayout.RECORD_LENGTH_MAX) << 1,
            64,
            SLOTS,
            250,
            2 * SLOTS,
            Path.of(System.getProperty("java.io.tmpdir")));

    /**
     * What was said of the messages that were taken, in their order; nothing when the device took nothing.
     *
     * @param lastTicks records that nobody waited for, behind all that answers rest on
     */
    record Burst(int takenCount, List<Answer> answers, List<Reply> lastTicks) {}

    /**
     * An answer.
     *
     * @param isRepeat it rests on a record of long ago, and does not say which ticks came before it
     * @param ticks of the records that came before it and that nobody waited for
     */
    record Answer(Reply reply, boolean isRepeat, List<Reply> ticks) {}

    /** As a sink is told it. */
    private record Told(long token, AnswerType type, long sequence, byte[] bytes) {}

    /** A device that lets wait, and then forces all that was written, or says no. */
    private static final class Device implements Journal {
        private final MemoryJournal journal;
        private final List<UnsafeBuffer> written = new ArrayList<>();
        private volatile CountDownLatch decided = new CountDownLatch(0);
        private volatile boolean isBroken;

        Device(final MemoryJournal journal) {
            this.journal = journal;
        }

        void hold() {
            decided = new CountDownLatch(1);
        }

        void decide(final boolean takes) {
            isBroken = !takes;
            decided.countDown();
        }

        @Override
        public void append(final MutableDirectBuffer buffer, final int offset, final int length) {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            written.add(new UnsafeBuffer(bytes));
        }

        @Override
        public long commit() {
            await();
            written.forEach(bytes -> journal.append(bytes, 0, bytes.capacity()));
            written.clear();
            return journal.commit();
        }

        @Override
        public long durableSequence() {
            await();
            return journal.durableSequence();
        }

        private void await() {
            try {
                decided.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new JournalException("interrupted");
            }
            if (isBroken) {
                throw new JournalException("the device says no");
            }
        }

        @Override
        public RecordReader reader(final long afterSequence) {
            return journal.reader(afterSequence);
        }

        @Override
        public long writtenBytes() {
            return journal.writtenBytes();
        }

        @Override
        public void close() {
            // The journal goes on behind the burst.
        }
    }

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final Semaphore heard = new Semaphore(0);
    private final MemoryJournal journal;
    private final Settlement core;

    FullRing(final MemoryJournal journal, final Settlement core) {
        this.journal = journal;
        this.core = core;
    }

    /**
     * Submits until one is refused.
     *
     * @param nowNs engine time of all of them
     * @param isForced the device takes what was settled; else it fails, the ring halts and the process must die
     */
    Burst submit(final List<? extends DirectBuffer> messages, final long nowNs, final boolean isForced) {
        final Device device = new Device(journal);
        final CountDownLatch halted = new CountDownLatch(1);
        // Whoever looks without a stamp before it is the ticker: a nudge would take a slot now and then.
        final EngineClock clock = (lastNowNs, atNs) -> lastNowNs == 0 ? 0 : Math.max(lastNowNs, nowNs);
        final long last = journal.durableSequence();
        int takenCount = 0;
        try (RingHost host = new RingHost(CONFIG, core, device, clock, this, fault -> halted.countDown())) {
            host.start(last, RecordLayout.nowNs(journal.record(last), 0));
            device.hold();
            SubmitCode code = SubmitCode.ACCEPTED;
            while (code == SubmitCode.ACCEPTED) {
                final DirectBuffer message = messages.get(takenCount);
                code = host.submit(takenCount + 1, message, 0, message.capacity());
                takenCount += code == SubmitCode.ACCEPTED ? 1 : 0;
            }
            if (code != SubmitCode.RING_FULL) {
                throw new AssertionError("refused with " + code);
            }
            device.decide(isForced);
            final boolean isOver = isForced
                    ? heard.tryAcquire(takenCount, PATIENCE_S, TimeUnit.SECONDS)
                    : halted.await(PATIENCE_S, TimeUnit.SECONDS);
            if (!isOver || isForced && host.haltCause() != null) {
                throw new AssertionError("the ring stands: told=" + told.size(), host.haltCause());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return isForced ? answered(takenCount) : new Burst(takenCount, List.of(), List.of());
    }

    @Override
    public void onOutcome(
            final long token,
            final AnswerType type,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        told.add(new Told(token, type, sequence, bytes));
        if (token != NO_CALLER) {
            heard.release();
        }
    }

    @Override
    public void onEndOfBatch() {
        // Nobody sleeps here.
    }

    /** Puts answers in the order of the ring: repeats of long ago come when they were read. */
    private Burst answered(final int takenCount) {
        final List<Answer> answers = new ArrayList<>();
        long before = 0;
        for (int token = 1; token <= takenCount; token++) {
            final Told answer = find(token);
            final boolean isRepeat = answer.type() == AnswerType.REPEAT || answer.type() == AnswerType.CONFLICT;
            final long restsOn = isRepeat ? before : answer.sequence();
            answers.add(new Answer(reply(answer), isRepeat, ticks(before, restsOn)));
            before = Math.max(before, restsOn);
        }
        return new Burst(takenCount, answers, ticks(before, Long.MAX_VALUE));
    }

    private Told find(final long token) {
        final List<Told> found =
                told.stream().filter(each -> each.token() == token).toList();
        if (found.size() != 1) {
            throw new AssertionError("answers of " + token + ": " + found);
        }
        return found.get(0);
    }

    private List<Reply> ticks(final long after, final long upTo) {
        return told.stream()
                .filter(each -> each.token() == NO_CALLER && each.sequence() > after && each.sequence() <= upTo)
                .map(each -> new Reply(each.sequence(), each.bytes()))
                .toList();
    }

    private Reply reply(final Told answer) {
        return switch (answer.type()) {
            case OUTCOME -> new Reply(answer.sequence(), answer.bytes());
            case ANSWER -> new Reply(0, answer.bytes());
            case REPEAT, CONFLICT -> again(answer);
            case UNAVAILABLE -> throw new AssertionError("a journal in memory is read at any time");
        };
    }

    /** A repeat is answered with the bytes of the first: the core only names it. */
    private Reply again(final Told answer) {
        final UnsafeBuffer record = journal.record(answer.sequence());
        final boolean isRepeat = answer.type() == AnswerType.REPEAT;
        final int from = isRepeat ? RecordLayout.outcomeOffset(record, 0) : RecordLayout.commandOffset(0);
        final int length = isRepeat ? RecordLayout.outcomeLength(record, 0) : RecordLayout.commandLength(record, 0);
        final byte[] first = new byte[length];
        record.getBytes(from, first);
        if (!Arrays.equals(first, answer.bytes())) {
            throw new AssertionError("other bytes than those of the first: sequence=" + answer.sequence());
        }
        final UnsafeBuffer name = new UnsafeBuffer(new byte[MessageHeaderEncoder.ENCODED_LENGTH + Long.BYTES]);
        if (isRepeat) {
            new SeenAnswerEncoder()
                    .wrapAndApplyHeader(name, 0, new MessageHeaderEncoder())
                    .firstSequence(answer.sequence());
        } else {
            new ConflictAnswerEncoder()
                    .wrapAndApplyHeader(name, 0, new MessageHeaderEncoder())
                    .firstSequence(answer.sequence());
        }
        return new Reply(0, name.byteArray());
    }
}
