package io.miaojie.api.feed;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.RecordLog;
import io.miaojie.wire.KindDescriptor;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The feed of one server: window, tailer and history, shared by the {@link FeedPump} of each event loop.
 *
 * <pre>
 *   journal --- FeedTail ---&gt; FeedWindow ---&gt; FeedPump (a loop) ---&gt; readers that keep up
 *          \--- FeedHistory (one turn at a time) --------------------&gt; readers that are further back
 * </pre>
 *
 * Thread: any.
 */
public final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final long CLOSE_MS = 5_000;

    private final RecordLog log;
    private final FeedLimits limits;
    private final FeedWindow window;
    private final FeedTail tail;
    private final FeedHistory history;
    private final Thread tailThread;
    private final ExecutorService historyThread;
    private final AtomicLong droppedCount = new AtomicLong();
    private volatile boolean isClosed;

    /** Makes the feed of this log and starts its threads. */
    public Feed(
            final RecordLog log,
            final Directory directory,
            final List<KindDescriptor> kinds,
            final ResultCodes codes,
            final FeedLimits limits) {
        this.log = log;
        this.limits = limits;
        window = new FeedWindow(limits.windowEvents(), limits.windowBytes());
        tail = new FeedTail(log, new EventTable(directory, kinds, codes), window);
        history = new JournalHistory(log, new EventTable(directory, kinds, codes), limits);
        historyThread = Executors.newSingleThreadExecutor(runnable -> daemon(runnable, "miaojie-feed-history"));
        tailThread = daemon(tail, "miaojie-feed");
        tailThread.start();
    }

    public FeedLimits limits() {
        return limits;
    }

    public int shard() {
        return log.shard();
    }

    /** Returns the place behind everything that may be shown now. */
    public long newestPosition() {
        final long durable = log.durableSequence();
        return durable == 0 ? FeedPosition.START : FeedPosition.behind(durable);
    }

    /** Returns the oldest place from which nothing is missing. */
    public long oldestPosition() {
        return history.oldestPosition();
    }

    /** Returns whether the feed can go on from this place: neither older than what is kept nor ahead of the disk. */
    public boolean holds(final long position) {
        return position >= oldestPosition() && FeedPosition.sequence(position) <= log.durableSequence();
    }

    /** Returns how many read at present. */
    public int readerCount() {
        return tail.readerCount();
    }

    /** Returns how many readers were dropped because they did not keep up. */
    public long droppedCount() {
        return droppedCount.get();
    }

    /** Returns how many events the window holds. */
    public long windowCount() {
        return window.count();
    }

    /** Returns whether it has ended, by a close or by a fault. */
    public boolean hasEnded() {
        return isClosed || tail.fault() != null;
    }

    /** Ends the tailer and whatever is being read back; no cursor is open afterwards. */
    @Override
    public void close() {
        isClosed = true;
        tail.close();
        historyThread.shutdown();
        try {
            tailThread.join(CLOSE_MS);
            if (tailThread.isAlive() || !historyThread.awaitTermination(CLOSE_MS, TimeUnit.MILLISECONDS)) {
                LOG.error("the feed did not end within {} ms", CLOSE_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    FeedWindow window() {
        return window;
    }

    void join() {
        tail.join();
    }

    void leave() {
        tail.leave();
    }

    void onDropped() {
        droppedCount.incrementAndGet();
    }

    /** Reads a turn of history; the result is handed over on the history's thread: a batch, or what went wrong. */
    void readBack(
            final long position,
            final FeedFilter filter,
            final int limit,
            final BiConsumer<FeedBatch, Throwable> onRead) {
        try {
            historyThread.execute(() -> {
                FeedBatch batch = null;
                Throwable fault = null;
                try {
                    batch = history.read(position, filter, limit);
                } catch (final RuntimeException | Error e) {
                    LOG.error("the feed can't be read back, position={}", FeedPosition.cursor(position), e);
                    fault = e;
                }
                onRead.accept(batch, fault);
            });
        } catch (final RejectedExecutionException e) {
            onRead.accept(null, e);
        }
    }

    private static Thread daemon(final Runnable runnable, final String name) {
        final Thread thread = new Thread(runnable, name);
        thread.setDaemon(true);
        return thread;
    }
}
