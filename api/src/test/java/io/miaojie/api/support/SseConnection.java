package io.miaojie.api.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A reader of server-sent events on a socket of its own, as the standard says: an id counts once its block has ended.
 */
public final class SseConnection implements AutoCloseable {
    /** One event. */
    public record Event(String id, String type, String data) {}

    private final Socket socket;
    private final BufferedReader in;
    private String pendingId;
    private String lastEventId;

    /** Asks for a stream and reads the head of its answer. */
    public SseConnection(final int port, final String key, final String path, final String lastId) throws IOException {
        socket = new Socket();
        // Small, so that a reader that does not read is felt after kilobytes.
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        lastEventId = lastId;
        pendingId = lastId;
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + key + "\r\n"
                                + (lastId == null ? "" : "Last-Event-ID: " + lastId + "\r\n") + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        final String status = in.readLine();
        if (status == null || !status.startsWith("HTTP/1.1 200")) {
            throw new IOException("no stream: " + status);
        }
        boolean saysItCloses = false;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            saysItCloses |= line.equalsIgnoreCase("connection: close");
            if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-type:")
                    && !line.endsWith("text/event-stream")) {
                throw new IOException("no event stream: " + line);
            }
        }
        if (!saysItCloses) {
            throw new IOException("its client would use the connection again when the stream has ended");
        }
    }

    /** Returns the id from which a new connection goes on. */
    public String lastEventId() {
        return lastEventId;
    }

    /** Returns the next event; null when the stream has ended, wherever it was cut. */
    public Event next() {
        String type = "message";
        String data = null;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                lastEventId = pendingId;
                if (data != null) {
                    return new Event(lastEventId, type, data);
                }
                type = "message";
            } else if (line.startsWith("id: ")) {
                pendingId = line.substring(4);
            } else if (line.startsWith("event: ")) {
                type = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            }
        }
        return null;
    }

    /** Reads the bytes between the sizes of chunks: a size stands on a line of its own, as hex digits. */
    private String line() {
        try {
            final StringBuilder whole = new StringBuilder();
            while (true) {
                if (chunkLeft == 0 && !nextChunk()) {
                    return null;
                }
                final int c = in.read();
                if (c < 0) {
                    return null;
                }
                chunkLeft -= utf8Length(c);
                if (c == '\n') {
                    return whole.toString();
                }
                whole.append((char) c);
            }
        } catch (final java.net.SocketTimeoutException e) {
            throw new IllegalStateException("nothing came in time", e);
        } catch (final IOException e) {
            return null;
        }
    }

    private int chunkLeft;
    private boolean hasBegun;

    private boolean nextChunk() throws IOException {
        if (hasBegun) {
            in.readLine();
        }
        hasBegun = true;
        final String size = in.readLine();
        chunkLeft = size == null || size.isEmpty() ? 0 : Integer.parseInt(size, 16);
        return chunkLeft > 0;
    }

    private static int utf8Length(final int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate((char) c) ? 2 : 3;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
