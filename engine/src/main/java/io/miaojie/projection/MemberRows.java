package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import java.util.List;

/** Rows of members: one when it is made, changed by what names or binds it later, and one for each binding. */
final class MemberRows {
    private final TableRows members = TableRows.added(
            "member",
            "sequence bigint",
            "created_at_ns bigint",
            "bound_until_ns bigint",
            "member_index integer",
            "merchant_index integer",
            "referrer_index integer",
            "provisional boolean",
            "id text");
    /**
     * The last record of the batch counts; a name that a member had before stays as its provisional one. Not every
     * record says the name, and those before a member is taken over say its provisional one: the last that is said
     * counts.
     */
    private final TableRows changes = TableRows.staged(
            "member_change",
            "update miaojie.member r set id = coalesce(t.id, r.id), provisional = t.provisional,"
                    + " provisional_id = case when t.id <> r.id then r.id else r.provisional_id end,"
                    + " referrer_index = t.referrer_index, bound_until_ns = t.bound_until_ns from ("
                    + "select distinct on (member_index) shard, bound_until_ns, member_index, referrer_index,"
                    + " provisional, (array_agg(id) filter (where id is not null) over (partition by member_index"
                    + " order by ordinal desc rows between unbounded preceding and unbounded following))[1] as id"
                    + " from {rows}"
                    + " order by member_index, ordinal desc) t"
                    + " where r.shard = t.shard and r.member_index = t.member_index",
            "bound_until_ns bigint",
            "member_index integer",
            "referrer_index integer",
            "ordinal integer",
            "provisional boolean",
            "id text");

    private final TableRows bindings = TableRows.added(
            "binding",
            "sequence bigint",
            "bound_at_ns bigint",
            "bound_until_ns bigint",
            "member_index integer",
            "referrer_index integer",
            "cause smallint");

    /** Adds a member of the record at hand; an id is null where nothing names it anew. */
    void add(final RecordView record, final EffectsReader member, final String id) {
        if (member.isMemberMade()) {
            addMade(record, member, id);
        } else {
            final int ordinal = changes.count();
            changes.row(record.shard())
                    .bigintOrNull(0, member.boundUntilNs())
                    .integer(member.member())
                    .indexOrNull(member.referrer())
                    .integer(ordinal)
                    .bool(member.isMemberProvisional())
                    .text(id);
        }
        if (member.isMemberBound()) {
            bindings.row(record.shard())
                    .bigint(record.sequence())
                    .bigint(record.nowNs())
                    .bigintOrNull(0, member.boundUntilNs())
                    .integer(member.member())
                    .indexOrNull(member.referrer())
                    .smallint(record.commandTemplate());
        }
    }

    List<TableRows> tables() {
        return List.of(members, changes, bindings);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private void addMade(final RecordView record, final EffectsReader member, final String id) {
        members.row(record.shard())
                .bigint(record.sequence())
                .bigint(record.nowNs())
                .bigintOrNull(0, member.boundUntilNs())
                .integer(member.member())
                .integer(record.merchantIndex())
                .indexOrNull(member.referrer())
                .bool(member.isMemberProvisional())
                .text(id);
    }
}
