package io.miaojie.projection;

import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.TouchCommandDecoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows of what brings members: registrations, share links and their touches. */
final class ReferralRows {
    /** The first registration keeps its time; of the rest the last that says something counts. */
    private final TableRows registrations = TableRows.staged(
            "registration",
            "update miaojie.member r set registered_sequence = coalesce(r.registered_sequence, t.sequence),"
                    + " registered_at_ns = coalesce(r.registered_at_ns, t.registered_at_ns),"
                    + " grade = coalesce(t.grade, r.grade), roles = coalesce(t.roles, r.roles),"
                    + " store_id = coalesce(t.store_id, r.store_id), channel = coalesce(t.channel, r.channel),"
                    + " metadata = coalesce(t.metadata, r.metadata) from ("
                    + "select shard, member_index, min(sequence) as sequence,"
                    + " (array_agg(registered_at_ns order by sequence))[1] as registered_at_ns, "
                    + Stream.of("grade", "roles", "store_id", "channel", "metadata")
                            .map(column -> TableRows.last(column, "sequence"))
                            .collect(Collectors.joining(", "))
                    + " from {rows} group by shard, member_index) t"
                    + " where r.shard = t.shard and r.member_index = t.member_index",
            "sequence bigint",
            "registered_at_ns bigint",
            "member_index integer",
            "grade smallint",
            "roles smallint",
            "store_id text",
            "channel text",
            "metadata text");

    private final TableRows links = TableRows.upserted(
            "share_link",
            "on conflict (shard, link_index) do nothing",
            "sequence bigint",
            "created_at_ns bigint",
            "expires_at_ns bigint",
            "link_index integer",
            "merchant_index integer",
            "token text",
            "id text",
            "owner_id text",
            "target_id text",
            "campaign_id text",
            "channel text");
    private final TableRows linkEnds = TableRows.staged(
            "share_link_end",
            "update miaojie.share_link r set expires_at_ns = t.expires_at_ns from ("
                    + "select distinct on (link_index) * from {rows} order by link_index, ordinal desc) t"
                    + " where r.shard = t.shard and r.link_index = t.link_index",
            "expires_at_ns bigint",
            "link_index integer",
            "ordinal integer");
    private final TableRows touches = TableRows.added(
            "touch",
            "sequence bigint",
            "touched_at_ns bigint",
            "merchant_index integer",
            "id text",
            "token text",
            "visitor_id text",
            "member_id text",
            "code text");

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RegisterMemberCommandDecoder register = new RegisterMemberCommandDecoder();
    private final CreateLinkCommandDecoder create = new CreateLinkCommandDecoder();
    private final TouchCommandDecoder touch = new TouchCommandDecoder();
    private final SbeText text = new SbeText();

    /** Adds the registration of a record whose effects were added just before. */
    void addRegistration(final RecordView record, final EffectRows effects) {
        register.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        register.identities().forEach(RegisterMemberCommandDecoder.IdentitiesDecoder::sbeSkip);
        register.skipId();
        register.skipReferrerId();
        register.skipVisitorId();
        registrations
                .row(record.shard())
                .bigint(record.sequence())
                .bigint(saidAtNs(record))
                .integer(effects.firstMember())
                .smallintOrNull(0, register.grade())
                .smallintOrNull(0, register.roles())
                .textOrNull(text.wrapped(register::wrapStoreId))
                .textOrNull(text.wrapped(register::wrapChannel))
                .textOrNull(text.wrapped(register::wrapMetadata));
    }

    /** Adds the share link of a record whose effects were added just before: made now, or known and made to last. */
    void addLink(final RecordView record, final EffectRows effects) {
        create.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        final String id = text.of(create::wrapId);
        create.skipToken();
        linkEnds.row(record.shard())
                .bigintOrNull(0, effects.linkExpiresAtNs())
                .integer(effects.link())
                .integer(links.count());
        links.row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigintOrNull(0, effects.linkExpiresAtNs())
                .integer(effects.link())
                .integer(record.merchantIndex())
                .text(effects.linkToken())
                .text(id)
                .textOrNull(text.wrapped(create::wrapOwnerId))
                .textOrNull(text.wrapped(create::wrapTargetId))
                .textOrNull(text.wrapped(create::wrapCampaignId))
                .textOrNull(text.wrapped(create::wrapChannel));
    }

    /** Adds the touch of a record whose effects were added just before. */
    void addTouch(final RecordView record, final EffectRows effects) {
        touch.wrapAndApplyHeader(record.buffer(), record.commandOffset(), header);
        touches.row(record.shard())
                .bigint(record.sequence())
                .bigint(saidAtNs(record))
                .integer(record.merchantIndex())
                .textOrNull(text.wrapped(touch::wrapId))
                .textOrNull(text.wrapped(touch::wrapToken))
                .textOrNull(text.wrapped(touch::wrapVisitorId))
                .textOrNull(text.wrapped(touch::wrapMemberId))
                .text(effects.factCode() == 0 ? null : ResultNames.name(effects.factCode()));
    }

    List<TableRows> tables() {
        return List.of(registrations, links, linkEnds, touches);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    /** Returns the business time of the command, or when it was settled. */
    private static long saidAtNs(final RecordView record) {
        return record.atNs() == 0 ? record.nowNs() : record.atNs();
    }
}
