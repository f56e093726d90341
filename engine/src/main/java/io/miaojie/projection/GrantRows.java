package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import java.util.List;

/**
 * Rows of grants: one when it is made, which never changes, and one for each later record that changed it, with its
 * state after that record. The current state is the last of them.
 */
final class GrantRows {
    private final TableRows plain = TableRows.added(
            "grant_entry",
            "sequence bigint",
            "amount_minor bigint",
            "order_index integer",
            "campaign_index integer",
            "member_index integer",
            "level smallint");
    private final TableRows held = TableRows.added(
            "grant_entry",
            "sequence bigint",
            "amount_minor bigint",
            "pending_minor bigint",
            "instant_minor bigint",
            "clawed_minor bigint",
            "release_at_ns bigint",
            "drawn bigint",
            "granted_at_ns bigint",
            "order_index integer",
            "campaign_index integer",
            "member_index integer",
            "level smallint",
            "released boolean");
    private final TableRows changes = TableRows.added(
            "grant_change",
            "sequence bigint",
            "amount_minor bigint",
            "pending_minor bigint",
            "instant_minor bigint",
            "clawed_minor bigint",
            "release_at_ns bigint",
            "settled_at_ns bigint",
            "order_index integer",
            "campaign_index integer",
            "member_index integer",
            "level smallint",
            "released boolean",
            "cause smallint");
    private final PoolRows pools;

    GrantRows(final PoolRows pools) {
        this.pools = pools;
    }

    /** Adds a grant of an order, -1: of none. The row of its payment tells when a plain one was made. */
    void add(final RecordView record, final EffectsReader grant, final int order) {
        final int member = pools.memberIndex(grant.pool());
        final boolean isNew = grant.creditedChangeMinor() == grant.creditedMinor();
        if (isNew && grant.clawedMinor() == 0) {
            pools.credited(grant.pool(), order, grant.creditedMinor() - grant.pendingMinor());
        } else {
            pools.changed(grant.pool(), order);
        }
        if (!isNew) {
            addChange(record, grant, order, member);
        } else if (record.isPayment() && !grant.isGrantExtended()) {
            plain.row(record.shard())
                    .bigint(record.sequence())
                    .bigint(grant.creditedMinor())
                    .integer(order)
                    .integer(grant.version())
                    .integer(member)
                    .smallint(grant.level());
        } else {
            addHeld(record, grant, order, member);
        }
    }

    List<TableRows> tables() {
        return List.of(plain, held, changes);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private void addHeld(final RecordView record, final EffectsReader grant, final int order, final int member) {
        held.row(record.shard())
                .bigint(record.sequence())
                .bigint(grant.creditedMinor())
                .bigint(grant.pendingMinor())
                .bigint(grant.instantMinor())
                .bigint(grant.clawedMinor())
                .bigintOrNull(0, grant.releaseAtNs())
                .bigintOrNull(0, grant.drawn())
                .bigint(record.nowNs())
                .integer(order)
                .integer(grant.version())
                .integer(member)
                .smallint(grant.level())
                .bool(grant.isReleased());
    }

    private void addChange(final RecordView record, final EffectsReader grant, final int order, final int member) {
        changes.row(record.shard())
                .bigint(record.sequence())
                .bigint(grant.creditedMinor())
                .bigint(grant.pendingMinor())
                .bigint(grant.instantMinor())
                .bigint(grant.clawedMinor())
                .bigintOrNull(0, grant.releaseAtNs())
                .bigint(record.nowNs())
                .integer(order)
                .integer(grant.version())
                .integer(member)
                .smallint(grant.level())
                .bool(grant.isReleased())
                .smallint(record.commandTemplate());
    }
}
