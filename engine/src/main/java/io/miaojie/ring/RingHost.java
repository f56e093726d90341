package io.miaojie.ring;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import io.miaojie.gate.Gate;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.Journal;
import io.miaojie.settlement.Core;
import io.miaojie.wire.RecordLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one core on one node: step 3 of the walk, and the way from there to the answer.
 *
 * <pre>
 *  event loops            settlement thread               journal thread                        archive thread
 *
 *  submit --+
 *  submit --+--> [ring] --> SettleStage -----------------> CommitHandler
 *  submit --+       ^        stamp, due ticks, settle       JournalStage  append, commit = force
 *                   |        |                              ReplyStage    --> ReplySink <------ OutcomeArchive
 *        Ticker ----+        |                                |  \                                  ^      |
 *     (idle, timer due)      v                                |   +-- repeat of long ago -----------+      v
 *                    [record ring] == records, answers ==>----+                                        Journal
 *                            ^                                |
 *                            +-------- room released ---------+
 * </pre>
 *
 * <p>Errors: the first throwable of any stage halts it, see {@link Halt}. Allocates: nothing per message.
 */
public final class RingHost implements Gate, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingHost.class);

    /** Settled slots are handed on at least this often: the journal begins while the settlement still runs. */
    private static final int SETTLE_BATCH_MAX = 256;

    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    /** After the halt of a stage its thread ends at once, unless the disk holds it. */
    private static final long JOIN_MAX_MS = 1_000;

    private final AtomicReference<SubmitCode> door = new AtomicReference<>(SubmitCode.STOPPED);
    private final AtomicBoolean isClosing = new AtomicBoolean();
    private final LongAdder refusedCount = new LongAdder();
    private final EngineClock clock;
    private final Journal journal;
    private final MessageBytes messages;
    private final int messageLengthMax;
    private final Halt halt;
    private final Backlog backlog;
    private final RingBuffer<Slot> ring;
    private final SettleStage settleStage;
    private final ReplyStage replyStage;
    private final OutcomeArchive archive;
    private final Ticker ticker;
    private final BatchEventProcessor<Slot> settling;
    private final BatchEventProcessor<Slot> committing;
    private final List<Thread> threads;

    public RingHost(
            final RingConfig config,
            final Core core,
            final Journal journal,
            final EngineClock clock,
            final ReplySink sink,
            final Consumer<Throwable> onHalt) {
        this.clock = clock;
        this.journal = journal;
        messages = new MessageBytes(config.slotCount(), config.slotBytes());
        messageLengthMax = Math.min(RecordLayout.MESSAGE_LENGTH_MAX, config.slotCount() / 2 * config.slotBytes());
        halt = new Halt(fault -> {
            door.set(SubmitCode.STOPPED);
            onHalt.accept(fault);
        });

        backlog = new Backlog(config);
        final YieldThenParkWait wait = new YieldThenParkWait(
                Runtime.getRuntime().availableProcessors(), Math.max(SETTLE_BATCH_MAX, config.commitSlotsMax()));
        ring = RingBuffer.createMultiProducer(Slot::new, config.slotCount(), wait);

        final RecordRing records = new RecordRing(config.recordRingBytes(), config.recentRecordsMax());
        final SlotParts parts = new SlotParts(halt);
        final Handover handover = new Handover(records, parts, halt, wait::signalAllWhenBlocking);
        settleStage = new SettleStage(config, core, clock, messages, records, halt, handover);
        settling = new BatchEventProcessorBuilder()
                .setMaxBatchSize(SETTLE_BATCH_MAX)
                .build(ring, ring.newBarrier(), new ReadAhead(ring, messages, core, settleStage));

        archive = new OutcomeArchive(journal, sink, halt, config.archiveQueueMax());
        final JournalStage journalStage = new JournalStage(journal, records);
        replyStage = new ReplyStage(sink, archive, records);
        committing = new BatchEventProcessorBuilder()
                .setMaxBatchSize(config.commitSlotsMax())
                .build(
                        ring,
                        ring.newBarrier(settling.getSequence()),
                        new CommitHandler(ring, journalStage, replyStage, parts, backlog, halt));

        ring.addGatingSequences(committing.getSequence());
        settling.setExceptionHandler(halt);
        committing.setExceptionHandler(halt);
        ticker = new Ticker(this::isTickDue, () -> publish(ReplySink.NO_CALLER, null, 0, 0));
        threads = List.of(
                thread("miaojie-settlement", settling),
                thread("miaojie-journal", committing),
                thread("miaojie-archive", archive),
                thread("miaojie-ticker", ticker));
    }

    /**
     * Opens the gate, behind what recovery has found.
     *
     * @param lastSequence of the recovered core, 0: none; the journal must stand there too
     * @param lastNowNs stamp of that record
     */
    public void start(final long lastSequence, final long lastNowNs) {
        if (journal.durableSequence() != lastSequence) {
            throw new IllegalStateException("core and journal stand at different places: coreSequence=" + lastSequence
                    + " durableSequence=" + journal.durableSequence());
        }
        settleStage.startBehind(lastSequence, lastNowNs);
        threads.forEach(Thread::start);
        door.set(SubmitCode.ACCEPTED);
    }

    @Override
    public SubmitCode submit(final long token, final DirectBuffer message, final int offset, final int length) {
        if (length < MessageBytes.MESSAGE_LENGTH_MIN) {
            throw new IllegalArgumentException("a message has a header and an envelope: length=" + length);
        }
        message.boundsCheck(offset, length);
        final SubmitCode code = codeFor(token, message, offset, length);
        if (code != SubmitCode.ACCEPTED) {
            refusedCount.increment();
        }
        return code;
    }

    /** Refuses commands while the projection is too far behind; queries change nothing and still pass. */
    public void admitCommands(final boolean isAdmitted) {
        final SubmitCode from = isAdmitted ? SubmitCode.PROJECTION_BEHIND : SubmitCode.ACCEPTED;
        final SubmitCode to = isAdmitted ? SubmitCode.ACCEPTED : SubmitCode.PROJECTION_BEHIND;
        door.compareAndSet(from, to);
    }

    /** Returns the last sequence taken, durable or not. */
    public long lastSequence() {
        return settleStage.lastSequence();
    }

    /** Returns engine time: what a record made now would be stamped with at the earliest. */
    public long nowNs() {
        return clock.nowNs(settleStage.stampedNs(), 0);
    }

    /** Returns for how long the next timer has been due; at or below zero: it is not. */
    public long timerOverdueNs() {
        return clock.nowNs(0, 0) - settleStage.nextDeadlineNs();
    }

    /** Returns the answers given since the start, ticks not counted. */
    public long answeredCount() {
        return replyStage.answeredCount() + archive.answeredCount();
    }

    /** Returns the submissions refused at the gate since the start. */
    public long refusedCount() {
        return refusedCount.sum();
    }

    /** Returns the free slots. */
    public long roomSlots() {
        return ring.remainingCapacity();
    }

    /** Returns the fault that has halted the ring, or null. */
    public Throwable haltCause() {
        return halt.cause();
    }

    /** Stops the ring for a fault that was found elsewhere. */
    public void halt(final Throwable fault) {
        halt.set(fault);
    }

    /** Returns whether no thread of the ring runs any more: the core may be read. */
    public boolean isStopped() {
        return threads.stream().noneMatch(Thread::isAlive);
    }

    /** Refuses what comes from now on; what was taken is still answered. */
    public void refuse() {
        door.set(SubmitCode.STOPPED);
    }

    /** Closes as {@link #close(Duration)} does, with half a minute to drain. */
    @Override
    public void close() {
        close(DRAIN_MAX);
    }

    /**
     * Refuses what comes, settles and answers what was taken, and stops; after a halt, and after the first time, it
     * only stops. A message accepted at the very moment of closing may stay unanswered, like at a crash: whoever can't
     * bear it lets {@link #refuse} go before, and its callers find that out.
     *
     * @param drainMax how long it waits for what was taken
     */
    public void close(final Duration drainMax) {
        refuse();
        ticker.close();
        if (isClosing.compareAndSet(false, true)) {
            awaitDrained(drainMax);
        }
        settling.halt();
        committing.halt();
        archive.close();
        threads.forEach(RingHost::join);
    }

    private SubmitCode codeFor(final long token, final DirectBuffer message, final int offset, final int length) {
        final SubmitCode now = door.get();
        if (now == SubmitCode.STOPPED) {
            return now;
        }
        if (length > messageLengthMax) {
            return SubmitCode.TOO_LONG;
        }
        if (now == SubmitCode.PROJECTION_BEHIND && !MessageBytes.isQuery(message, offset)) {
            return now;
        }
        return publish(token, message, offset, length);
    }

    /** Claims, fills and publishes; length 0 is a nudge. */
    private SubmitCode publish(final long token, final DirectBuffer message, final int offset, final int length) {
        if (length > 0
                && !backlog.admits(ring.getCursor() - committing.getSequence().get())) {
            return SubmitCode.RING_FULL;
        }
        final int slotCount = Math.max(1, messages.slotsOf(length));
        final long last;
        try {
            last = ring.tryNext(slotCount);
        } catch (InsufficientCapacityException full) {
            return SubmitCode.RING_FULL;
        }
        final long first = last - slotCount + 1;
        try {
            for (long s = first; s <= last; s++) {
                ring.get(s).length = 0;
            }
            if (length > 0) {
                messages.put(first, message, offset, length);
                ring.get(first).token = token;
                ring.get(first).length = length;
            }
        } finally {
            // A claimed slot that is never published would stall the ring for ever.
            ring.publish(first, last);
        }
        return SubmitCode.ACCEPTED;
    }

    private boolean isTickDue() {
        final boolean isIdle = ring.getCursor() == settling.getSequence().get();
        return isIdle && !halt.isSet() && settleStage.nextDeadlineNs() <= clock.nowNs(0, 0);
    }

    private void awaitDrained(final Duration drainMax) {
        final long deadline = System.nanoTime() + drainMax.toNanos();
        while (!halt.isSet() && committing.getSequence().get() < ring.getCursor()) {
            if (System.nanoTime() > deadline) {
                LOG.error("the ring did not drain: unansweredSlots={}", ring.getBufferSize() - roomSlots());
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static Thread thread(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void join(final Thread thread) {
        if (thread == Thread.currentThread()) {
            return; // closed from within, by whoever was told of the halt
        }
        try {
            thread.join(JOIN_MAX_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
