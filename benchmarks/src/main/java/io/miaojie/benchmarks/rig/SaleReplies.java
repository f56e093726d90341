package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replies to orders of a flash sale, on one connection, counted by what they say: held, a code why not, or busy. Any
 * other is a fault. Thread: one, that of the load.
 */
final class SaleReplies implements Replies {
    static final String HELD = "200";
    static final String BUSY = "503";
    static final String SOLD_OUT = "SOLD_OUT";
    static final String MEMBER_LIMIT = "MEMBER_LIMIT";

    private static final Set<String> EXPECTED = Set.of(HELD, BUSY, SOLD_OUT, MEMBER_LIMIT);
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1\\.1 (\\d{3}).*?content-length: (\\d+).*?\\r\\n\\r\\n", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE = Pattern.compile("\"code\":\"([A-Z_]+)\"");
    private static final Pattern ORDER = Pattern.compile("\"id\":\"([a-z][0-9]{8})\"");
    private static final Pattern REFUSED = Pattern.compile("\"request_id\":\"[a-z]([0-9]{8})\"");
    private static final Pattern LATER = Pattern.compile("retry-after: [1-9][0-9]*\\r\\n", Pattern.CASE_INSENSITIVE);

    private final Map<String, Integer> counts;
    private final Set<String> held;
    private final Set<Integer> busy;

    /**
     * Counts into what all connections share.
     *
     * @param held ids of the orders that were taken
     * @param busy numbers of the orders of which nothing was taken, for now
     */
    SaleReplies(final Map<String, Integer> counts, final Set<String> held, final Set<Integer> busy) {
        this.counts = counts;
        this.held = held;
        this.busy = busy;
    }

    @Override
    public int end(final ByteBuffer in) {
        final byte[] bytes = new byte[in.remaining()];
        in.get(in.position(), bytes);
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final Matcher head = HEAD.matcher(text);
        if (!head.lookingAt() || text.length() < head.end() + Integer.parseInt(head.group(2))) {
            return -1;
        }
        final int length = head.end() + Integer.parseInt(head.group(2));
        final String body = text.substring(head.end(), length);
        final String said = said(head.group(1), body);
        if (!EXPECTED.contains(said)) {
            throw new IllegalStateException("not to be expected: " + head.group(1) + " " + body);
        }
        counts.merge(said, 1, Integer::sum);
        if (said.equals(BUSY)) {
            final Matcher refused = REFUSED.matcher(body);
            if (!refused.find() || !LATER.matcher(head.group()).find()) {
                throw new IllegalStateException("a refusal for now that says not of whom, or until when: " + text);
            }
            busy.add(Integer.valueOf(refused.group(1)));
        }
        final Matcher order = ORDER.matcher(body);
        if (said.equals(HELD) && order.find()) {
            held.add(order.group(1));
        }
        return in.position() + length;
    }

    private static String said(final String status, final String body) {
        final Matcher code = CODE.matcher(body);
        return status.equals("409") && code.find() ? code.group(1) : status;
    }
}
