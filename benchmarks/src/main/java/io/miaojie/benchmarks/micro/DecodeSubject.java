package io.miaojie.benchmarks.micro;

import com.sun.management.ThreadMXBean;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.lang.management.ManagementFactory;

/** Step 1 of the walk alone: the JSON of a payment to the bytes of its command, digests included. */
public final class DecodeSubject implements Subject {
    private final Decoding decoding = new Decoding();

    @Override
    public Measured measure(final Setting setting) {
        final int payments = setting.scale().payments();
        decode(payments);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long allocated = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        decode(payments);
        final long elapsedNs = System.nanoTime() - startNs;
        final long allocatedBytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        return new Measured()
                .with(Measured.PER_S, payments * 1e9 / elapsedNs)
                .with("allocated_bytes", (double) allocatedBytes / payments);
    }

    private void decode(final int payments) {
        for (int i = 0; i < payments; i++) {
            decoding.decode(i);
        }
    }
}
