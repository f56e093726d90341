package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.util.List;

/** Rows of what operators move by hand: adjustments of pools, fundings. */
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

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AdjustPoolCommandDecoder adjust = new AdjustPoolCommandDecoder();
    private final FundCommandDecoder fund = new FundCommandDecoder();
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

    List<TableRows> tables() {
        return List.of(adjustments, fundings);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }
}
