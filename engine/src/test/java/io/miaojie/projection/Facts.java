package io.miaojie.projection;

import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.codec.AdjustPoolCommandEncoder;
import io.miaojie.wire.codec.AdvanceClockCommandEncoder;
import io.miaojie.wire.codec.AfterSaleCommandEncoder;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.BindReferrerCommandEncoder;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.CancelOrderCommandEncoder;
import io.miaojie.wire.codec.CreateLinkCommandEncoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandEncoder;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.DefinePayoutTermsCommandEncoder;
import io.miaojie.wire.codec.DefineTargetCommandEncoder;
import io.miaojie.wire.codec.DeliveryCommandEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.FundCommandEncoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import io.miaojie.wire.codec.PlaceOrderCommandEncoder;
import io.miaojie.wire.codec.RefundCommandEncoder;
import io.miaojie.wire.codec.RefundStatus;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandEncoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandEncoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandEncoder;
import io.miaojie.wire.codec.TouchCommandEncoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;

/** Writes a record of each command that moves money or members, its effects as the caller makes them up. */
final class Facts {
    private static final int KEY = 1;

    private final History history;
    private final MutableDirectBuffer record;
    private final int offset = History.commandOffset();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    Facts(final History history) {
        this.history = history;
        this.record = history.record();
    }

    /** Writes a payment of 10,000; with no member it names a payer. */
    long payment(final String id, final String order, final String member, final int status, final Effects effects) {
        final PaymentCommandEncoder command = new PaymentCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinor(10_000)
                .shippingMinor(0)
                .currency(History.CNY)
                .instalment(Instalment.FULL);
        envelope(command.envelope());
        command.linesCount(0);
        put(command::putId, id);
        put(command::putSource, "");
        put(command::putOrderId, order);
        put(command::putMemberId, member);
        put(command::putChannel, "");
        put(command::putStoreId, "");
        put(command::putClerkId, "");
        put(command::putShareToken, "");
        put(command::putMetadata, "");
        put(command::putPayer, member.isEmpty() ? "0123456789abcdef" : "");
        put(command::putRandom, "");
        return settled(command.encodedLength(), status, effects);
    }

    long placeOrder(final String id, final String member, final long poolSpendMinor, final Effects effects) {
        final PlaceOrderCommandEncoder command = new PlaceOrderCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .shippingMinor(0)
                .poolSpendMinor(poolSpendMinor)
                .payWithinS(60)
                .currency(History.CNY);
        envelope(command.envelope());
        final PlaceOrderCommandEncoder.LinesEncoder line = command.linesCount(1).next();
        line.amountMinor(1_000).quantity(2);
        put(line::putLineId, "1");
        put(line::putSku, "A");
        put(line::putCategory, "tea");
        put(line::putSellerId, "");
        put(line::putCampaignId, "");
        put(line::putAction, "");
        put(line::putGroupId, "");
        put(command::putId, id);
        put(command::putMemberId, member);
        put(command::putChannel, "app");
        put(command::putStoreId, "s1");
        put(command::putClerkId, "");
        put(command::putShareToken, "");
        put(command::putMetadata, "{}");
        return settled(command.encodedLength(), 1, effects);
    }

