package io.miaojie.ring;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How a slot that makes more records than the record ring holds is handed on in parts. The settlement hands the slot on
 * before it is done with it ({@link Slot#isPart}), waits until the journal thread has freed that part, goes on, and
 * hands on the next; the journal thread stays with the slot until its last part. So between two parts exactly one of
 * them touches the slot, and nothing behind it is settled meanwhile.
 *
 * <p>Thread: {@link #handOn} settlement, {@link #await} journal. Allocates: nothing.
 */
final class SlotParts {
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final Halt halt;
    private final AtomicLong handedOnCount = new AtomicLong();
    private long awaitedCount;

    SlotParts(final Halt halt) {
        this.halt = halt;
    }

    /** Hands on one more part of a slot that the journal thread already stands at. */
    void handOn() {
        // Release: what the part left in the slot and in the record ring is seen by whoever sees the count.
        handedOnCount.setRelease(handedOnCount.getPlain() + 1);
    }

    /** Waits for one more part; false: the ring has halted meanwhile. */
    boolean await() {
        awaitedCount++;
        while (handedOnCount.getAcquire() < awaitedCount) {
            if (halt.isSet()) {
                return false;
            }
            LockSupport.parkNanos(PARK_NS);
        }
        return true;
    }
}
