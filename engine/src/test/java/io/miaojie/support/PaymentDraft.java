package io.miaojie.support;

import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A payment being written for a test. */
public final class PaymentDraft {
    private record Line(String sku, String category, long amountMinor) {}

    private final int key;
    private final String id;
    private final List<Line> lines = new ArrayList<>();
    private String orderId;
    private String memberId = "";
    private String channel = "";
    private String storeId = "";
    private String currency = "CNY";
    private Instalment instalment = Instalment.FULL;
    private long amountMinor;
    private long shippingMinor;
    private long atNs;

    PaymentDraft(final int key, final String id) {
        this.key = key;
        this.id = id;
        this.orderId = "O-" + id;
    }

    public PaymentDraft order(final String newOrderId) {
        orderId = newOrderId;
        return this;
    }

    public PaymentDraft member(final String newMemberId) {
        memberId = newMemberId;
        return this;
    }

    public PaymentDraft amount(final long newAmountMinor) {
        amountMinor = newAmountMinor;
        return this;
    }

    public PaymentDraft shipping(final long newShippingMinor) {
        shippingMinor = newShippingMinor;
        return this;
    }

    public PaymentDraft currency(final String newCurrency) {
        currency = newCurrency;
        return this;
    }

    public PaymentDraft channel(final String newChannel) {
        channel = newChannel;
        return this;
    }

    public PaymentDraft store(final String newStoreId) {
        storeId = newStoreId;
        return this;
    }

    public PaymentDraft instalment(final Instalment newInstalment) {
        instalment = newInstalment;
        return this;
    }

    /** Sets the business time, epoch nanoseconds; 0: the engine's. */
    public PaymentDraft at(final long newAtNs) {
        atNs = newAtNs;
        return this;
    }

    public PaymentDraft line(final String sku, final String category, final long lineMinor) {
        lines.add(new Line(sku, category, lineMinor));
        return this;
    }

    /** Returns the message. */
    public UnsafeBuffer encode() {
        final UnsafeBuffer buffer = Commands.room();
        final PaymentCommandEncoder command =
                new PaymentCommandEncoder().wrapAndApplyHeader(buffer, 0, Commands.header());
        new EnvelopeEncoder().wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH).atNs(atNs);
        command.amountMinor(amountMinor)
                .shippingMinor(shippingMinor)
                .currency(Commands.currency(currency))
                .instalment(instalment);
        final PaymentCommandEncoder.LinesEncoder group = command.linesCount(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            final Line line = lines.get(i);
            group.next().amountMinor(line.amountMinor()).quantity(1);
            Commands.put(group::putLineId, Integer.toString(i + 1));
            Commands.put(group::putSku, line.sku());
            Commands.put(group::putCategory, line.category());
            Commands.put(group::putSellerId, "");
        }
        Commands.put(command::putId, id);
        Commands.put(command::putSource, "");
        Commands.put(command::putOrderId, orderId);
        Commands.put(command::putMemberId, memberId);
        Commands.put(command::putChannel, channel);
        Commands.put(command::putStoreId, storeId);
        Commands.put(command::putClerkId, "");
        Commands.put(command::putShareToken, "");
        Commands.put(command::putMetadata, "");
        return Commands.bound(buffer, key, id, command.encodedLength());
    }
}
