package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.LittleEndian;
import org.agrona.DirectBuffer;

/**
 * What an order begins with, be it placed or made by its payment: whose it is, where it happened, its lines. A reused
 * view of the command. Units: epoch nanoseconds.
 */
public final class Checkout {
    private final CommandLines lines;
    private final Slice orderId = new Slice();
    private final Slice memberId = new Slice();
    private final Slice channel = new Slice();
    private final Slice storeId = new Slice();
    private final Slice clerkId = new Slice();
    private final Slice shareToken = new Slice();
    private DirectBuffer buffer;
    private byte[] bytes;
    private int currency;
    private long atNs;

    private Checkout(final int lineTexts) {
        lines = new CommandLines(lineTexts);
    }

    /** Makes a view of what a payment begins. */
    public static Checkout ofPayment() {
        return new Checkout(CommandLines.TEXTS);
    }

    /** Makes a view of a placed order. */
    public static Checkout ofOrder() {
        return new Checkout(CommandLines.ORDER_TEXTS);
    }

    /**
     * Moves the view.
     *
     * @param linesOffset where the group of lines begins
     * @param idsBefore how many ids stand between the lines and the order id
     * @return where the metadata begin
     */
    public int wrap(
            final DirectBuffer newBuffer,
            final int linesOffset,
            final int idsBefore,
            final int newCurrency,
            final long newAtNs) {
        if (buffer != newBuffer) { // as in Slice
            buffer = newBuffer;
            bytes = newBuffer.byteArray();
        }
        currency = newCurrency;
        atNs = newAtNs;
        int at = lines.read(buffer, linesOffset);
        for (int i = 0; i < idsBefore; i++) {
            at += 1 + (bytes[at] & 0xFF);
        }
        at = wrap(orderId, at);
        at = wrap(memberId, at);
        at = wrap(channel, at);
        at = wrap(storeId, at);
        at = wrap(clerkId, at);
        return wrap(shareToken, at);
    }

    private int wrap(final Slice id, final int at) {
        final int length = bytes[at] & 0xFF;
        id.wrap(buffer, at + 1, length);
        return at + 1 + length;
    }

    /** Returns where what stands behind the metadata begins, which begin here. */
    int behindMetadata(final int at) {
        return at + Short.BYTES + LittleEndian.shortAt(bytes, at);
    }

    /** Returns the length of an id that begins here. */
    int lengthAt(final int at) {
        return bytes[at] & 0xFF;
    }

    public CommandLines lines() {
        return lines;
    }

    public Slice orderId() {
        return orderId;
    }

    /** Returns the buyer's id; empty: none is named. */
    public Slice memberId() {
        return memberId;
    }

    public Slice channel() {
        return channel;
    }

    public Slice storeId() {
        return storeId;
    }

    public Slice clerkId() {
        return clerkId;
    }

    public Slice shareToken() {
        return shareToken;
    }

    public int currency() {
        return currency;
    }

    /** Returns the business time, which decides what is eligible. */
    public long atNs() {
        return atNs;
    }
}
