package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import java.util.List;
import org.agrona.DirectBuffer;

/** Rows of the definitions: shard, merchants, keys, campaigns and their states. They are few. */
final class DefinitionRows {
    private static final int UNBOUNDED = -1;

    private final TableRows shards =
            TableRows.insert("shard", "", "sandbox boolean", "clock_follows_events boolean", "opened_at_ns bigint");
    private final TableRows merchants = TableRows.insert(
            "merchant",
            "",
            "sequence bigint",
            "created_at_ns bigint",
            "merchant_index integer",
            "utc_offset_minutes smallint",
            "currency text",
            "id text",
            "name text");
    private final TableRows keys = TableRows.insert(
            "api_key",
            "",
            "sequence bigint",
            "created_at_ns bigint",
            "key_index integer",
            "merchant_index integer",
            "role text",
            "id text",
            "store_id text");
    private final TableRows revocations = TableRows.of(
            "update miaojie.api_key r set revoked_at_ns = t.revoked_at_ns from {rows}"
                    + " where r.shard = $1::smallint and r.key_index = t.key_index",
            "key_index integer",
            "revoked_at_ns bigint");
    private final TableRows campaigns = TableRows.insert(
            "campaign",
            "",
            "sequence bigint",
            "created_at_ns bigint",
            "starts_at_ns bigint",
            "ends_at_ns bigint",
            "budget_amount_minor bigint",
            "budget_count bigint",
            "budget_per_day_minor bigint",
            "budget_per_member_minor bigint",
            "campaign_index integer",
            "merchant_index integer",
            "version integer",
            "state text",
            "kind text",
            "currency text",
            "terms jsonb",
            "stores jsonb",
            "channels jsonb",
            "id text",
            "funder text",
            "metadata text");
    /** All versions of a campaign share one state, whichever of them a record names; the last record counts. */
    private final TableRows states = TableRows.of(
            "update miaojie.campaign r set state = s.state from ("
                    + "select distinct on (c.merchant_index, c.id) c.merchant_index, c.id, t.state from {rows}"
                    + " join miaojie.campaign c on c.shard = $1::smallint and c.campaign_index = t.campaign_index"
                    + " order by c.merchant_index, c.id, t.ordinal desc) s"
                    + " where r.shard = $1::smallint and r.merchant_index = s.merchant_index and r.id = s.id",
            "campaign_index integer",
            "state text",
            "ordinal integer");

    private final TableRows targets = TableRows.insert(
            "link_target",
            "",
            "sequence bigint",
            "created_at_ns bigint",
            "target_index integer",
            "merchant_index integer",
            "id text",
            "url text");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final DefinedOutcomeDecoder defined = new DefinedOutcomeDecoder();
    private final OpenShardCommandDecoder openShard = new OpenShardCommandDecoder();
    private final CreateMerchantCommandDecoder createMerchant = new CreateMerchantCommandDecoder();
    private final CreateKeyCommandDecoder createKey = new CreateKeyCommandDecoder();
    private final DefineCampaignCommandDecoder defineCampaign = new DefineCampaignCommandDecoder();
    private final DefineTargetCommandDecoder defineTarget = new DefineTargetCommandDecoder();
    private final SbeText text = new SbeText();
    private final KeyOwners keyOwners;
    private final List<KindDescriptor> kinds;

    DefinitionRows(final KeyOwners keyOwners, final List<KindDescriptor> kinds) {
        this.keyOwners = keyOwners;
        this.kinds = kinds;
    }

    /** Points at the outcome of the definition whose command is added next. */
    void outcome(final DirectBuffer buffer, final int offset) {
        defined.wrapAndApplyHeader(buffer, offset, header);
    }

    void addShard(final DirectBuffer buffer, final int offset, final long nowNs) {
        openShard.wrapAndApplyHeader(buffer, offset, header);
        shards.add(openShard.sandbox() == 1, openShard.clockFollowsEvents() == 1, nowNs);
    }

    void addMerchant(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        createMerchant.wrapAndApplyHeader(buffer, offset, header);
        createMerchant.wrapId(text.view());
        final String id = text.text();
        createMerchant.wrapName(text.view());
        merchants.add(
                sequence,
                nowNs,
                defined.index(),
                createMerchant.utcOffsetMinutes(),
                Currencies.code(createMerchant.currency()),
                id,
                text.text());
    }

    void addKey(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        createKey.wrapAndApplyHeader(buffer, offset, header);
        createKey.wrapId(text.view());
        final String id = text.text();
        createKey.skipMerchantId();
        createKey.wrapStoreId(text.view());
        keys.add(
                sequence,
                nowNs,
                defined.index(),
                defined.merchantIndex(),
                createKey.role().name(),
                id,
                text.textOrNull());
        keyOwners.put(defined.index(), defined.merchantIndex());
    }

    void addRevocation(final long nowNs) {
        revocations.add(defined.index(), nowNs);
    }

    void addCampaign(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        final DefineCampaignCommandDecoder command = defineCampaign.wrapAndApplyHeader(buffer, offset, header);
        final CampaignText json = CampaignText.of(command, kinds);
        command.wrapId(text.view());
        final String id = text.text();
        command.wrapFunder(text.view());
        final String funder = text.text();
        command.wrapMetadata(text.view());
        campaigns.add(
                sequence,
                nowNs,
                nullIf(0, command.startsAtNs()),
                nullIf(0, command.endsAtNs()),
                nullIf(UNBOUNDED, command.budgetAmountMinor()),
                nullIf(UNBOUNDED, command.budgetCount()),
                nullIf(UNBOUNDED, command.budgetPerDayMinor()),
                nullIf(UNBOUNDED, command.budgetPerMemberMinor()),
                defined.index(),
                defined.merchantIndex(),
                defined.version(),
                defined.state().name(),
                json.kind(),
                Currencies.code(command.currency()),
                json.terms(),
                json.stores(),
                json.channels(),
                id,
                funder,
                text.textOrNull());
        addState();
    }

    void addTarget(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        defineTarget.wrapAndApplyHeader(buffer, offset, header);
        final String id = text.of(defineTarget::wrapId);
        targets.add(sequence, nowNs, defined.index(), defined.merchantIndex(), id, text.of(defineTarget::wrapUrl));
    }

    void addState() {
        addState(defined.index(), defined.state());
    }

    void addState(final int campaignIndex, final CampaignState state) {
        states.add(campaignIndex, state.name(), states.count());
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        return List.of(shards, merchants, keys, revocations, campaigns, states, targets);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    static Long nullIf(final long absent, final long value) {
        return value == absent ? null : value;
    }
}
