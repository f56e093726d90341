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
    private final TableRows adjustments = TableRows.insert(
            "adjustment",
            "",
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
    private final TableRows fundings = TableRows.insert(
            "funding",
            "",
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

    private final TableRows payoutTerms = TableRows.insert(
            "payout_terms",
            "",
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
        adjustments.add(
                record.sequence(),
                adjust.amountMinor(),
                record.nowNs(),
                record.merchantIndex(),
                effects.firstPoolMember(),
                adjust.bucket().name(),
                Currencies.code(adjust.currency()),
                id,
                text.of(adjust::wrapReason),
                text.of(adjust::wrapActor));
    }

    /** Adds the funding of a record whose effects were added just before. */
    void addFunding(final RecordView record, final EffectRows effects) {
        fund.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final boolean hasMode =
                fund.modeRaw() == FundingMode.ACCRUE.value() || fund.modeRaw() == FundingMode.PREPAID.value();
        final String id = text.of(fund::wrapId);
        fundings.add(
                record.sequence(),
                fund.amountMinor(),
                effects.accountMinor(),
                record.nowNs(),
                record.merchantIndex(),
                hasMode ? fund.mode().name() : null,
                Currencies.code(fund.currency()),
                id,
                text.of(fund::wrapFunder),
                text.of(fund::wrapActor));
    }

    void addPayoutTerms(final RecordView record) {
        define.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        payoutTerms.add(
                record.sequence(),
                record.nowNs(),
                define.amountMinMinor(),
                define.amountMaxMinor(),
                define.amountPerDayMinor(),
                define.approvedUpToMinor(),
                define.feeMinMinor(),
                record.merchantIndex(),
                define.feePpm(),
                define.taxPpm(),
                define.countPerDay(),
                define.freePerDay(),
                define.cutOffMinute(),
                Currencies.code(define.currency()),
                text.of(define::wrapId),
                text.of(define::wrapActor));
    }

    List<TableRows> tables() {
        return List.of(adjustments, fundings, payoutTerms);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }
}
