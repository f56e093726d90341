package io.miaojie.ring;

import io.miaojie.gate.SubmitCode;
import io.miaojie.settlement.Core;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;

/** A host with doubles around it: a small ring, a clock set by hand, and all that was told kept. */
final class RingRig implements AutoCloseable {
    static final int SLOT_COUNT = 64;
    static final int SLOT_BYTES = 64;
    static final int RECORD_RING_BYTES = 4 << 20;
    static final int RECENT_RECORDS = 512;

    final TestJournal journal = new TestJournal();
    final TestSink sink = new TestSink();
    final AtomicLong timeNs = new AtomicLong(1_000);
    final List<Throwable> faults = new CopyOnWriteArrayList<>();
    final RingHost host;

    RingRig(final Path directory) {
        this(config(directory, SLOT_COUNT), new TestCore());
    }

    RingRig(final RingConfig config, final Core core) {
        final EngineClock clock = (lastNowNs, atNs) -> Math.max(lastNowNs, timeNs.get());
        host = new RingHost(config, core, journal, clock, sink, faults::add);
    }

    static RingConfig config(final Path directory, final int slotCount) {
        return new RingConfig(3, slotCount, SLOT_BYTES, RECORD_RING_BYTES, RECENT_RECORDS, 32, 250, 4, directory);
    }

    static RingRig started(final Path directory) {
        final RingRig rig = new RingRig(directory);
        rig.host.start(0, 0);
        return rig;
    }

    SubmitCode submit(final long token, final DirectBuffer message) {
        return host.submit(token, message, 0, message.capacity());
    }

    /** Submits until there is room. */
    void insist(final long token, final DirectBuffer message) {
        Eventually.holds("room for " + token, () -> submit(token, message) == SubmitCode.ACCEPTED);
    }

    @Override
    public void close() {
        host.close();
    }
}
