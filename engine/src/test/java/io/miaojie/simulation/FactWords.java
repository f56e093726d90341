package io.miaojie.simulation;

import static io.miaojie.simulation.Words.put;

import io.miaojie.wire.codec.DeliveryCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PlaceOrderCommandEncoder;
import io.miaojie.wire.codec.RefundCommandEncoder;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import io.miaojie.wire.codec.TouchCommandEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes orders, the facts about them, and members. */
final class FactWords {
    private static final String SOURCE = "";

    private FactWords() {}

    static UnsafeBuffer of(final Deed.Pay deed) {
        final UnsafeBuffer buffer = Words.room();
        final PaymentCommandEncoder command =
                new PaymentCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.amountMinor(deed.amount())
                .shippingMinor(deed.shipping())
                .currency(Words.currency(deed.currency()))
                .instalment(deed.instalment());
        final PaymentCommandEncoder.LinesEncoder lines =
                command.linesCount(deed.lines().size());
        for (final Deed.Line line : deed.lines()) {
            lines.next().amountMinor(line.amount()).quantity(line.quantity());
            put(lines::putLineId, line.id());
            put(lines::putSku, line.sku());
            put(lines::putCategory, line.category());
            put(lines::putSellerId, "");
        }
        put(command::putId, deed.head().id());
        put(command::putSource, SOURCE);
        put(command::putOrderId, deed.order());
        put(command::putMemberId, deed.member());
        put(command::putChannel, deed.channel());
        put(command::putStoreId, deed.store());
        put(command::putClerkId, deed.clerk());
        put(command::putShareToken, deed.token());
        put(command::putMetadata, "");
        Words.putHalf(command::putPayer, deed.payer());
        Words.putHalf(command::putRandom, deed.random());
        if (!deed.signals().isEmpty()) {
            final byte[] signals = RiskWords.signals(deed.signals());
            command.putSignals(signals, 0, signals.length);
        }
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Place deed) {
        final UnsafeBuffer buffer = Words.room();
        final PlaceOrderCommandEncoder command =
                new PlaceOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.shippingMinor(deed.shipping())
                .poolSpendMinor(deed.poolSpend())
                .payWithinS(deed.payWithinS())
                .currency(Words.currency(deed.currency()));
        final PlaceOrderCommandEncoder.LinesEncoder lines =
                command.linesCount(deed.lines().size());
        for (final Deed.Line line : deed.lines()) {
            lines.next().amountMinor(line.amount()).quantity(line.quantity());
            put(lines::putLineId, line.id());
            put(lines::putSku, line.sku());
            put(lines::putCategory, line.category());
            put(lines::putSellerId, "");
            put(lines::putCampaignId, line.campaign());
            put(lines::putAction, line.action());
            put(lines::putGroupId, line.group());
        }
        put(command::putId, deed.head().id());
        put(command::putMemberId, deed.member());
        put(command::putChannel, deed.channel());
        put(command::putStoreId, deed.store());
        put(command::putClerkId, deed.clerk());
        put(command::putShareToken, deed.token());
        put(command::putMetadata, "");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Refund deed) {
        final UnsafeBuffer buffer = Words.room();
        final RefundCommandEncoder command =
                new RefundCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.amountMinor(deed.amount())
                .currency(Words.currency(deed.currency()))
                .refundStatus(deed.status())
                .goodwill((short) (deed.isGoodwill() ? 1 : 0));
        final RefundCommandEncoder.LinesEncoder lines =
                command.linesCount(deed.parts().size());
        deed.parts().forEach(part -> put(lines.next().amountMinor(part.amount())::putLineId, part.line()));
        put(command::putId, deed.head().id());
        put(command::putSource, SOURCE);
        put(command::putOrderId, deed.order());
        put(command::putPaymentId, "");
        put(command::putRefundOrderId, deed.refundOrder());
        put(command::putMetadata, "");
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Deliver deed) {
        final UnsafeBuffer buffer = Words.room();
        final DeliveryCommandEncoder command =
                new DeliveryCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final DeliveryCommandEncoder.LinesEncoder lines =
                command.linesCount(deed.parts().size());
        deed.parts().forEach(part -> put(lines.next().quantity((int) part.amount())::putLineId, part.line()));
        put(command::putId, deed.head().id());
        put(command::putSource, SOURCE);
        put(command::putOrderId, deed.order());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Register deed) {
        final UnsafeBuffer buffer = Words.room();
        final RegisterMemberCommandEncoder command =
                new RegisterMemberCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.boundAtNs(deed.boundAtNs()).grade((short) 0).roles((short) deed.roles());
        final RegisterMemberCommandEncoder.IdentitiesEncoder identities =
                command.identitiesCount(deed.identities().size());
        deed.identities()
                .forEach(identity -> identities.next().hashLow(identity).hashHigh(0));
        put(command::putId, deed.head().id());
        put(command::putReferrerId, deed.referrer());
        put(command::putVisitorId, deed.visitor());
        put(command::putStoreId, "");
        put(command::putChannel, "");
        put(command::putMetadata, "");
        Words.putHalf(command::putRandom, deed.random());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Touch deed) {
        final UnsafeBuffer buffer = Words.room();
        final TouchCommandEncoder command =
                new TouchCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putId, deed.head().id());
        put(command::putToken, deed.token());
        put(command::putVisitorId, deed.visitor());
        put(command::putMemberId, deed.member());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }
}
