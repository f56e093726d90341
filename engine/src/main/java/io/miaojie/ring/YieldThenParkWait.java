package io.miaojie.ring;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.SequenceBarrier;
import com.lmax.disruptor.WaitStrategy;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * How a stage waits: it yields a while, which is the quickest on few cores because it lets the callers run, then parks
 * until somebody publishes. So a busy ring makes no system calls for waking, and an idle one uses no processor. Between
 * the two, where messages come one by one, yielding is in vain: a stage that has waited long lately parks at once.
 */
final class YieldThenParkWait implements WaitStrategy {
    /** With this many cores or more a stage can have one to itself for a millisecond. */
    static final int MANY_CORES = 8;

    /** Net for a lost wake-up, and how often an idle stage looks up. */
    private static final long PARK_MS = 100;

    private static final long YIELD_NS_ON_FEW_CORES = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long YIELD_NS_ON_MANY_CORES = TimeUnit.MILLISECONDS.toNanos(1);

    private final Patience first;
    private final Patience behind;
    private volatile boolean hasParked;

    YieldThenParkWait(final int coreCount) {
        final long yieldMaxNs = coreCount < MANY_CORES ? YIELD_NS_ON_FEW_CORES : YIELD_NS_ON_MANY_CORES;
        first = new Patience(yieldMaxNs);
        behind = new Patience(yieldMaxNs);
    }

    @Override
    public long waitFor(
            final long sequence, final Sequence cursor, final Sequence dependent, final SequenceBarrier barrier)
            throws AlertException, InterruptedException {
        // A stage comes here right after it has moved its own sequence, which the stage behind may be parked for. That
        // store was only a release: without a full fence it could become visible after the read of hasParked.
        VarHandle.fullFence();
        signalAllWhenBlocking();
        // Each stage has its own: only the first follows the cursor.
        final Patience patience = dependent == cursor ? first : behind;
        if (dependent.get() >= sequence) {
            patience.waited(0);
        } else {
            await(sequence, dependent, barrier, patience);
        }
        return dependent.get();
    }

    private void await(
            final long sequence, final Sequence dependent, final SequenceBarrier barrier, final Patience patience)
            throws AlertException, InterruptedException {
        final long startNs = System.nanoTime();
        final long yieldNs = patience.yieldNs();
        while (dependent.get() < sequence) {
            barrier.checkAlert();
            if (System.nanoTime() - startNs < yieldNs) {
                Thread.yield();
            } else {
                park(sequence, dependent, barrier);
            }
        }
        patience.waited(System.nanoTime() - startNs);
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

    private synchronized void park(final long sequence, final Sequence dependent, final SequenceBarrier barrier)
            throws InterruptedException {
        hasParked = true;
        // Raise the flag, then look once more, in this order for everybody: Sequence.get() alone would not order it.
        VarHandle.fullFence();
        if (dependent.get() < sequence && !barrier.isAlerted()) {
            wait(PARK_MS);
        }
    }
}
