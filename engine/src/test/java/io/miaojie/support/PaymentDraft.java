package io.miaojie.support;

import io.miaojie.support.OrderMessages.Line;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A payment being written for a test. */
public final class PaymentDraft {
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
    private String clerkId = "";
    private String token = "";
    private byte[] payer = {};
    private byte[] random = {};
    private byte[] signals = {};

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

    public PaymentDraft clerk(final String newClerkId) {
        clerkId = newClerkId;
        return this;
    }

    public PaymentDraft token(final String newToken) {
        token = newToken;
        return this;
    }

    /** Sets the hash of the payer's identity, 16 bytes. */
    public PaymentDraft payer(final byte[] hash) {
        payer = hash;
        return this;
    }

    /** Sets the random bytes, 16 of them. */
    public PaymentDraft random(final byte[] bytes) {
        random = bytes;
        return this;
    }

    /** Sets what it was sent from, as the schema says. */
    public PaymentDraft signals(final byte[] bytes) {
        signals = bytes;
        return this;
    }

    /** Adds a line of one piece, whose id is its number from 1. */
    public PaymentDraft line(final String sku, final String category, final long lineMinor) {
        return line(new Line(Integer.toString(lines.size() + 1), sku, category, lineMinor, 1));
    }

    public PaymentDraft line(final Line line) {
        lines.add(line);
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
            group.next().amountMinor(line.amountMinor()).quantity(line.quantity());
            Commands.put(group::putLineId, line.id());
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
        Commands.put(command::putClerkId, clerkId);
        Commands.put(command::putShareToken, token);
        Commands.put(command::putMetadata, "");
        command.putPayer(payer, 0, payer.length);
        command.putRandom(random, 0, random.length);
        if (signals.length > 0) {
            command.putSignals(signals, 0, signals.length);
        }
        return Commands.bound(buffer, key, id, command.encodedLength());
    }
}
