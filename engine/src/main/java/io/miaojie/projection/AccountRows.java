package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.List;

/** Rows of what operators move by hand, and of what they let members draw out: adjustments, fundings, payout terms. */
final class AccountRows {
    private final TableRows adjustments = TableRows.added(
            "adjustment",
            "sequence bigint",
            "amount_minor bigint",
            "settled_at_ns bigint",
            "merchant_index integer",
            "member_index integer",
            "bucket text",
            "currency text",
            "id text",
            "reason text",
            "actor text");
    private final TableRows fundings = TableRows.added(
            "funding",
            "sequence bigint",
            "amount_minor bigint",
            "balance_minor bigint",
            "settled_at_ns bigint",
            "merchant_index integer",
            "mode text",
            "currency text",
            "id text",
            "funder text",
            "actor text");

    private final TableRows payoutTerms = TableRows.added(
            "payout_terms",
            "sequence bigint",
            "defined_at_ns bigint",
            "amount_min_minor bigint",
            "amount_max_minor bigint",
            "amount_per_day_minor bigint",
            "approved_up_to_minor bigint",
            "fee_min_minor bigint",
            "merchant_index integer",
            "fee_ppm integer",
            "tax_ppm integer",
            "count_per_day integer",
            "free_per_day integer",
            "cut_off_minute integer",
            "currency text",
            "id text",
            "actor text");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AdjustPoolCommandDecoder adjust = new AdjustPoolCommandDecoder();
    private final FundCommandDecoder fund = new FundCommandDecoder();
    private final DefinePayoutTermsCommandDecoder define = new DefinePayoutTermsCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds the adjustment of a record whose effects were added just before: their first pool is the adjusted one. */
    void addAdjustment(final RecordView record, final EffectRows effects) {
        adjust.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final String id = text.of(adjust::wrapId);
        adjust.skipMemberId();
        adjustments
                .row(record.shard())
                .bigint(record.sequence())
                .bigint(adjust.amountMinor())
                .bigint(record.nowNs())
                .integer(record.merchantIndex())
                .integer(effects.firstPoolMember())
                .text(adjust.bucket().name())
                .text(Currencies.code(adjust.currency()))
                .text(id)
                .text(text.of(adjust::wrapReason))
                .text(text.of(adjust::wrapActor));
    }

    /** Adds the funding of a record whose effects were added just before. */
    void addFunding(final RecordView record, final EffectRows effects) {
        fund.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final boolean hasMode =
                fund.modeRaw() == FundingMode.ACCRUE.value() || fund.modeRaw() == FundingMode.PREPAID.value();
        final String id = text.of(fund::wrapId);
        fundings.row(record.shard()).bigint(record.sequence()).bigint(fund.amountMinor());
        if (effects.hasAccount()) {
            fundings.bigint(effects.accountMinor());
        } else {
            fundings.none();
        }
        fundings.bigint(record.nowNs())
                .integer(record.merchantIndex())
                .text(hasMode ? fund.mode().name() : null)
                .text(Currencies.code(fund.currency()))
                .text(id)
                .text(text.of(fund::wrapFunder))
                .text(text.of(fund::wrapActor));
    }

    void addPayoutTerms(final RecordView record) {
        define.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        payoutTerms
                .row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigint(define.amountMinMinor())
                .bigint(define.amountMaxMinor())
                .bigint(define.amountPerDayMinor())
                .bigint(define.approvedUpToMinor())
                .bigint(define.feeMinMinor())
                .integer(record.merchantIndex())
                .integer(define.feePpm())
                .integer(define.taxPpm())
                .integer(define.countPerDay())
                .integer(define.freePerDay())
                .integer(define.cutOffMinute())
                .text(Currencies.code(define.currency()))
                .text(text.of(define::wrapId))
                .text(text.of(define::wrapActor));
    }

    List<TableRows> tables() {
        return List.of(adjustments, fundings, payoutTerms);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }
}
