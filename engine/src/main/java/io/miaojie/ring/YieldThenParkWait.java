package io.miaojie.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;

/**
 * How a stage waits: it yields a while, which is the quickest on few cores because it lets the callers run, then parks
 * until somebody publishes. Where nobody does for {@value #PARK_MS} ms the stage is told. So a busy ring makes no
 * system calls for waking, and an idle one uses no processor.
 */
final class YieldThenParkWait implements WaitStrategy {
    /** With this many cores or more a stage can have one to itself for some milliseconds. */
    static final int MANY_CORES = 8;

    /** Net for a lost wake-up, and how often an idle stage looks up. */
    private static final long PARK_MS = 100;

    private static final int YIELDS_ON_FEW_CORES = 3;
    private static final int YIELDS_ON_MANY_CORES = 10_000;

    private final int yieldsMax;
    private final int batchMax;
    private volatile boolean hasParked;

    /**
     * @param batchMax slots that a stage is told of at once, at least those of its largest batch: the Disruptor looks
     *     at each of them for each batch, however many wait
     */
    YieldThenParkWait(final int coreCount, final int batchMax) {
        this.batchMax = batchMax;
        this.yieldsMax = coreCount < MANY_CORES ? YIELDS_ON_FEW_CORES : YIELDS_ON_MANY_CORES;
    }

    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
            throws AlertException, InterruptedException, TimeoutException {
        // A stage comes here right after it has moved its own sequence, which the stage behind may be parked for. That
        // store was only a release: without a full fence it could become visible after the read of hasParked.
        VarHandle.fullFence();
        signalAllWhenBlocking();
        int yields = yieldsMax;
        long available = dependent.get();
        while (available < sequence) {
            barrier.checkAlert();
            if (yields > 0) {
                yields--;
                Thread.yield();
            } else if (isLonelyPark(sequence, dependent, barrier)) {
                throw TimeoutException.INSTANCE;
            }
            available = dependent.get();
        }
        return Math.min(available, sequence + batchMax - 1);
    }

    @Override
    public void signalAllWhenBlocking() {
        // A caller moved the cursor by compare-and-set before this volatile read, so either it sees the flag or the
        // stage that raised it sees the cursor.
        if (hasParked) {
            wakeAll();
        }
    }

    private synchronized void wakeAll() {
        hasParked = false;
        notifyAll();
    }

    /** Parks; true: nobody has woken anybody. */
    private synchronized boolean isLonelyPark(
            final long sequence, final Sequence dependent, final SequenceBarrier barrier) throws InterruptedException {
        hasParked = true;
        // Raise the flag, then look once more, in this order for everybody: Sequence.get() alone would not order it.
        VarHandle.fullFence();
        if (dependent.get() < sequence && !barrier.isAlerted()) {
            wait(PARK_MS);
        }
        return hasParked && dependent.get() < sequence;
    }
}
