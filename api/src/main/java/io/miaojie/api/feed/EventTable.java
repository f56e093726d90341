package io.miaojie.api.feed;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.miaojie.wire.codec.TickCommandDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.agrona.DirectBuffer;

/**
 * The one table from what a command was decided to, to the events that the feed tells of it: a line for each command
 * and its outcome. A record without a line is a fault, never skipped.
 *
 * <p>Thread: one.
 */
final class EventTable {
    /** Writes the events of one sort of record. */
    @FunctionalInterface
    interface Mapping {
        void map(DecidedRecord record, EventWriter out);
    }

    private static final Mapping NOTHING = (record, out) -> {};

    /** Stands for every command. */
    private static final int ANY = 0;

    private final Map<Integer, Mapping> lines = new HashMap<>();
    private final DecidedRecord record = new DecidedRecord();
    private final EventWriter out = new EventWriter();

    EventTable(final Directory directory, final List<KindDescriptor> kinds, final ResultCodes codes) {
        final DefinitionEvents definitions = new DefinitionEvents(directory, kinds);
        final SettledEvents settled = new SettledEvents(directory, kinds, codes);
        final TickEvents timers = new TickEvents(directory, kinds, codes);
        final GroupEvents groups = new GroupEvents(directory, kinds);
        final int defined = DefinedOutcomeDecoder.TEMPLATE_ID;

        line(ANY, RefusedOutcomeDecoder.TEMPLATE_ID, NOTHING);
        line(OpenShardCommandDecoder.TEMPLATE_ID, defined, NOTHING);
        line(CreateMerchantCommandDecoder.TEMPLATE_ID, defined, definitions::merchant);
        line(CreateKeyCommandDecoder.TEMPLATE_ID, defined, definitions::key);
        line(RevokeKeyCommandDecoder.TEMPLATE_ID, defined, definitions::revocation);
        line(DefineCampaignCommandDecoder.TEMPLATE_ID, defined, definitions::campaign);
        line(ChangeCampaignStateCommandDecoder.TEMPLATE_ID, defined, definitions::campaignState);
        line(TickCommandDecoder.TEMPLATE_ID, SettledOutcomeDecoder.TEMPLATE_ID, (tick, events) -> {
            definitions.tick(tick, events);
            timers.tick(tick, events);
            groups.write(tick, "tick", Long.toString(tick.sequence()), events);
        });
        line(DefineTargetCommandDecoder.TEMPLATE_ID, defined, settled.as(EventType.LINK_TARGET_DEFINED));
        writes().forEach((form, type) -> line(form.templateId(), SettledOutcomeDecoder.TEMPLATE_ID, settled.as(type)));
    }

    /** Every write that is answered with effects, and what the feed calls it. */
    private static Map<Form, EventType> writes() {
        return Map.ofEntries(
                Map.entry(Forms.PAYMENT, EventType.PAYMENT_SETTLED),
                Map.entry(Forms.ORDER, EventType.ORDER_PLACED),
                Map.entry(Forms.ORDER_CANCEL, EventType.ORDER_CANCELLED),
                Map.entry(Forms.AFTER_SALE, EventType.AFTER_SALE_CHANGED),
                Map.entry(Forms.REFUND, EventType.REFUND_SETTLED),
                Map.entry(Forms.DELIVERY, EventType.DELIVERY_SETTLED),
                Map.entry(Forms.MEMBER, EventType.MEMBER_REGISTERED),
                Map.entry(Forms.REFERRER, EventType.MEMBER_BOUND),
                Map.entry(Forms.SHARE_LINK, EventType.SHARE_LINK_CREATED),
                Map.entry(Forms.TOUCH, EventType.TOUCH_RECORDED),
                Map.entry(Forms.WITHDRAWAL, EventType.WITHDRAWAL_REQUESTED),
                Map.entry(Forms.DECISION, EventType.WITHDRAWAL_DECIDED),
                Map.entry(Forms.SUBMISSION, EventType.WITHDRAWAL_SUBMITTED),
                Map.entry(Forms.REPORT, EventType.WITHDRAWAL_REPORTED),
                Map.entry(Forms.ADJUSTMENT, EventType.POOL_ADJUSTED),
                Map.entry(Forms.FUNDING, EventType.FUNDER_FUNDED),
                Map.entry(Forms.PAYOUT_TERMS, EventType.PAYOUT_TERMS_DEFINED),
                Map.entry(Forms.CLOCK, EventType.CLOCK_MOVED),
                Map.entry(Forms.RISK_RULES, EventType.RISK_RULES_DEFINED),
                Map.entry(Forms.REVIEW, EventType.ORDER_REVIEWED),
                Map.entry(Forms.ACTION, EventType.CAMPAIGN_ACTED));
    }

    private void line(final int command, final int outcome, final Mapping mapping) {
        lines.put(key(command, outcome), mapping);
    }

    /** Returns whether a record of this command and outcome has a line; 0: any command, or any outcome. */
    boolean hasLine(final int command, final int outcome) {
        return lines.keySet().stream()
                .anyMatch(key ->
                        (command == 0 || key >> Byte.SIZE == command) && (outcome == 0 || (key & 0xFF) == outcome));
    }

    /** Returns the events of a record for the merchants that are wanted; the list is valid until the next call. */
    List<FeedEvent> events(final DirectBuffer buffer, final int offset, final IntPredicate isWanted) {
        record.wrap(buffer, offset);
        Mapping mapping = lines.get(key(record.commandTemplate(), record.outcomeTemplate()));
        if (mapping == null) {
            mapping = lines.get(key(ANY, record.outcomeTemplate()));
        }
        if (mapping == null) {
            throw new IllegalStateException("the feed has no line for this record: sequence=" + record.sequence()
                    + " commandTemplate=" + record.commandTemplate() + " outcomeTemplate="
                    + record.outcomeTemplate());
        }
        out.open(record, isWanted);
        mapping.map(record, out);
        return out.close();
    }

    private static int key(final int command, final int outcome) {
        return command << Byte.SIZE | outcome;
    }
}
