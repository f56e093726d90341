package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import java.util.List;

/** Rows of members: one when it is made, changed by what names or binds it later, and one for each binding. */
final class MemberRows {
    private final TableRows members = TableRows.insert(
            "member",
            "",
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
    private final TableRows changes = TableRows.of(
            "update miaojie.member r set id = coalesce(t.id, r.id), provisional = t.provisional,"
                    + " provisional_id = case when t.id <> r.id then r.id else r.provisional_id end,"
                    + " referrer_index = t.referrer_index, bound_until_ns = t.bound_until_ns from ("
                    + "select distinct on (member_index) bound_until_ns, member_index, referrer_index, provisional,"
                    + " (array_agg(id) filter (where id is not null) over (partition by member_index order by ordinal"
                    + " desc rows between unbounded preceding and unbounded following))[1] as id from {rows}"
                    + " order by member_index, ordinal desc) t"
                    + " where r.shard = $1::smallint and r.member_index = t.member_index",
            "bound_until_ns bigint",
            "member_index integer",
            "referrer_index integer",
            "ordinal integer",
            "provisional boolean",
            "id text");

    private final TableRows bindings = TableRows.insert(
            "binding",
            "",
            "sequence bigint",
            "bound_at_ns bigint",
            "bound_until_ns bigint",
            "member_index integer",
            "referrer_index integer",
            "cause smallint");

    /** Adds a member of the record at hand; an id is null where nothing names it anew. */
    void add(final RecordView record, final EffectsReader member, final String id) {
        final Integer referrer = member.referrer() < 0 ? null : member.referrer();
        final Long boundUntilNs = DefinitionRows.nullIf(0, member.boundUntilNs());
        if (member.isMemberMade()) {
            addMade(record, member.member(), member.isMemberProvisional(), id, referrer, boundUntilNs);
        } else {
            changes.add(boundUntilNs, member.member(), referrer, changes.count(), member.isMemberProvisional(), id);
        }
        if (member.isMemberBound()) {
            bindings.add(record.sequence(), record.nowNs(), boundUntilNs, member.member(), referrer, (short)
                    record.commandTemplate());
        }
    }

    List<TableRows> tables() {
        return List.of(members, changes, bindings);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private void addMade(
            final RecordView record,
            final int member,
            final boolean isProvisional,
            final String id,
            final Integer referrer,
            final Long boundUntilNs) {
        members.add(
                record.sequence(),
                record.nowNs(),
                boundUntilNs,
                member,
                record.merchantIndex(),
                referrer,
                isProvisional,
                id);
    }
}
