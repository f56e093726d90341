package io.miaojie.api.route;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Names of requests, for logs and support: the client's own when it sent a fit one. */
final class RequestIds {
    private static final String PREFIX = UUID.randomUUID().toString().substring(0, 8) + "-";
    private static final AtomicLong COUNTER = new AtomicLong();
    private static final int LENGTH_MAX = 64;

    private RequestIds() {}

    static String of(final String sent) {
        return sent != null && isFit(sent) ? sent : PREFIX + Long.toHexString(COUNTER.incrementAndGet());
    }

    private static boolean isFit(final String sent) {
        for (int i = 0; i < sent.length(); i++) {
            final char c = sent.charAt(i);
            final boolean isPlain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!isPlain && "-_.:".indexOf(c) < 0) {
                return false;
            }
        }
        return !sent.isEmpty() && sent.length() <= LENGTH_MAX;
    }
}
