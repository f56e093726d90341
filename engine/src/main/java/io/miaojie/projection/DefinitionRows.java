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
            TableRows.added("shard", "sandbox boolean", "clock_follows_events boolean", "opened_at_ns bigint");
    private final TableRows merchants = TableRows.added(
            "merchant",
            "sequence bigint",
            "created_at_ns bigint",
            "merchant_index integer",
            "utc_offset_minutes smallint",
            "currency text",
            "id text",
            "name text");
    private final TableRows keys = TableRows.added(
            "api_key",
            "sequence bigint",
            "created_at_ns bigint",
            "key_index integer",
            "merchant_index integer",
            "role text",
            "id text",
            "store_id text");
    private final TableRows revocations = TableRows.staged(
            "api_key_revocation",
            "update miaojie.api_key r set revoked_at_ns = t.revoked_at_ns from {rows}"
                    + " where r.shard = t.shard and r.key_index = t.key_index",
            "key_index integer",
            "revoked_at_ns bigint");
    private final TableRows campaigns = TableRows.added(
            "campaign",
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
    private final TableRows states = TableRows.staged(
            "campaign_state",
            "update miaojie.campaign r set state = s.state from ("
                    + "select distinct on (c.merchant_index, c.id) t.shard, c.merchant_index, c.id, t.state from {rows}"
                    + " join miaojie.campaign c on c.shard = t.shard and c.campaign_index = t.campaign_index"
                    + " order by c.merchant_index, c.id, t.ordinal desc) s"
                    + " where r.shard = s.shard and r.merchant_index = s.merchant_index and r.id = s.id",
            "campaign_index integer",
            "state text",
            "ordinal integer");

    private final TableRows targets = TableRows.added(
            "link_target",
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
    private int shard;

    DefinitionRows(final KeyOwners keyOwners, final List<KindDescriptor> kinds) {
        this.keyOwners = keyOwners;
        this.kinds = kinds;
    }

    /** Points at the outcome of the definition whose command is added next. */
    void outcome(final DirectBuffer buffer, final int offset, final int ofShard) {
        shard = ofShard;
        defined.wrapAndApplyHeader(buffer, offset, header);
    }

    void addShard(final DirectBuffer buffer, final int offset, final long nowNs) {
        openShard.wrapAndApplyHeader(buffer, offset, header);
        shards.row(shard)
                .bool(openShard.sandbox() == 1)
                .bool(openShard.clockFollowsEvents() == 1)
                .bigint(nowNs);
    }

    void addMerchant(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        createMerchant.wrapAndApplyHeader(buffer, offset, header);
        createMerchant.wrapId(text.view());
        final String id = text.text();
        createMerchant.wrapName(text.view());
        merchants
                .row(shard)
                .bigint(sequence)
                .bigint(nowNs)
                .integer(defined.index())
                .smallint(createMerchant.utcOffsetMinutes())
                .text(Currencies.code(createMerchant.currency()))
                .text(id)
                .text(text.text());
    }

    void addKey(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        createKey.wrapAndApplyHeader(buffer, offset, header);
        createKey.wrapId(text.view());
        final String id = text.text();
        createKey.skipMerchantId();
        createKey.wrapStoreId(text.view());
        keys.row(shard)
                .bigint(sequence)
                .bigint(nowNs)
                .integer(defined.index())
                .integer(defined.merchantIndex())
                .text(createKey.role().name())
                .text(id)
                .text(text.textOrNull());
        keyOwners.put(defined.index(), defined.merchantIndex());
    }

    void addRevocation(final long nowNs) {
        revocations.row(shard).integer(defined.index()).bigint(nowNs);
    }

    void addCampaign(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        final DefineCampaignCommandDecoder command = defineCampaign.wrapAndApplyHeader(buffer, offset, header);
        final CampaignText json = CampaignText.of(command, kinds);
        command.wrapId(text.view());
        final String id = text.text();
        command.wrapFunder(text.view());
        final String funder = text.text();
        command.wrapMetadata(text.view());
        campaigns
                .row(shard)
                .bigint(sequence)
                .bigint(nowNs)
                .bigintOrNull(0, command.startsAtNs())
                .bigintOrNull(0, command.endsAtNs())
                .bigintOrNull(UNBOUNDED, command.budgetAmountMinor())
                .bigintOrNull(UNBOUNDED, command.budgetCount())
                .bigintOrNull(UNBOUNDED, command.budgetPerDayMinor())
                .bigintOrNull(UNBOUNDED, command.budgetPerMemberMinor())
                .integer(defined.index())
                .integer(defined.merchantIndex())
                .integer(defined.version())
                .text(defined.state().name())
                .text(json.kind())
                .text(Currencies.code(command.currency()))
                .json(json.terms())
                .json(json.stores())
                .json(json.channels())
                .text(id)
                .text(funder)
                .text(text.textOrNull());
        addState();
    }

    void addTarget(final DirectBuffer buffer, final int offset, final long sequence, final long nowNs) {
        defineTarget.wrapAndApplyHeader(buffer, offset, header);
        final String id = text.of(defineTarget::wrapId);
        targets.row(shard)
                .bigint(sequence)
                .bigint(nowNs)
                .integer(defined.index())
                .integer(defined.merchantIndex())
                .text(id)
                .text(text.of(defineTarget::wrapUrl));
    }

    void addState() {
        addState(shard, defined.index(), defined.state());
    }

    void addState(final int ofShard, final int campaignIndex, final CampaignState state) {
        final int ordinal = states.count();
        states.row(ofShard).integer(campaignIndex).text(state.name()).integer(ordinal);
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        return List.of(shards, merchants, keys, revocations, campaigns, states, targets);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }
}
