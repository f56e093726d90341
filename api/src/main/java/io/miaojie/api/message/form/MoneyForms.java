package io.miaojie.api.message.form;

import static io.miaojie.api.message.form.FieldType.ID;

import io.miaojie.api.message.IdSpace;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.AdjustPoolCommandEncoder;
import io.miaojie.wire.codec.AdvanceClockCommandEncoder;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.DecideWithdrawalCommandEncoder;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.DefinePayoutTermsCommandEncoder;
import io.miaojie.wire.codec.FundCommandEncoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.ReportWithdrawalCommandEncoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandEncoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandEncoder;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.List;
import java.util.Map;

/** Writes about payouts, corrections, fundings, and the clock of a sandbox. */
final class MoneyForms {
    static final FieldType REASON = FieldType.text(200);
    private static final FieldType BOUND = FieldType.amount(0);
    private static final FieldType PPM = FieldType.integer(Integer.BYTES, 0, 999_999);
    private static final FieldType COUNT = FieldType.integer(Short.BYTES, 0, 1_000);
    private static final int ADVANCE = 0;
    private static final int TO = 1;

    static final Form WITHDRAWAL = new Form(
            "withdrawal",
            IdSpace.WITHDRAWAL,
            RequestWithdrawalCommandEncoder.TEMPLATE_ID,
            RequestWithdrawalCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required(
                            "amount",
                            2,
                            FieldType.amount(1),
                            RequestWithdrawalCommandEncoder.amountMinorEncodingOffset())
                    .required(
                            "currency", 3, FieldType.CURRENCY, RequestWithdrawalCommandEncoder.currencyEncodingOffset())
                    .required("id", 10, ID)
                    .required("member_id", 11, ID)
                    .required("method", 12, ID)
                    .optional("payee", 13, ID),
            List.of(),
            Rule.NONE);

    static final Form DECISION = new Form(
            "withdrawal_decision",
            IdSpace.WITHDRAWAL_DECISION,
            DecideWithdrawalCommandEncoder.TEMPLATE_ID,
            DecideWithdrawalCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required(
                            "decision",
                            2,
                            FieldType.word(
                                    Map.of("approve", Decision.APPROVE.value(), "reject", Decision.REJECT.value())),
                            DecideWithdrawalCommandEncoder.decisionEncodingOffset())
                    .required("id", 10, ID)
                    .path("withdrawal_id", 11)
                    .required("actor", 12, ID)
                    .optional("reason", 13, REASON),
            List.of(),
            Rule.NONE);

    static final Form SUBMISSION = new Form(
            "withdrawal_submission",
            IdSpace.WITHDRAWAL_SUBMISSION,
            SubmitWithdrawalCommandEncoder.TEMPLATE_ID,
            SubmitWithdrawalCommandEncoder.BLOCK_LENGTH,
            new Fields().required("id", 10, ID).path("withdrawal_id", 11),
            List.of(),
            Rule.NONE);

    static final Form REPORT = new Form(
            "withdrawal_report",
            IdSpace.WITHDRAWAL_REPORT,
            ReportWithdrawalCommandEncoder.TEMPLATE_ID,
            ReportWithdrawalCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .at("observed_at", Field.Need.OPTIONAL)
                    .required(
                            "channel_state",
                            2,
                            FieldType.word(Map.of(
                                    "WAIT_USER_CONFIRM", WithdrawalState.WAIT_USER_CONFIRM.value(),
                                    "PROCESSING", WithdrawalState.PROCESSING.value(),
                                    "SUCCESS", WithdrawalState.SUCCEEDED.value(),
                                    "FAIL", WithdrawalState.FAILED.value(),
                                    "CANCELLED", WithdrawalState.CANCELLED.value(),
                                    "UNKNOWN", WithdrawalState.UNKNOWN.value())),
                            ReportWithdrawalCommandEncoder.stateEncodingOffset())
                    .required("id", 10, ID)
                    .path("withdrawal_id", 11)
                    .optional("transfer_bill_no", 12, FieldType.WORD)
                    .optional("reason", 13, REASON),
            List.of(),
            Rule.NONE);

