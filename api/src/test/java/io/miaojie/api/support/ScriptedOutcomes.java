package io.miaojie.api.support;

import io.miaojie.api.json.Slice;
import io.miaojie.api.message.form.CommandReader;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AccountsAnswerEncoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MemberAnswerEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OrderAnswerEncoder;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.RiskRulesAnswerEncoder;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.WithdrawalAnswerEncoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Outcomes and answers with one of every effect, so that every view has something to show. No rule stands behind them.
 */
final class ScriptedOutcomes {
    private static final int CNY = 156;
    private static final int MEMBER = 3;
    private static final long PAY_BY_NS = 1_768_453_200_000_000_000L;
    private static final UnsafeBuffer BUYER = text("u1");
    private static final UnsafeBuffer ACCOUNT = text("seller:m7");

    private final EffectsWriter effects = new EffectsWriter();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** Writes a payment that earned 1 from the first campaign. */
    int earn(final MutableDirectBuffer out, final long spendableMinor) {
        effects.begin();
        effects.pool(MEMBER, IdSource.NONE, new long[] {0, spendableMinor, 0, 0, 0}, 0);
        effects.order(OrderState.PAID.value(), true, 0, MEMBER);
        effects.grant(0, 0, 0, 1);
        return outcome(out, PaymentStatus.CAPTURED.value());
    }

    int earnNothing(final MutableDirectBuffer out, final ResultCode why) {
        effects.begin();
        effects.order(OrderState.PAID.value(), true, 0, -1);
        effects.skip(0, -1, why.number());
        return outcome(out, PaymentStatus.CAPTURED.value());
    }

    /** Writes the outcome of a command that is a table and returns its length. */
    int settle(final Form form, final DirectBuffer command, final MutableDirectBuffer out, final boolean hasCampaign) {
        effects.begin();
        int status = 0;
        if (form == Forms.ORDER || form == Forms.ORDER_CANCEL || form == Forms.AFTER_SALE) {
            order();
            status = OrderState.AWAITING.value();
        } else if (form == Forms.REVIEW) {
            order();
            risk();
            status = OrderState.PAID.value();
        } else if (form == Forms.REFUND || form == Forms.DELIVERY) {
            refund(hasCampaign);
            status = RefundResult.SETTLED.value();
        } else if (form == Forms.MEMBER || form == Forms.REFERRER) {
            member();
        } else if (form == Forms.SHARE_LINK) {
            final long token = new CommandReader().open(form, command, 0).madeText();
            effects.note(EffectNote.LINK, 0, 0, command, Slice.offset(token), Slice.length(token));
        } else if (form == Forms.FUNDING) {
            effects.note(EffectNote.ACCOUNT, -7L << 1 ^ -7L >> 63, 0, ACCOUNT, 0, ACCOUNT.capacity());
        } else if (form == Forms.CLOCK) {
            effects.note(EffectNote.FIRED, 3, 12);
        } else if (form == Forms.ADJUSTMENT) {
            pool(IdSource.NONE);
        } else if (form != Forms.TOUCH && form != Forms.PAYOUT_TERMS && form != Forms.RISK_RULES) {
            withdrawal();
            status = WithdrawalState.REQUESTED.value();
        }
        return outcome(out, status);
    }

    private void risk() {
        effects.noteHead(EffectNote.RISK);
        effects.noteNumber(RiskVerdict.RELEASE.value());
        effects.noteNumber(0);
        effects.noteNumber(ResultCode.DEVICE_SHARED.number());
        effects.noteNumber(0);
        effects.noteNumber(0);
        effects.noteText(BUYER, 0, BUYER.capacity());
    }

    private int outcome(final MutableDirectBuffer out, final int status) {
        return effects.putOutcome(out, 0, ResultCode.OK.number(), CNY, status);
    }

    int orderAnswer(final MutableDirectBuffer out, final boolean hasCampaign) {
        effects.begin();
        refund(hasCampaign);
        final OrderAnswerEncoder answer = new OrderAnswerEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .code(0)
                .currency(CNY);
        answer.linesCount(1)
                .next()
                .dueMinor(9_700)
                .netMinor(4_700)
                .delivered((short) 1)
                .putLineId(BUYER, 0, 2)
                .putSku(BUYER, 0, 2)
                .putCategory(BUYER, 0, 0);
        return answer.limit() + effects.putField(out, answer.limit());
    }

    int memberAnswer(final MutableDirectBuffer out) {
        effects.begin();
        member();
        final int field = new MemberAnswerEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .code(0)
                .limit();
        return field + effects.putField(out, field);
    }

    int withdrawalAnswer(final MutableDirectBuffer out) {
        effects.begin();
        withdrawal();
        final int field = new WithdrawalAnswerEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .code(0)
                .currency(CNY)
                .limit();
        return field + effects.putField(out, field);
    }

    int accountsAnswer(final MutableDirectBuffer out, final int from) {
        final AccountsAnswerEncoder answer = new AccountsAnswerEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .code(0)
                .next(from == 0 ? 1 : -1);
        answer.accountsCount(1)
                .next()
                .currency(CNY)
                .mode(from == 0 ? FundingMode.PREPAID : FundingMode.NULL_VAL)
                .balanceMinor(-7)
                .putName(ACCOUNT, 0, ACCOUNT.capacity());
        return MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    int riskRulesAnswer(final MutableDirectBuffer out) {
        final RiskRulesAnswerEncoder answer = new RiskRulesAnswerEncoder()
                .wrapAndApplyHeader(out, 0, header)
                .code(0)
                .reviewNs(1_000_000_000L)
                .atEnd(RiskVerdict.RELEASE);
        answer.rulesCount(1)
                .next()
                .signal(RiskSignal.REFUNDS)
                .limit(7)
                .windowNs(1_000_000_000L)
                .verdict(RiskVerdict.HOLD);
        return MessageHeaderEncoder.ENCODED_LENGTH + answer.encodedLength();
    }

    private void pool(final IdSource ids) {
        effects.pool(MEMBER, ids, new long[] {0, 30, 0, 100, 0}, 0);
    }

    private void order() {
        pool(IdSource.NONE);
        effects.orderHead(OrderState.AWAITING.value(), true, 0, MEMBER, IdSource.NONE);
        effects.orderRest(10_500, 0, 0, 300, 0, 0);
        effects.orderTimes(PAY_BY_NS, PAY_BY_NS, 0b11);
    }

    private void refund(final boolean hasCampaign) {
        pool(GivenIds.of("u1"));
        effects.order(OrderState.PAID.value(), false, 0, MEMBER);
        if (hasCampaign) {
            effects.grantHead(1, false, 0, 0, 300);
            effects.grantRest(0, 10, 290, 150, 150, PAY_BY_NS, 0);
        }
        effects.refundOrder(
                RefundOrderState.OPEN.value(),
                17,
                1,
                55,
                ResultCode.LATE_PAYMENT.number(),
                Currencies.byCode("CNY").number(),
                12);
        if (hasCampaign) {
            effects.skip(2, 0, ResultCode.NO_REFERRER.number());
        }
        effects.skip(0, -1, ResultCode.LINE_UNKNOWN.number());
    }

    private void member() {
        effects.memberHead(EffectsWriter.MEMBER_MADE, MEMBER, IdSource.NONE);
        effects.memberReferrer(7, GivenIds.of("u7"), PAY_BY_NS);
    }

    private void withdrawal() {
        pool(GivenIds.of("u1"));
        effects.withdrawalHead(WithdrawalState.REQUESTED.value(), true, 0, 17, 0);
        effects.withdrawalRest(100, 3, 7);
    }

    private static UnsafeBuffer text(final String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
