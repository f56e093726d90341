package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import org.agrona.DirectBuffer;

/** One {@code PaymentCommand} as rules see it: a reused view, decoded once. Units: minor, epoch nanoseconds. */
public final class Payment {
    private static final int INSTALMENT_MASK = 7;

    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final PaymentLines lines = new PaymentLines();
    private final Slice orderId = new Slice();
    private final Slice memberId = new Slice();
    private final Slice channel = new Slice();
    private final Slice storeId = new Slice();
    private final OrderRewards orderRewards;
    private long amountMinor;
    private long baseMinor;
    private int currency;
    private int instalment;
    private long atNs;
    private int order;
    private boolean linesMatch;

    public Payment(final OrderRewards orderRewards) {
        this.orderRewards = orderRewards;
    }

    /** Moves the view to a command whose body begins at {@code offset}; {@code nowNs} stands in for a missing time. */
    public void wrap(final DirectBuffer buffer, final int offset, final MessageHeaderDecoder header, final long nowNs) {
        command.wrap(buffer, offset, header.blockLength(), header.version());
        amountMinor = command.amountMinor();
        currency = command.currency();
        instalment = command.instalmentRaw() & INSTALMENT_MASK;
        atNs = command.envelope().atNs() == 0 ? nowNs : command.envelope().atNs();
        final long shippingMinor = command.shippingMinor();
        lines.read(command, buffer);
        command.skipId();
        command.skipSource();
        wrapIds(buffer);
        settleBase(shippingMinor);
    }

    private void wrapIds(final DirectBuffer buffer) {
        final int header = PaymentCommandDecoder.orderIdHeaderLength();
        int offset = command.limit() + header;
        orderId.wrap(buffer, offset, command.skipOrderId());
        offset = command.limit() + header;
        memberId.wrap(buffer, offset, command.skipMemberId());
        offset = command.limit() + header;
        channel.wrap(buffer, offset, command.skipChannel());
        offset = command.limit() + header;
        storeId.wrap(buffer, offset, command.skipStoreId());
    }

    /** Lines that contradict the amount, and no lines, give way to one line of the amount without shipping. */
    private void settleBase(final long shippingMinor) {
        final boolean shippingFits = shippingMinor >= 0 && shippingMinor <= amountMinor;
        baseMinor = Math.max(0, amountMinor - Math.max(0, shippingMinor));
        linesMatch = shippingFits && (lines.count() == 0 || lines.sumMinor() == baseMinor);
        if (lines.count() == 0 || !linesMatch) {
            lines.replace(baseMinor);
        }
    }

    /** Names the order, once it has been looked up; -1: the payment makes it. */
    public void setOrder(final int newOrder) {
        order = newOrder;
    }

    /** Tells whether an earlier payment of the order earned a grant of this campaign. */
    public boolean isRewardedBefore(final Campaign campaign) {
        return order >= 0 && orderRewards.has(order, campaign);
    }

    public PaymentLines lines() {
        return lines;
    }

    public boolean linesMatch() {
        return linesMatch;
    }

    public boolean hasAmount() {
        return Money.isAmount(amountMinor);
    }

    public long amountMinor() {
        return amountMinor;
    }

    /** Returns what rewards rest on: the amount without shipping. */
    public long baseMinor() {
        return baseMinor;
    }

    public int currency() {
        return currency;
    }

    /** Returns the number of the instalment. */
    public int instalment() {
        return instalment;
    }

    /** Returns the business time. */
    public long atNs() {
        return atNs;
    }

    public Slice orderId() {
        return orderId;
    }

    public Slice memberId() {
        return memberId;
    }

    public Slice channel() {
        return channel;
    }

    public Slice storeId() {
        return storeId;
    }
}