    long cancelOrder(final String order, final Effects effects) {
        final CancelOrderCommandEncoder command = new CancelOrderCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command::putRequestId, "cancel");
        put(command::putOrderId, order);
        return settled(command.encodedLength(), 4, effects);
    }

    long afterSale(final String order, final AfterSaleState state, final Effects effects) {
        final AfterSaleCommandEncoder command = new AfterSaleCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header).state(state);
        envelope(command.envelope());
        put(command::putRequestId, "after-sale");
        put(command::putOrderId, order);
        return settled(command.encodedLength(), 2, effects);
    }

    long refund(
            final String id, final String order, final String refundOrder, final int result, final Effects effects) {
        final RefundCommandEncoder command = new RefundCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinor(100)
                .currency(History.CNY)
                .refundStatus(RefundStatus.SUCCESS)
                .goodwill((short) 0);
        envelope(command.envelope());
        put(command.linesCount(1).next().amountMinor(100)::putLineId, "1");
        put(command::putId, id);
        put(command::putSource, "");
        put(command::putOrderId, order);
        put(command::putPaymentId, "");
        put(command::putRefundOrderId, refundOrder);
        put(command::putMetadata, "");
        return settled(command.encodedLength(), result, effects);
    }

    long delivery(final String id, final String order, final int result, final Effects effects) {
        final DeliveryCommandEncoder command = new DeliveryCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command.linesCount(1).next().quantity(0)::putLineId, "1");
        put(command::putId, id);
        put(command::putSource, "wms");
        put(command::putOrderId, order);
        return settled(command.encodedLength(), result, effects);
    }

    long register(final String id, final int roles, final Effects effects) {
        final RegisterMemberCommandEncoder command = new RegisterMemberCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .boundAtNs(0)
                .grade((short) 2)
                .roles((short) roles);
        envelope(command.envelope());
        command.identitiesCount(1).next().hashLow(1).hashHigh(2);
        put(command::putId, id);
        put(command::putReferrerId, "");
        put(command::putVisitorId, "v1");
        put(command::putStoreId, "s1");
        put(command::putChannel, "");
        put(command::putMetadata, "");
        put(command::putRandom, "");
        return settled(command.encodedLength(), 0, effects);
    }

    long bind(final String member, final String referrer, final Effects effects) {
        final BindReferrerCommandEncoder command = new BindReferrerCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command::putRequestId, "bind");
        put(command::putMemberId, member);
        put(command::putReferrerId, referrer);
        put(command::putActor, "op");
        return settled(command.encodedLength(), 0, effects);
    }

    long target(final int index, final String id, final String url) {
        final DefineTargetCommandEncoder command = new DefineTargetCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putUrl, url);
        return history.defined(command.encodedLength(), index, 0, 0, CampaignState.NULL_VAL);
    }

    long link(final String id, final String token, final String owner, final Effects effects) {
        final CreateLinkCommandEncoder command = new CreateLinkCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header).expiresAtNs(0);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putToken, token);
        put(command::putOwnerId, owner);
        put(command::putTargetId, "t1");
        put(command::putCampaignId, "");
        put(command::putChannel, "wechat");
        return settled(command.encodedLength(), 0, effects);
    }

    long touch(final String id, final String token, final Effects effects) {
        final TouchCommandEncoder command = new TouchCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putToken, token);
        put(command::putVisitorId, "v1");
        put(command::putMemberId, "");
        return settled(command.encodedLength(), 0, effects);
    }

    long requestWithdrawal(final String id, final String member, final long amountMinor, final Effects effects) {
        final RequestWithdrawalCommandEncoder command = new RequestWithdrawalCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinor(amountMinor)
                .currency(History.CNY);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putMemberId, member);
        put(command::putMethod, "wechat");
        put(command::putPayee, "payee-7");
        return settled(command.encodedLength(), WithdrawalState.REQUESTED.value(), effects);
    }

    long decideWithdrawal(final String id, final Decision decision, final Effects effects) {
        final DecideWithdrawalCommandEncoder command = new DecideWithdrawalCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header).decision(decision);
        envelope(command.envelope());
        put(command::putRequestId, "decide");
        put(command::putWithdrawalId, id);
        put(command::putActor, "op");
        put(command::putReason, "checked");
        return settled(command.encodedLength(), WithdrawalState.APPROVED.value(), effects);
    }

    long submitWithdrawal(final String id, final Effects effects) {
        final SubmitWithdrawalCommandEncoder command = new SubmitWithdrawalCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header);
        envelope(command.envelope());
        put(command::putRequestId, "submit");
        put(command::putWithdrawalId, id);
        return settled(command.encodedLength(), WithdrawalState.SUBMITTED.value(), effects);
    }

    long reportWithdrawal(final String id, final WithdrawalState state, final String bill, final Effects effects) {
        final ReportWithdrawalCommandEncoder command = new ReportWithdrawalCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header).state(state);
        envelope(command.envelope());
        put(command::putRequestId, "report");
        put(command::putWithdrawalId, id);
        put(command::putTransferBillNo, bill);
        put(command::putReason, "");
        return settled(command.encodedLength(), state.value(), effects);
    }

    long adjust(
            final String id, final String member, final Bucket bucket, final long amountMinor, final Effects effects) {
        final AdjustPoolCommandEncoder command = new AdjustPoolCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinor(amountMinor)
                .currency(History.CNY)
                .bucket(bucket);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putMemberId, member);
        put(command::putReason, "sorry");
        put(command::putActor, "op");
        return settled(command.encodedLength(), 0, effects);
    }

    long fund(final String id, final long amountMinor, final Effects effects) {
        final FundCommandEncoder command = new FundCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinor(amountMinor)
                .currency(History.CNY)
                .mode(FundingMode.PREPAID);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putFunder, "platform");
        put(command::putActor, "op");
        return settled(command.encodedLength(), 0, effects);
    }

    long definePayoutTerms(final String id, final long minMinor, final long perDayMinor) {
        final DefinePayoutTermsCommandEncoder command = new DefinePayoutTermsCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header)
                .amountMinMinor(minMinor)
                .amountMaxMinor(0)
                .amountPerDayMinor(perDayMinor)
                .approvedUpToMinor(50)
                .feeMinMinor(10)
                .feePpm(6_000)
                .taxPpm(1)
                .countPerDay(3)
                .freePerDay(2)
                .cutOffMinute(1_020)
                .currency(History.CNY);
        envelope(command.envelope());
        put(command::putId, id);
        put(command::putActor, "op");
        return settled(command.encodedLength(), 0, effects -> {});
    }

    long advanceClock(final Effects effects) {
        final AdvanceClockCommandEncoder command = new AdvanceClockCommandEncoder();
        command.wrapAndApplyHeader(record, offset, header).advanceNs(1).toNs(0);
        envelope(command.envelope());
        put(command::putId, "clock");
        return settled(command.encodedLength(), 0, effects);
    }

    long tick(final Effects effects) {
        final EffectsWriter writer = history.effects();
        effects.accept(writer);
        return history.settled(history.tickCommand(), 0, writer);
    }

    /** Writes what a record changed. */
    interface Effects extends Consumer<EffectsWriter> {}

    private long settled(final int commandLength, final int status, final Effects effects) {
        final EffectsWriter writer = history.effects();
        effects.accept(writer);
        return history.settled(MessageHeaderEncoder.ENCODED_LENGTH + commandLength, status, writer);
    }

    /** One data field of a command. */
    private interface Field<T> {
        T put(byte[] from, int offset, int length);
    }

    private static <T> void put(final Field<T> field, final String text) {
        final byte[] bytes = History.bytes(text);
        field.put(bytes, 0, bytes.length);
    }

    private static void envelope(final EnvelopeEncoder envelope) {
        envelope.keyIndex(KEY).digestHigh(1).digestLow(2).fingerprint(3).atNs(History.T0_NS);
    }
}