    static final Form ADJUSTMENT = new Form(
            "adjustment",
            IdSpace.ADJUSTMENT,
            AdjustPoolCommandEncoder.TEMPLATE_ID,
            AdjustPoolCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required(
                            "amount", 2, FieldType.SIGNED_AMOUNT, AdjustPoolCommandEncoder.amountMinorEncodingOffset())
                    .required("currency", 3, FieldType.CURRENCY, AdjustPoolCommandEncoder.currencyEncodingOffset())
                    .required(
                            "bucket",
                            4,
                            FieldType.word(Map.of(
                                    "pending", Bucket.PENDING.value(),
                                    "spendable", Bucket.SPENDABLE.value(),
                                    "withdrawable", Bucket.WITHDRAWABLE.value())),
                            AdjustPoolCommandEncoder.bucketEncodingOffset())
                    .required("id", 10, ID)
                    .required("member_id", 11, ID)
                    .required("reason", 12, REASON)
                    .required("actor", 13, ID),
            List.of(),
            Rule.NONE);

    static final Form FUNDING = new Form(
            "funding",
            IdSpace.FUNDING,
            FundCommandEncoder.TEMPLATE_ID,
            FundCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .required("amount", 2, FieldType.SIGNED_AMOUNT, FundCommandEncoder.amountMinorEncodingOffset())
                    .required("currency", 3, FieldType.CURRENCY, FundCommandEncoder.currencyEncodingOffset())
                    .optional(
                            "mode",
                            4,
                            FieldType.word(Map.of(
                                    "accrue", FundingMode.ACCRUE.value(), "prepaid", FundingMode.PREPAID.value())),
                            FundCommandEncoder.modeEncodingOffset(),
                            FundingMode.NULL_VAL.value())
                    .required("id", 10, ID)
                    .required("funder", 11, Sources.FUNDER)
                    .optional("actor", 12, ID),
            List.of(),
            Rule.NONE);

    static final Form PAYOUT_TERMS = new Form(
            "payout_terms",
            IdSpace.PAYOUT_TERMS,
            DefinePayoutTermsCommandEncoder.TEMPLATE_ID,
            DefinePayoutTermsCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .optional("amount_min", 2, BOUND, DefinePayoutTermsCommandEncoder.amountMinMinorEncodingOffset(), 0)
                    .optional("amount_max", 3, BOUND, DefinePayoutTermsCommandEncoder.amountMaxMinorEncodingOffset(), 0)
                    .optional(
                            "amount_per_day",
                            4,
                            BOUND,
                            DefinePayoutTermsCommandEncoder.amountPerDayMinorEncodingOffset(),
                            0)
                    .optional(
                            "approved_up_to",
                            5,
                            BOUND,
                            DefinePayoutTermsCommandEncoder.approvedUpToMinorEncodingOffset(),
                            0)
                    .optional("fee_min", 6, BOUND, DefinePayoutTermsCommandEncoder.feeMinMinorEncodingOffset(), 0)
                    .optional("fee_ppm", 7, PPM, DefinePayoutTermsCommandEncoder.feePpmEncodingOffset(), 0)
                    .optional("tax_ppm", 8, PPM, DefinePayoutTermsCommandEncoder.taxPpmEncodingOffset(), 0)
                    .optional("count_per_day", 9, COUNT, DefinePayoutTermsCommandEncoder.countPerDayEncodingOffset(), 0)
                    .optional("free_per_day", 10, COUNT, DefinePayoutTermsCommandEncoder.freePerDayEncodingOffset(), 0)
                    .optional(
                            "cut_off_minute",
                            11,
                            FieldType.integer(Short.BYTES, 0, 24 * 60 - 1),
                            DefinePayoutTermsCommandEncoder.cutOffMinuteEncodingOffset(),
                            0)
                    .required(
                            "currency",
                            12,
                            FieldType.CURRENCY,
                            DefinePayoutTermsCommandEncoder.currencyEncodingOffset())
                    .required("id", 20, ID)
                    .required("actor", 21, ID),
            List.of(),
            Rule.NONE);

    static final Form CLOCK = new Form(
            "clock",
            IdSpace.CLOCK,
            AdvanceClockCommandEncoder.TEMPLATE_ID,
            AdvanceClockCommandEncoder.BLOCK_LENGTH,
            new Fields()
                    .optional("advance", 2, FieldType.DURATION, AdvanceClockCommandEncoder.advanceNsEncodingOffset(), 0)
                    .optional("to", 3, FieldType.TIME, AdvanceClockCommandEncoder.toNsEncodingOffset(), 0)
                    .required("id", 10, ID),
            List.of(),
            MoneyForms::requireOne);

    private MoneyForms() {}

    private static void requireOne(final Values clock, final FormReader form) {
        if (clock.has(ADVANCE) == clock.has(TO)) {
            throw new BadInput(
                    clock.has(TO) ? EdgeCode.INVALID_VALUE : EdgeCode.MISSING_FIELD,
                    "/advance",
                    "advance or to, one of them");
        }
    }
}
