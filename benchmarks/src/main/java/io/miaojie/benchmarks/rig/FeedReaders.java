package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many readers of the feed, half of them streams and half polls, on sockets of their own and one thread. They stand for
 * programs on other machines: where the system lets them, they run only when nothing else wants to on this one.
 */
final class FeedReaders implements AutoCloseable {
    private static final int READ_BYTES = 256 * 1024;
    private static final int TAIL_BYTES = 512;
    private static final long SELECT_MS = 50;
    private static final String THREAD_NAME = "feed-readers";
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
    private final Thread thread = new Thread(this::read, THREAD_NAME);
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

    long receivedBytes() {
        return receivedBytes;
    }

    /** Returns how many of those that read everything have not seen this record yet. */
    long behind(final long sequence) {
        if (fault != null) {
            throw new IllegalStateException("the readers have failed", fault);
        }
        return readers.stream()
                .filter(reader -> reader.filter.startsWith("types") && reader.sequence < sequence)
                .count();
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

    /**
     * Runs only when nothing else wants to: by name, since only the system knows a thread's number. A low priority
     * alone would not do, as a thread that runs keeps its processor for some milliseconds. Linux alone has the files.
     */
    private static void giveWay() throws IOException {
        final Path threads = Path.of("/proc/self/task");
        if (!Files.isDirectory(threads)) {
            return;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (final Path thread : all) {
                if (Files.readString(thread.resolve("comm")).trim().equals(THREAD_NAME)) {
                    new ProcessBuilder(
                                    "chrt",
                                    "--idle",
                                    "--pid",
                                    "0",
                                    thread.getFileName().toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
                }
            }
        }
    }

    private void read() {
        try {
            giveWay();
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
