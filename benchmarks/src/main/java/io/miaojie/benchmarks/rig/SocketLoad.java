package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Requests over connections to one server, from one thread that does as little as it can: client and server share the
 * machine, and each load, ours or a baseline, is sent by this same code.
 *
 * <pre>
 *   planned: |  |  |  |  |  |        the first connection that is free sends what is due
 *   sent:    |  |     |||   |        a stall delays the ones behind it ...
 *   latency: ================&gt;       ... and is counted for each, from the planned moment
 * </pre>
 *
 * <p>Closed: without a plan each connection sends its next request when the one before was answered, and latency counts
 * from the send.
 */
public final class SocketLoad implements AutoCloseable {
    /** What a load came to. */
    public record Result(int answered, long elapsedNs, Histogram latencyNs) {
        /** Returns requests answered a second. */
        public double perSecond() {
            return answered * 1e9 / elapsedNs;
        }
    }

    private static final long PARK_NS = 20_000;
    private static final long SELECT_MS = 5;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(2);

    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> free = new ArrayDeque<>();
    private final Selector selector;
    private final Requests requests;
    private final IntConsumer progress;
    private int next;

    /**
     * Connects.
     *
     * @param depth requests under way on one connection
     * @param requestBytesMax of the largest request
     * @param progress told how many have been answered in all, now and then
     */
    public SocketLoad(
            final InetSocketAddress server,
            final int connectionCount,
            final int depth,
            final int requestBytesMax,
            final Requests requests,
            final Supplier<Replies> replies,
            final IntConsumer progress)
            throws IOException {
        this.requests = requests;
        this.progress = progress;
        this.selector = Selector.open();
        for (int i = 0; i < connectionCount; i++) {
            final SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            final Connection connection = new Connection(channel, replies.get(), depth, requestBytesMax);
            channel.register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    /** Returns how many requests have been sent in all: the number of the next one. */
    public int sent() {
        return next;
    }

    /** Sends as fast as answers come, for so long, and waits for the last of them; at most {@code countMax}. */
    public Result saturate(final long durationNs, final int countMax) throws IOException {
        final long startNs = System.nanoTime();
        return send(startNs, next + countMax, startNs + durationNs, null);
    }

    /**
     * Sends by a plan and waits for the last answer.
     *
     * @throws IllegalStateException when the planned rate was not reached
     */
    public Result follow(final Plan plan) throws IOException {
        final long startNs = System.nanoTime();
        final Result result = send(startNs, next + plan.count(), Long.MAX_VALUE, plan);
        plan.requireKept(result.elapsedNs());
        return result;
    }

    /** Sends by a plan that may be more than the server takes: what can't be sent in time is sent as soon as it can. */
    public Result overload(final Plan plan) throws IOException {
        return send(System.nanoTime(), next + plan.count(), Long.MAX_VALUE, plan);
    }

    /**
     * Sends by a plan twice and returns what the second time came to: before the first, neither this client nor the
     * server has run at that rate, and compiling for it is no latency.
     *
     * @param atRest called between, when nothing is under way
     * @throws IllegalStateException when the second time did not reach the planned rate
     */
    public Result followWarm(final Plan plan, final Runnable atRest) throws IOException {
        send(System.nanoTime(), next + plan.count(), Long.MAX_VALUE, plan);
        atRest.run();
        return follow(plan);
    }

    @Override
    public void close() throws IOException {
        for (final Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private Result send(final long startNs, final int end, final long untilNs, final Plan plan) throws IOException {
        final Histogram latencyNs = new Histogram(HIGHEST_NS, 3);
        final int first = next;
        int answered = 0;
        long lastNs = startNs;
        free.clear();
        connections.forEach(free::add);
        boolean isOver = false;
        while (!isOver || answered < next - first) {
            final long nowNs = System.nanoTime();
            isOver = isOver || next == end || nowNs - untilNs >= 0 && plan == null;
            if (!isOver) {
                sendDue(first, end, startNs, plan);
            }
            final int more = receive(latencyNs);
            if (more > 0) {
                answered += more;
                lastNs = System.nanoTime();
                progress.accept(first + answered);
            } else if (nowNs - lastNs > PATIENCE_NS + (plan == null ? 0 : plan.offsetNs(plan.count() - 1))) {
                throw new IllegalStateException("no answers: sent=" + (next - first) + " answered=" + answered);
            }
            if (more == 0) {
                rest(plan, plan == null || next == end ? Long.MAX_VALUE : startNs + plan.offsetNs(next - first));
            }
        }
        return new Result(answered, lastNs - startNs, latencyNs);
    }

    private void sendDue(final int first, final int end, final long startNs, final Plan plan) throws IOException {
        while (next < end && !free.isEmpty()) {
            final long nowNs = System.nanoTime();
            final long plannedNs = plan == null ? nowNs : startNs + plan.offsetNs(next - first);
            if (plannedNs - nowNs > 0) {
                return;
            }
            final Connection connection = free.peekFirst();
            connection.send(requests, next++, plannedNs);
            if (!connection.hasRoom()) {
                free.pollFirst();
            }
        }
    }

    private int receive(final Histogram latencyNs) throws IOException {
        selector.selectNow();
        int answered = 0;
        for (final SelectionKey key : selector.selectedKeys()) {
            final Connection connection = (Connection) key.attachment();
            final boolean wasFull = !connection.hasRoom();
            answered += key.isReadable() ? connection.receive(latencyNs) : 0;
            if (wasFull && connection.hasRoom()) {
                free.addLast(connection);
            }
        }
        selector.selectedKeys().clear();
        for (final SelectionKey key : selector.keys()) {
            // A socket that takes no more wakes us when it does.
            final boolean isLeft = ((Connection) key.attachment()).flush();
            final int interest = isLeft ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != interest) {
                key.interestOps(interest);
            }
        }
        return answered;
    }

    /** Leaves the processor to the server: without a plan until an answer comes, else until something is due. */
    private void rest(final Plan plan, final long dueAtNs) throws IOException {
        if (plan == null || free.isEmpty()) { // only an answer lets it go on
            selector.select(SELECT_MS);
        } else {
            LockSupport.parkNanos(Math.min(PARK_NS, dueAtNs - System.nanoTime()));
        }
    }
}
