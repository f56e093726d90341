package io.miaojie.simulation;

import static io.miaojie.simulation.Words.put;

import io.miaojie.wire.codec.ActionCommandEncoder;
import io.miaojie.wire.codec.AdjustPoolCommandEncoder;
import io.miaojie.wire.codec.AdvanceClockCommandEncoder;
import io.miaojie.wire.codec.AfterSaleCommandEncoder;
import io.miaojie.wire.codec.BindReferrerCommandEncoder;
import io.miaojie.wire.codec.CancelOrderCommandEncoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandEncoder;
import io.miaojie.wire.codec.FundCommandEncoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandEncoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandEncoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what members and operators ask for. */
final class RequestWords {
    private static final String ACTOR = "op";
    private static final String REASON = "because";

    private RequestWords() {}

    static UnsafeBuffer of(final Deed.Cancel deed) {
        final UnsafeBuffer buffer = Words.room();
        final CancelOrderCommandEncoder command =
                new CancelOrderCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putRequestId, deed.head().id());
        put(command::putOrderId, deed.order());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Act deed) {
        final UnsafeBuffer buffer = Words.room();
        final ActionCommandEncoder command =
                new ActionCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.action((short) deed.action());
        final ActionCommandEncoder.ArgumentsEncoder arguments = command.argumentsCount(deed.pieces() == null ? 0 : 1);
        if (deed.pieces() != null) {
            put(arguments.next().argument((short) 0).value(deed.pieces())::putText, "");
        }
        put(command::putId, deed.head().id());
        put(command::putCampaignId, deed.campaign());
        put(command::putMemberId, "");
        put(command::putGroupId, deed.group());
        put(command::putActor, ACTOR);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.AfterSale deed) {
        final UnsafeBuffer buffer = Words.room();
        final AfterSaleCommandEncoder command =
                new AfterSaleCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.state(deed.state());
        put(command::putRequestId, deed.head().id());
        put(command::putOrderId, deed.order());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Bind deed) {
        final UnsafeBuffer buffer = Words.room();
        final BindReferrerCommandEncoder command =
                new BindReferrerCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putRequestId, deed.head().id());
        put(command::putMemberId, deed.member());
        put(command::putReferrerId, deed.referrer());
        put(command::putActor, ACTOR);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Withdraw deed) {
        final UnsafeBuffer buffer = Words.room();
        final RequestWithdrawalCommandEncoder command =
                new RequestWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.amountMinor(deed.amount()).currency(Words.currency(deed.currency()));
        put(command::putId, deed.head().id());
        put(command::putMemberId, deed.member());
        put(command::putMethod, "wechat");
        put(command::putPayee, deed.payee());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Decide deed) {
        final UnsafeBuffer buffer = Words.room();
        final DecideWithdrawalCommandEncoder command =
                new DecideWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.decision(deed.decision());
        put(command::putRequestId, deed.head().id());
        put(command::putWithdrawalId, deed.withdrawal());
        put(command::putActor, ACTOR);
        put(command::putReason, REASON);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Submit deed) {
        final UnsafeBuffer buffer = Words.room();
        final SubmitWithdrawalCommandEncoder command =
                new SubmitWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        put(command::putRequestId, deed.head().id());
        put(command::putWithdrawalId, deed.withdrawal());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Report deed) {
        final UnsafeBuffer buffer = Words.room();
        final ReportWithdrawalCommandEncoder command =
                new ReportWithdrawalCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.state(deed.state());
        put(command::putRequestId, deed.head().id());
        put(command::putWithdrawalId, deed.withdrawal());
        put(command::putTransferBillNo, "");
        put(command::putReason, REASON);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Adjust deed) {
        final UnsafeBuffer buffer = Words.room();
        final AdjustPoolCommandEncoder command =
                new AdjustPoolCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.amountMinor(deed.amount())
                .currency(Words.currency(deed.currency()))
                .bucket(deed.bucket());
        put(command::putId, deed.head().id());
        put(command::putMemberId, deed.member());
        put(command::putReason, REASON);
        put(command::putActor, ACTOR);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Fund deed) {
        final UnsafeBuffer buffer = Words.room();
        final FundCommandEncoder command =
                new FundCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.amountMinor(deed.amount())
                .currency(Words.currency(deed.currency()))
                .mode(deed.mode() == null ? FundingMode.NULL_VAL : deed.mode());
        put(command::putId, deed.head().id());
        put(command::putFunder, deed.funder());
        put(command::putActor, ACTOR);
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }

    static UnsafeBuffer of(final Deed.Clock deed) {
        final UnsafeBuffer buffer = Words.room();
        final AdvanceClockCommandEncoder command =
                new AdvanceClockCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        command.advanceNs(deed.advanceNs()).toNs(deed.toNs());
        put(command::putId, deed.head().id());
        return Words.seal(buffer, deed.head(), command.encodedLength());
    }
}
