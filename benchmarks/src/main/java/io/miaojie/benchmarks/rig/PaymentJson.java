package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/**
 * Payments of one line as JSON, all of the same length: written once, and for each payment only the digits change.
 * Payment {@code i} depends on {@code i} alone. Thread: one.
 */
public final class PaymentJson {
    private static final String ID = "########";
    private static final String MEMBER = "@@@@@@@@";
    private static final String AMOUNT = "$$$$$";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int[] idAts;
    private final int[] memberAts;
    private final int[] amountAts;
    private final IntUnaryOperator buyers;

    /**
     * Makes payments.
     *
     * @param type whether they say that they are payments, as in bulk
     * @param run letters of the ids, so that runs differ; at most 16
     * @param paidAt business time, RFC 3339
     * @param buyers who makes a payment
     */
    public PaymentJson(final boolean type, final String run, final String paidAt, final IntUnaryOperator buyers) {
        this.buyers = buyers;
        final String json = "{" + (type ? "\"type\":\"payment\"," : "") + "\"id\":\"" + run + ID + "\",\"order_id\":\""
                + run
                + ID
                + "\",\"member_id\":\"" + Rewards.memberId(0).charAt(0) + MEMBER + "\",\"amount\":" + AMOUNT
                + ",\"currency\":\"CNY\",\"paid_at\":\"" + paidAt
                + "\",\"lines\":[{\"line_id\":\"1\",\"sku\":\"sku-17\",\"category\":\"tea\",\"amount\":" + AMOUNT
                + "}]}";
        this.bytes = json.getBytes(StandardCharsets.US_ASCII);
        this.idAts = places(json, ID);
        this.memberAts = places(json, MEMBER);
        this.amountAts = places(json, AMOUNT);
    }

    /** Returns the bytes of each payment. */
    public int length() {
        return bytes.length;
    }

    /** Appends a payment. */
    public void put(final int payment, final ByteBuffer out) {
        put(idAts, ID.length(), 10, payment);
        put(memberAts, MEMBER.length(), 16, buyers.applyAsInt(payment));
        put(amountAts, AMOUNT.length(), 10, Draws.amountMinor(payment));
        out.put(bytes);
    }

    private void put(final int[] ats, final int digits, final int base, final long value) {
        for (final int at : ats) {
            long rest = value;
            for (int i = digits - 1; i >= 0; i--) {
                bytes[at + i] = HEX[(int) (rest % base)];
                rest /= base;
            }
        }
    }

    private static int[] places(final String json, final String part) {
        return java.util.stream.IntStream.range(0, json.length())
                .filter(at -> json.startsWith(part, at))
                .toArray();
    }
}
