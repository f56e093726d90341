package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PlaceOrderCommandEncoder;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One message of a bench of kinds, encoded once and patched for each member: its digest, and wherever it names the
 * member or the member's one order.
 *
 * <p>Thread: one. Allocates: nothing when moved. Units: minor, epoch nanoseconds.
 */
final class KindCommands {
    private static final String MEMBER_DIGITS = "99999999";
    private static final String ORDER_DIGITS = "88888888";
    private static final int LENGTH_MAX = 512;
    private static final int CNY = Currencies.byCode("CNY").number();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private final long salt;
    private final int length;
    private final int digestOffset;
    private final int memberOffset;
    private final int orderOffset;

    /** Says where a message ends once it is encoded. */
    private interface Encoding {
        int encode(UnsafeBuffer buffer);
    }

    private KindCommands(final long salt, final Encoding encoding) {
        this.salt = salt;
        this.length = encoding.encode(buffer);
        this.digestOffset = MessageHeaderEncoder.ENCODED_LENGTH + EnvelopeEncoder.digestHighEncodingOffset();
        final String text = new String(buffer.byteArray(), StandardCharsets.ISO_8859_1);
        this.memberOffset = text.indexOf(MEMBER_DIGITS);
        this.orderOffset = text.indexOf(ORDER_DIGITS);
    }

    /** Registers a member. */
    static KindCommands register() {
        return new KindCommands(1, buffer -> {
            final RegisterMemberCommandEncoder command =
                    new RegisterMemberCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope());
            command.boundAtNs(0).grade((short) 0).roles((short) 0).identitiesCount(0);
            Text.put(command::putId, "u" + MEMBER_DIGITS);
            Text.put(command::putReferrerId, "");
            Text.put(command::putVisitorId, "");
            Text.put(command::putStoreId, "");
            Text.put(command::putChannel, "");
            Text.put(command::putMetadata, "");
            Text.put(command::putRandom, "");
            return command.limit();
        });
    }

    /** Places an order of one piece of what a campaign sells. */
    static KindCommands place(final String campaign, final String action, final long amountMinor) {
        return new KindCommands(2, buffer -> {
            final PlaceOrderCommandEncoder command =
                    new PlaceOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope());
            command.shippingMinor(0).poolSpendMinor(0).payWithinS(0).currency(CNY);
            final PlaceOrderCommandEncoder.LinesEncoder line =
                    command.linesCount(1).next();
            line.amountMinor(amountMinor).quantity(1);
            Text.put(line::putLineId, "1");
            Text.put(line::putSku, "sku-17");
            Text.put(line::putCategory, "tea");
            Text.put(line::putSellerId, "");
            Text.put(line::putCampaignId, campaign);
            Text.put(line::putAction, action);
            Text.put(line::putGroupId, "");
            Text.put(command::putId, "order-" + ORDER_DIGITS);
            Text.put(command::putMemberId, "u" + MEMBER_DIGITS);
            Text.put(command::putChannel, "");
            Text.put(command::putStoreId, "");
            Text.put(command::putClerkId, "");
            Text.put(command::putShareToken, "");
            Text.put(command::putMetadata, "");
            return command.limit();
        });
    }

    /** Pays for that order. */
    static KindCommands pay(final Instalment instalment, final long amountMinor) {
        return new KindCommands(3, buffer -> {
            final PaymentCommandEncoder command =
                    new PaymentCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope());
            command.amountMinor(amountMinor)
                    .shippingMinor(0)
                    .currency(CNY)
                    .instalment(instalment)
                    .linesCount(0);
            Text.put(command::putId, "pay");
            Text.put(command::putSource, "");
            Text.put(command::putOrderId, "order-" + ORDER_DIGITS);
            Text.put(command::putMemberId, "u" + MEMBER_DIGITS);
            Text.put(command::putChannel, "");
            Text.put(command::putStoreId, "");
            Text.put(command::putClerkId, "");
            Text.put(command::putShareToken, "");
            Text.put(command::putMetadata, "");
            Text.put(command::putPayer, "");
            Text.put(command::putRandom, "");
            return command.limit();
        });
    }

    /** Writes the message of this member into the buffer and returns it. */
    DirectBuffer of(final int member) {
        final long digest = Draws.mix(member * 4L + salt);
        buffer.putLong(digestOffset, digest, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(digestOffset + Long.BYTES, Draws.mix(digest), ByteOrder.LITTLE_ENDIAN);
        final long digits = Payments.hexDigits(member);
        buffer.putLong(memberOffset, digits, ByteOrder.BIG_ENDIAN);
        if (orderOffset >= 0) {
            buffer.putLong(orderOffset, digits, ByteOrder.BIG_ENDIAN);
        }
        return buffer;
    }

    int length() {
        return length;
    }

    private static void bind(final EnvelopeEncoder envelope) {
        envelope.keyIndex(ShopCommands.KEY_INDEX).atNs(Payments.AT_NS).fingerprint(1);
    }
}
