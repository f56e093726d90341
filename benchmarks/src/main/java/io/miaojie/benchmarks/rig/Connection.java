package io.miaojie.benchmarks.rig;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;

/** One connection of a load, and when each of its requests under way was planned. Thread: that of the load. */
final class Connection implements AutoCloseable {
    private static final int RECEIVED_MAX = 1 << 20;

    private final SocketChannel channel;
    private final Replies replies;
    private final ByteBuffer out;
    private final ByteBuffer in = ByteBuffer.allocateDirect(RECEIVED_MAX);
    private final long[] plannedNs;
    private int head;
    private int underWay;

    Connection(final SocketChannel channel, final Replies replies, final int depth, final int requestBytesMax) {
        this.channel = channel;
        this.replies = replies;
        this.plannedNs = new long[depth];
        this.out = ByteBuffer.allocateDirect(Math.multiplyExact(depth, requestBytesMax));
    }

    boolean hasRoom() {
        return underWay < plannedNs.length;
    }

    void send(final Requests requests, final int request, final long planned) throws IOException {
        plannedNs[(head + underWay) % plannedNs.length] = planned;
        underWay++;
        requests.put(request, out);
        flush();
    }

    /** Writes what the socket has not taken yet and returns whether something is left. */
    boolean flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            channel.write(out);
            out.compact();
        }
        return out.position() > 0;
    }

    /** Reads what has arrived and returns how many replies ended with it. */
    int receive(final Histogram latencyNs) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server has closed a connection: underWay=" + underWay);
        }
        in.flip();
        int count = 0;
        for (int end = end(); end >= 0; end = end()) {
            in.position(end);
            if (replies.isMeasured()) {
                latencyNs.recordValue(Math.max(0, System.nanoTime() - plannedNs[head]));
            }
            head = (head + 1) % plannedNs.length;
            underWay--;
            count++;
        }
        in.compact();
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private int end() {
        return in.hasRemaining() ? replies.end(in) : -1;
    }
}
