package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Replies of HTTP/1.1 with a length or in chunks, all of which must be 200, or where they are asked for more, 503. */
public final class HttpReplies implements Replies {
    private static final int STATUS_AT = 9;
    private static final String LENGTH = "content-length:";
    private static final String STATUS_OK = "200";
    private static final String STATUS_BUSY = "503";
    private static final String RETRY_AFTER = "\r\nretry-after:";
    private static final String CHUNKED = "transfer-encoding: chunked";

    private final String part;
    private final LongAdder refused;
    private boolean isMeasured;

    /** Takes every 200. */
    public HttpReplies() {
        this("");
    }

    /** Takes a 200 in whose body this part stands. */
    public HttpReplies(final String part) {
        this(part, null);
    }

    private HttpReplies(final String part, final LongAdder refused) {
        this.part = part;
        this.refused = refused;
    }

    /** Takes 503 as well if it says when to come again; it is counted here, and its latency is not. */
    static HttpReplies underPressure(final LongAdder refused) {
        return new HttpReplies("", refused);
    }

    @Override
    public boolean isMeasured() {
        return isMeasured;
    }

    @Override
    public int end(final ByteBuffer in) {
        final int headEnd = after(in, in.position(), "\r\n\r\n");
        if (headEnd < 0) {
            return -1;
        }
        isMeasured = isAt(in, in.position() + STATUS_AT, STATUS_OK);
        final boolean isBusy = refused != null
                && isAt(in, in.position() + STATUS_AT, STATUS_BUSY)
                && after(in, in.position(), RETRY_AFTER) >= 0;
        if (!isMeasured && !isBusy) {
            throw new IllegalStateException("refused: " + text(in, in.position(), in.limit()));
        }
        final int length = contentLength(in, headEnd);
        final int end = length >= 0 ? headEnd + length : chunksEnd(in, headEnd);
        if (end > in.limit()) {
            return -1;
        }
        if (isBusy) {
            refused.increment();
        } else if (after(in, headEnd, part) < 0) {
            throw new IllegalStateException("not in the answer: " + part + " answer=" + text(in, headEnd, end));
        }
        return end;
    }

    /** Looks for the length without making text of the head: a head is read for every request. */
    private static int contentLength(final ByteBuffer in, final int headEnd) {
        for (int at = in.position(); at < headEnd; at++) {
            if (in.get(at) == '\n' && isAt(in, at + 1, LENGTH)) {
                return digits(in, at + 1 + LENGTH.length());
            }
        }
        final String head = text(in, in.position(), headEnd);
        if (!head.toLowerCase(Locale.ROOT).contains(CHUNKED)) {
            throw new IllegalStateException("neither length nor chunks: " + head);
        }
        return -1;
    }

    private static int chunksEnd(final ByteBuffer in, final int from) {
        int at = from;
        while (true) {
            final int lineEnd = after(in, at, "\r\n");
            if (lineEnd < 0) {
                return Integer.MAX_VALUE;
            }
            final int size = Integer.parseInt(text(in, at, lineEnd).trim(), 16);
            at = lineEnd + size + 2;
            if (size == 0 || at > in.limit()) {
                return at;
            }
        }
    }

    private static int digits(final ByteBuffer in, final int from) {
        int value = 0;
        for (int at = from; in.get(at) != '\r'; at++) {
            value = in.get(at) == ' ' ? value : 10 * value + in.get(at) - '0';
        }
        return value;
    }

    private static int after(final ByteBuffer in, final int from, final String mark) {
        for (int at = from; at <= in.limit() - mark.length(); at++) {
            if (isAt(in, at, mark)) {
                return at + mark.length();
            }
        }
        return -1;
    }

    /** Compares letters in either case. */
    private static boolean isAt(final ByteBuffer in, final int at, final String mark) {
        if (at + mark.length() > in.limit()) {
            return false;
        }
        for (int i = 0; i < mark.length(); i++) {
            final int found = in.get(at + i);
            if ((found >= 'A' && found <= 'Z' ? found + ('a' - 'A') : found) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(final ByteBuffer in, final int from, final int to) {
        final byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
