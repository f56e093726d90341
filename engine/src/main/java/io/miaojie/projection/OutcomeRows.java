package io.miaojie.projection;

import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.TickOutcomeDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The rows of one batch of records: what each record's command and outcome say, and nothing that a rule would have to
 * tell. Thread: the projector's, until the batch is handed to the sink.
 */
final class OutcomeRows {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final TickOutcomeDecoder tick = new TickOutcomeDecoder();
    private final DefinitionRows definitions;
    private final PaymentRows payments;
    private final AuditRows audit;
    private int recordCount;
    private long bytes;
    private long lastSequence;
    private long lastNowNs;
    private int lastCrc;

    OutcomeRows(final KeyOwners keyOwners, final List<KindDescriptor> kinds) {
        definitions = new DefinitionRows(keyOwners, kinds);
        payments = new PaymentRows(keyOwners);
        audit = new AuditRows(keyOwners);
    }

    /**
     * Adds a record.
     *
     * @throws ProjectionException when its command or outcome is of a type that this version does not know
     */
    void add(final DirectBuffer buffer, final int offset) {
        header.wrap(buffer, RecordLayout.outcomeOffset(buffer, offset));
        final int outcome = header.templateId();
        header.wrap(buffer, RecordLayout.commandOffset(offset));
        final int command = header.templateId();
        switch (outcome) {
            case RefusedOutcomeDecoder.TEMPLATE_ID -> {}
            case TickOutcomeDecoder.TEMPLATE_ID -> addTick(buffer, offset);
            case DefinedOutcomeDecoder.TEMPLATE_ID -> addDefinition(command, buffer, offset);
            case PaymentOutcomeDecoder.TEMPLATE_ID -> payments.add(buffer, offset);
            default -> throw unknown(buffer, offset, command, outcome);
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
        tables.add(audit.table());
        tables.removeIf(table -> table.count() == 0);
        return tables;
    }

    void clear() {
        definitions.clear();
        payments.clear();
        audit.table().clear();
        recordCount = 0;
        bytes = 0;
    }

    private void addTick(final DirectBuffer buffer, final int offset) {
        tick.wrapAndApplyHeader(buffer, RecordLayout.outcomeOffset(buffer, offset), header);
        for (final TickOutcomeDecoder.CampaignsDecoder campaign : tick.campaigns()) {
            definitions.addState(campaign.campaignIndex(), campaign.state());
        }
    }

    private void addDefinition(final int template, final DirectBuffer buffer, final int offset) {
        final int command = RecordLayout.commandOffset(offset);
        final long sequence = RecordLayout.sequence(buffer, offset);
        final long nowNs = RecordLayout.nowNs(buffer, offset);
        definitions.outcome(buffer, RecordLayout.outcomeOffset(buffer, offset));
        switch (template) {
            case OpenShardCommandDecoder.TEMPLATE_ID -> definitions.addShard(buffer, command, nowNs);
            case CreateMerchantCommandDecoder.TEMPLATE_ID -> definitions.addMerchant(buffer, command, sequence, nowNs);
            case CreateKeyCommandDecoder.TEMPLATE_ID -> definitions.addKey(buffer, command, sequence, nowNs);
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> definitions.addRevocation(nowNs);
            case DefineCampaignCommandDecoder.TEMPLATE_ID -> definitions.addCampaign(buffer, command, sequence, nowNs);
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID -> definitions.addState();
            default -> throw unknown(buffer, offset, template, DefinedOutcomeDecoder.TEMPLATE_ID);
        }
    }

    private static ProjectionException unknown(
            final DirectBuffer buffer, final int offset, final int command, final int outcome) {
        return new ProjectionException("a record of a type unknown to this version: sequence="
                + RecordLayout.sequence(buffer, offset) + " commandTemplate=" + command + " outcomeTemplate="
                + outcome + ", nothing is skipped");
    }
}
