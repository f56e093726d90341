package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the ring itself costs: no garbage for a message, no processor time for waiting. */
@Tag("slow")
@Timeout(120)
class CostTest {
    private static final int MESSAGE_COUNT = 1_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    @Test
    void allocatesNothingForAMessage() {
        final CountingSink sink = new CountingSink();
        final TestJournal journal = new TestJournal();
        journal.keepNothing();
        try (RingHost host = host(journal, sink)) {
            send(host, sink, MESSAGE_COUNT / 10);
            final List<Thread> threads = ringThreads();
            final long before = allocatedBytes(threads);
            send(host, sink, MESSAGE_COUNT);
            final long allocated = allocatedBytes(threads) - before;
            assertTrue(allocated < MESSAGE_COUNT / 10, "bytes for a million messages: " + allocated);
        }
    }

    @Test
    void usesNoProcessorWhileIdle() {
        final CountingSink sink = new CountingSink();
        try (RingHost host = host(new TestJournal(), sink)) {
            send(host, sink, 1_000);
            final List<Thread> threads = ringThreads();
            final long beganNs = System.nanoTime();
            final long before = processorNs(threads);
            final long spanNs = TimeUnit.SECONDS.toNanos(2);
            Eventually.holds("two seconds", () -> System.nanoTime() - beganNs > spanNs);
            final long usedNs = processorNs(threads) - before;
            assertTrue(usedNs < spanNs / 50, "an idle ring used " + usedNs + " ns in " + spanNs);
        }
    }

    private RingHost host(final TestJournal journal, final ReplySink sink) {
        final RingHost host = new RingHost(
                RingConfig.defaults(0, directory),
                new TestCore(),
                journal,
                EngineClock.wall(0, MachineClock.REAL),
                sink,
                f -> {});
        host.start(0, 0);
        return host;
    }

    private static void send(final RingHost host, final CountingSink sink, final int count) {
        final UnsafeBuffer message = TestMessages.command(0, 200);
        final long expected = sink.count.get() + count;
        for (int i = 0; i < count; i++) {
            while (host.submit(1, message, 0, 200) != SubmitCode.ACCEPTED) {
                Thread.yield();
            }
        }
        Eventually.holds(expected + " answers", () -> sink.count.get() == expected);
    }

    private static List<Thread> ringThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("miaojie-") || thread == Thread.currentThread())
                .toList();
    }

    private static long allocatedBytes(final List<Thread> threads) {
        return threads.stream()
                .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private static long processorNs(final List<Thread> threads) {
        return threads.stream()
                .filter(thread -> thread != Thread.currentThread())
                .mapToLong(thread -> THREADS.getThreadCpuTime(thread.getId()))
                .sum();
    }

    /** Counts answers and keeps nothing. */
    private static final class CountingSink implements ReplySink {
        private final AtomicLong count = new AtomicLong();

        @Override
        public void onOutcome(
                final long token,
                final AnswerType type,
                final long sequence,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            count.incrementAndGet();
        }

        @Override
        public void onEndOfBatch() {
            assertTrue(count.get() > 0, "a batch has answers");
        }
    }
}
