package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Orders of a flash sale as HTTP requests: order {@code i} is of buyer {@code i mod buyers} and asks for one piece. A
 * request bears the name of its order, which refusals repeat. Thread: one.
 */
final class SaleRequests implements Requests {
    private static final int DIGITS = 8;

    private final byte[] bytes;
    private final int orderAt;
    private final int buyerAt;
    private final int nameAt;
    private final int buyers;
    private final int[] orders;

    /**
     * Makes requests.
     *
     * @param run the letter that ids of orders begin with
     * @param buyers how many there are
     * @param orders which of the orders, in their order; null: all, from the first
     */
    SaleRequests(final String campaign, final char run, final String key, final int buyers, final int[] orders) {
        this.buyers = buyers;
        this.orders = orders;
        final String body = "{\"id\":\"" + run
                + "########\",\"member_id\":\"u@@@@@@@@\",\"currency\":\"CNY\",\"lines\":[{\"line_id\":\"1\","
                + "\"sku\":\"tea\",\"quantity\":1,\"campaign\":{\"id\":\"" + campaign
                + "\",\"action\":\"reserve\"}}]}";
        final String request = "POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                + "\r\nRequest-Id: " + run + "********\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        this.bytes = request.getBytes(StandardCharsets.US_ASCII);
        this.nameAt = request.indexOf('*');
        this.orderAt = request.indexOf('#');
        this.buyerAt = request.indexOf('@');
    }

    /** Returns the id of a buyer. */
    static String buyer(final int buyer) {
        return "u%08d".formatted(buyer);
    }

    int length() {
        return bytes.length;
    }

    @Override
    public void put(final int request, final ByteBuffer out) {
        final int order = orders == null ? request : orders[request];
        putDigits(nameAt, order);
        putDigits(orderAt, order);
        putDigits(buyerAt, order % buyers);
        out.put(bytes);
    }

    private void putDigits(final int at, final int value) {
        int rest = value;
        for (int i = DIGITS - 1; i >= 0; i--) {
            bytes[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
