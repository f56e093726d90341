package io.miaojie.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many readers of the feed, half of them streams and half polls, on sockets of their own and one thread; a program that
 * {@link ReadersProcess} starts and tells by lines what to do.
 */
final class FeedReaders implements AutoCloseable {
    /** Opens the readers, begun behind the sequence that follows; answered with that. */
    static final String OPEN = "open";

    /** Answered with the last record that each reader of everything has seen. */
    static final String SEEN = "seen";

    /** Closes the readers; answered with the bytes that they have read. */
    static final String SHUT = "shut";

    private static final int READ_BYTES = 256 * 1024;
    private static final int TAIL_BYTES = 512;
    private static final long SELECT_MS = 50;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
    private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([0-9]+)[0-9-]*\"");
    private static final Pattern EVENT_ID = Pattern.compile("(?m)^id: [0-9]+-([0-9]+)$");

    /** One reader. Thread: the readers' own; its sequence is read by others. */
    private static final class Reader {
        private final SocketChannel channel;
        private final boolean isPoll;
        private final String filter;
        private final StringBuilder tail = new StringBuilder();
        private int bodyLeft = -1;
        private volatile long sequence;

        private Reader(final SocketChannel channel, final boolean isPoll, final String filter) {
            this.channel = channel;
            this.isPoll = isPoll;
            this.filter = filter;
        }
    }

    private final List<Reader> readers = new ArrayList<>();
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final byte[] bytes = new byte[READ_BYTES];
    private final String key;
    private final Thread thread = new Thread(this::read, "feed-readers");
    private volatile boolean isClosed;
    private volatile long receivedBytes;
    private volatile Throwable fault;

    /**
     * Opens so many readers that begin with what comes next.
     *
     * @param whole how many of them read everything; each other follows a member
     */
    FeedReaders(final URI server, final String key, final int count, final int whole, final long sequence)
            throws IOException {
        this.key = key;
        for (int i = 0; i < count; i++) {
            final SocketChannel channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
            final Reader reader = new Reader(
                    channel,
                    i % 2 == 1,
                    i < whole ? "types=payment.settled" : "member_id=" + PlannedPayments.member(i));
            readers.add(reader);
            if (reader.isPoll) {
                reader.sequence = sequence;
                poll(reader);
            } else {
                send(reader, "/v1/stream?" + reader.filter);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, reader);
        }
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Does what the lines say until there are no more.
     *
     * @param arguments address of the server, key, number of readers, how many of them read everything
     */
    public static void main(final String[] arguments) throws IOException {
        final BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        FeedReaders readers = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(OPEN)) {
                final long sequence = Long.parseLong(line.substring(OPEN.length() + 1));
                readers = new FeedReaders(
                        URI.create(arguments[0]),
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        sequence);
                System.out.println(sequence);
            } else if (line.equals(SEEN)) {
                System.out.println(readers.seenByAll());
            } else {
                readers.close();
                System.out.println(readers.receivedBytes);
            }
        }
    }

    private long seenByAll() {
        if (fault != null) {
            throw new IllegalStateException("the readers have failed", fault);
        }
        return readers.stream()
                .filter(reader -> reader.filter.startsWith("types"))
                .mapToLong(reader -> reader.sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (final Reader reader : readers) {
            reader.channel.close();
        }
        selector.close();
    }

    private void read() {
        try {
            while (!isClosed) {
                selector.select(this::readable, SELECT_MS);
            }
        } catch (final IOException | RuntimeException e) {
            fault = e;
        }
    }

    private void readable(final SelectionKey selected) {
        final Reader reader = (Reader) selected.attachment();
        buffer.clear();
        try {
            final int count = reader.channel.read(buffer);
            if (count < 0) {
                throw new IOException("the server has ended a reader, poll=" + reader.isPoll);
            }
            receivedBytes += count;
            buffer.flip().get(bytes, 0, count);
            if (reader.isPoll) {
                onAnswer(reader, count);
            } else {
                onStream(reader, count);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void onStream(final Reader reader, final int count) {
        keep(reader, count);
        final Matcher ids = EVENT_ID.matcher(reader.tail);
        while (ids.find()) {
            reader.sequence = Math.max(reader.sequence, Long.parseLong(ids.group(1)));
        }
    }

    private void onAnswer(final Reader reader, final int count) throws IOException {
        if (reader.bodyLeft < 0) {
            reader.tail.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            final int head = reader.tail.indexOf("\r\n\r\n");
            if (head < 0) {
                return;
            }
            final Matcher length = LENGTH.matcher(reader.tail);
            if (!reader.tail.toString().startsWith("HTTP/1.1 200") || !length.find()) {
                throw new IOException("a poll was refused: " + reader.tail);
            }
            reader.bodyLeft = Integer.parseInt(length.group(1)) - (reader.tail.length() - head - 4);
        } else {
            keep(reader, count);
            reader.bodyLeft -= count;
        }
        if (reader.bodyLeft == 0) {
            final Matcher cursor = CURSOR.matcher(reader.tail);
            if (!cursor.find()) {
                throw new IOException("a poll without a cursor: " + reader.tail);
            }
            reader.sequence = Long.parseLong(cursor.group(1));
            reader.bodyLeft = -1;
            reader.tail.setLength(0);
            poll(reader);
        }
    }

    /** Keeps the end of what came: the last id stands in it. */
    private void keep(final Reader reader, final int count) {
        final int kept = Math.min(count, 2 * TAIL_BYTES);
        reader.tail.append(new String(bytes, count - kept, kept, StandardCharsets.ISO_8859_1));
        if (reader.tail.length() > 4 * TAIL_BYTES) {
            reader.tail.delete(0, reader.tail.length() - 2 * TAIL_BYTES);
        }
    }

    private void poll(final Reader reader) throws IOException {
        send(reader, "/v1/outcomes?wait_s=30&after=" + reader.sequence + "&" + reader.filter);
    }

    private void send(final Reader reader, final String path) throws IOException {
        final ByteBuffer request = ByteBuffer.wrap(
                ("GET " + path + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer " + key + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        while (request.hasRemaining()) {
            reader.channel.write(request);
        }
    }
}
