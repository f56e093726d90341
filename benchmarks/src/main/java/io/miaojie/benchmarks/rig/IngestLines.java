package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rebates;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Payments as NDJSON, made in memory before anything is measured: one line is written once, and for each payment only
 * the digits change. Payment {@code i} depends on {@code i} alone.
 */
final class IngestLines {
    private static final String ID = "########";
    private static final String MEMBER_PREFIX = "m-";
    private static final String MEMBER = "@@@@@@@@";
    private static final String AMOUNT = "$$$$$";

    private final int members;
    private final byte[] template;
    private final List<Integer> idOffsets;
    private final List<Integer> memberOffsets;
    private final List<Integer> amountOffsets;

    /** Makes payments of this business time, RFC 3339. */
    IngestLines(final int members, final String paidAt) {
        this.members = members;
        final String line = "{\"type\":\"payment\",\"id\":\"p-" + ID + "\",\"order_id\":\"o-" + ID
                + "\",\"member_id\":\""
                + MEMBER_PREFIX + MEMBER + "\",\"amount\":" + AMOUNT + ",\"currency\":\"CNY\",\"paid_at\":\"" + paidAt
                + "\",\"lines\":[{\"line_id\":\"1\",\"sku\":\"sku-17\",\"category\":\"tea\",\"amount\":" + AMOUNT
                + "}]}\n";
        this.template = line.getBytes(StandardCharsets.US_ASCII);
        this.idOffsets = places(line, ID);
        this.memberOffsets = places(line, MEMBER);
        this.amountOffsets = places(line, AMOUNT);
    }

    /** Returns the bytes of one line. */
    int lineLength() {
        return template.length;
    }

    /** Returns the id of a member. */
    static String memberId(final int member) {
        return MEMBER_PREFIX + "%08d".formatted(member);
    }

    /** Returns payments {@code first} to {@code first + count - 1}, a line each. */
    Buffer block(final int first, final int count) {
        final byte[] bytes = new byte[count * template.length];
        for (int i = 0; i < count; i++) {
            final int at = i * template.length;
            System.arraycopy(template, 0, bytes, at, template.length);
            final int payment = first + i;
            putDigits(bytes, at, idOffsets, ID.length(), payment);
            putDigits(bytes, at, memberOffsets, MEMBER.length(), Draws.member(payment, members));
            putDigits(bytes, at, amountOffsets, AMOUNT.length(), Draws.amountMinor(payment));
        }
        return Buffer.buffer(bytes);
    }

    /** Calculates from the payments alone what each pool must hold, minor units. */
    long[] expectedPoolsMinor(final int count) {
        final long[] pools = new long[members];
        for (int i = 0; i < count; i++) {
            for (int campaign = 0; campaign < Rebates.COUNT; campaign++) {
                pools[Draws.member(i, members)] += Rebates.rewardMinor(campaign, Draws.amountMinor(i));
            }
        }
        return pools;
    }

    private static List<Integer> places(final String line, final String part) {
        final List<Integer> places = new ArrayList<>();
        for (int at = line.indexOf(part); at >= 0; at = line.indexOf(part, at + part.length())) {
            places.add(at);
        }
        return List.copyOf(places);
    }

    private static void putDigits(
            final byte[] bytes, final int at, final List<Integer> offsets, final int digits, final long value) {
        for (final int offset : offsets) {
            long rest = value;
            for (int i = digits - 1; i >= 0; i--) {
                bytes[at + offset + i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
