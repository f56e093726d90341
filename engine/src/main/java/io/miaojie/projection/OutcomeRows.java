package io.miaojie.projection;

import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.ActionCommandDecoder;
import io.miaojie.wire.codec.AdjustPoolCommandDecoder;
import io.miaojie.wire.codec.AdvanceClockCommandDecoder;
import io.miaojie.wire.codec.AfterSaleCommandDecoder;
import io.miaojie.wire.codec.BindReferrerCommandDecoder;
import io.miaojie.wire.codec.CancelOrderCommandDecoder;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DecideWithdrawalCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;
import io.miaojie.wire.codec.DefineRiskRulesCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.DeliveryCommandDecoder;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;
import io.miaojie.wire.codec.RefundCommandDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.ReportWithdrawalCommandDecoder;
import io.miaojie.wire.codec.RequestWithdrawalCommandDecoder;
import io.miaojie.wire.codec.ReviewOrderCommandDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.miaojie.wire.codec.SubmitWithdrawalCommandDecoder;
import io.miaojie.wire.codec.TickCommandDecoder;
import io.miaojie.wire.codec.TouchCommandDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The rows of one batch of records: what each record's command and outcome say, and nothing that a rule would have to
 * tell. Thread: the projector's, until the batch is handed to the sink.
 */
final class OutcomeRows {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DefinitionRows definitions;
    private final EffectRows effects;
    private final PaymentRows payments = new PaymentRows();
    private final RefundRows refunds = new RefundRows();
    private final ReferralRows referrals = new ReferralRows();
    private final AccountRows accounts = new AccountRows();
    private final RecordView record;
    private final AuditRows audit;
    private int recordCount;
    private long bytes;
    private long lastSequence;
    private long lastNowNs;
    private int lastCrc;

    OutcomeRows(final KeyOwners keyOwners, final List<KindDescriptor> kinds) {
        definitions = new DefinitionRows(keyOwners, kinds);
        effects = new EffectRows(definitions);
        record = new RecordView(keyOwners);
        audit = new AuditRows(keyOwners);
    }

    /**
     * Adds a record.
     *
     * @throws ProjectionException when its command or outcome is of a type that this version does not know
     */
    void add(final DirectBuffer buffer, final int offset) {
        record.wrap(buffer, offset);
        switch (record.outcomeTemplate()) {
            case RefusedOutcomeDecoder.TEMPLATE_ID -> {}
            case DefinedOutcomeDecoder.TEMPLATE_ID -> addDefinition(record.commandTemplate(), buffer, offset);
            case SettledOutcomeDecoder.TEMPLATE_ID -> {
                effects.add(record);
                addFact();
            }
            default -> throw unknown();
        }
        audit.add(buffer, offset);
        recordCount++;
        bytes += RecordLayout.length(buffer, offset);
        lastSequence = RecordLayout.sequence(buffer, offset);
        lastNowNs = RecordLayout.nowNs(buffer, offset);
        lastCrc = RecordLayout.crc(buffer, offset);
    }

    int recordCount() {
        return recordCount;
    }

    long bytes() {
        return bytes;
    }

    long firstSequence() {
        return lastSequence - recordCount + 1;
    }

    long lastSequence() {
        return lastSequence;
    }

    long lastNowNs() {
        return lastNowNs;
    }

    int lastCrc() {
        return lastCrc;
    }

    /** Returns the statements of this batch that have rows, in the order in which they are to run. */
    List<TableRows> tables() {
        final List<TableRows> tables = new ArrayList<>(definitions.tables());
        tables.addAll(payments.tables());
        tables.addAll(effects.tables());
        tables.addAll(refunds.tables());
        tables.addAll(referrals.tables());
        tables.addAll(accounts.tables());
        tables.add(audit.table());
        tables.removeIf(table -> table.count() == 0);
        return tables;
    }

    void clear() {
        definitions.clear();
        payments.clear();
        effects.clear();
        refunds.clear();
        referrals.clear();
        accounts.clear();
        audit.table().clear();
        recordCount = 0;
        bytes = 0;
    }

    private void addDefinition(final int template, final DirectBuffer buffer, final int offset) {
        final int command = RecordLayout.commandOffset(offset);
        final long sequence = RecordLayout.sequence(buffer, offset);
        final long nowNs = RecordLayout.nowNs(buffer, offset);
        definitions.outcome(buffer, RecordLayout.outcomeOffset(buffer, offset), record.shard());
        switch (template) {
            case OpenShardCommandDecoder.TEMPLATE_ID -> definitions.addShard(buffer, command, nowNs);
            case CreateMerchantCommandDecoder.TEMPLATE_ID -> definitions.addMerchant(buffer, command, sequence, nowNs);
            case CreateKeyCommandDecoder.TEMPLATE_ID -> definitions.addKey(buffer, command, sequence, nowNs);
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> definitions.addRevocation(nowNs);
            case DefineCampaignCommandDecoder.TEMPLATE_ID -> definitions.addCampaign(buffer, command, sequence, nowNs);
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID -> definitions.addState();
            case DefineTargetCommandDecoder.TEMPLATE_ID -> definitions.addTarget(buffer, command, sequence, nowNs);
            default -> throw unknown();
        }
    }

    /** Adds what the command itself says, beside its effects. */
    private void addFact() {
        switch (record.commandTemplate()) {
            case PaymentCommandDecoder.TEMPLATE_ID -> payments.add(record, effects);
            case RefundCommandDecoder.TEMPLATE_ID -> refunds.addRefund(record, effects);
            case DeliveryCommandDecoder.TEMPLATE_ID -> refunds.addDelivery(record, effects);
            case RegisterMemberCommandDecoder.TEMPLATE_ID -> referrals.addRegistration(record, effects);
            case CreateLinkCommandDecoder.TEMPLATE_ID -> referrals.addLink(record, effects);
            case TouchCommandDecoder.TEMPLATE_ID -> referrals.addTouch(record, effects);
            case AdjustPoolCommandDecoder.TEMPLATE_ID -> accounts.addAdjustment(record, effects);
            case FundCommandDecoder.TEMPLATE_ID -> accounts.addFunding(record, effects);
            case DefinePayoutTermsCommandDecoder.TEMPLATE_ID -> accounts.addPayoutTerms(record);
            case PlaceOrderCommandDecoder.TEMPLATE_ID,
                    CancelOrderCommandDecoder.TEMPLATE_ID,
                    AfterSaleCommandDecoder.TEMPLATE_ID,
                    BindReferrerCommandDecoder.TEMPLATE_ID,
                    DefineRiskRulesCommandDecoder.TEMPLATE_ID,
                    ReviewOrderCommandDecoder.TEMPLATE_ID,
                    RequestWithdrawalCommandDecoder.TEMPLATE_ID,
                    DecideWithdrawalCommandDecoder.TEMPLATE_ID,
                    SubmitWithdrawalCommandDecoder.TEMPLATE_ID,
                    ReportWithdrawalCommandDecoder.TEMPLATE_ID,
                    ChangeCampaignStateCommandDecoder.TEMPLATE_ID,
                    AdvanceClockCommandDecoder.TEMPLATE_ID,
                    ActionCommandDecoder.TEMPLATE_ID,
                    TickCommandDecoder.TEMPLATE_ID -> {}
            default -> throw unknown();
        }
    }

    private ProjectionException unknown() {
        return new ProjectionException("a record of a type unknown to this version: sequence=" + record.sequence()
                + " commandTemplate=" + record.commandTemplate() + " outcomeTemplate=" + record.outcomeTemplate()
                + ", nothing is skipped");
    }
}
