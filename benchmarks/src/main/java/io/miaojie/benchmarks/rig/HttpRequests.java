package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Payments as HTTP requests: one each, or blocks of lines. Thread: one. */
public final class HttpRequests implements Requests {
    private final PaymentJson json;
    private final int lines;
    private final byte[] head;

    private HttpRequests(
            final PaymentJson json, final int lines, final String target, final String type, final String key) {
        this.json = json;
        this.lines = lines;
        final int length = lines == 0 ? json.length() : lines * (json.length() + 1);
        this.head = ("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes a request of each payment. */
    public static HttpRequests single(final PaymentJson json, final String key) {
        return new HttpRequests(json, 0, "/v1/payments", "application/json", key);
    }

    /** Makes a request of so many payments, one on each line. */
    public static HttpRequests bulk(final PaymentJson json, final int lines, final String key) {
        return new HttpRequests(json, lines, "/v1/events?answers=summary", "application/x-ndjson", key);
    }

    /** Returns the bytes of each request. */
    public int length() {
        return head.length + (lines == 0 ? json.length() : lines * (json.length() + 1));
    }

    @Override
    public void put(final int request, final ByteBuffer out) {
        out.put(head);
        if (lines == 0) {
            json.put(request, out);
        }
        for (int i = 0; i < lines; i++) {
            json.put(request * lines + i, out);
            out.put((byte) '\n');
        }
    }
}
