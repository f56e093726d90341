package io.miaojie.ring;

import com.lmax.disruptor.ExceptionHandler;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop after a fault. The first throwable of any stage wins; from then on every stage lets its slots pass
 * untouched, so nothing further is settled, journaled or answered, and nobody who waits for the ring to empty waits for
 * ever.
 */
final class Halt implements ExceptionHandler<Slot> {
    private static final Logger LOG = LoggerFactory.getLogger(Halt.class);

    private final AtomicReference<Throwable> cause = new AtomicReference<>();
    private final Consumer<Throwable> onHalt;

    Halt(final Consumer<Throwable> onHalt) {
        this.onHalt = onHalt;
    }

    boolean isSet() {
        return cause.get() != null;
    }

    /** Returns why, or null. */
    Throwable cause() {
        return cause.get();
    }

    void set(final Throwable fault) {
        if (cause.compareAndSet(null, fault)) {
            LOG.error("the ring has halted: nothing further is settled, journaled or answered", fault);
            onHalt.accept(fault);
        }
    }

    @Override
    public void handleEventException(final Throwable fault, final long slotSequence, final Slot slot) {
        set(fault);
    }

    @Override
    public void handleOnStartException(final Throwable fault) {
        set(fault);
    }

    @Override
    public void handleOnShutdownException(final Throwable fault) {
        set(fault);
    }
}
