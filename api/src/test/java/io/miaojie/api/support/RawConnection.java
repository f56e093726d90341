package io.miaojie.api.support;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One TCP connection and HTTP/1.1 by hand: to send what no client sends, and to see that the connection lives on. */
public final class RawConnection implements AutoCloseable {
    /** One response. */
    public record Response(int status, Map<String, String> headers, String body) {}

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final String key;

    public RawConnection(final int port, final String key) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream());
        this.key = key;
    }

    /** Sends a request and reads its response; a null type sends no content type. */
    public Response send(final String method, final String path, final String type, final byte[] body)
            throws IOException {
        write(head(method, path, type, body.length).getBytes(StandardCharsets.US_ASCII));
        write(body);
        return read();
    }

    public String head(final String method, final String path, final String type, final int length) {
        return method + " " + path + " HTTP/1.1\r\nHost: test\r\n"
                + (key == null ? "" : "Authorization: Bearer " + key + "\r\n")
                + (type == null ? "" : "Content-Type: " + type + "\r\n")
                + (length < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n")
                + "\r\n";
    }

    public void write(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends one chunk of a chunked body; an empty one ends it. */
    public void chunk(final String text) throws IOException {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        write(bytes);
        write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    public Response read() throws IOException {
        final int status = Integer.parseInt(line().split(" ")[1]);
        final Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            final String[] parts = line.split(": ", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        final String length = headers.get("content-length");
        final byte[] body = length == null ? chunks() : in.readNBytes(Integer.parseInt(length));
        return new Response(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** Closes the connection so that the server sees it broken. */
    public void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        final StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection ended after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
