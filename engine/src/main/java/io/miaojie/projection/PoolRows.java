package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.Bucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Rows of pools: the last state of each in the batch, and its state after each record whose effect on it does not
 * already stand in the rows of new grants. A plain credit therefore costs no row beside its grant's.
 */
final class PoolRows {
    private static final int BUCKET_COUNT = Bucket.DEBT.value() + 1;
    private static final int MEMBER_SHIFT = 16;
    private static final int NONE = -1;
    private static final int MANY_ORDERS = -2;

    /** Pools are there already as a rule, so an insert that falls back on an update would look for each twice. */
    private final TableRows pools = TableRows.staged(
            "pool",
            "merge into miaojie.pool r using {rows} on r.shard = t.shard and r.member_index = t.member_index"
                    + " and r.currency = t.currency when matched then update set as_of_sequence = t.as_of_sequence,"
                    + " pending_minor = t.pending_minor, spendable_minor = t.spendable_minor,"
                    + " withdrawable_minor = t.withdrawable_minor, locked_minor = t.locked_minor,"
                    + " debt_minor = t.debt_minor when not matched then insert (shard, as_of_sequence, pending_minor,"
                    + " spendable_minor, withdrawable_minor, locked_minor, debt_minor, member_index, currency)"
                    + " values (t.shard, t.as_of_sequence, t.pending_minor, t.spendable_minor, t.withdrawable_minor,"
                    + " t.locked_minor, t.debt_minor, t.member_index, t.currency)",
            "as_of_sequence bigint",
            "pending_minor bigint",
            "spendable_minor bigint",
            "withdrawable_minor bigint",
            "locked_minor bigint",
            "debt_minor bigint",
            "member_index integer",
            "currency text");

    private final TableRows changes = TableRows.added(
            "pool_change",
            "sequence bigint",
            "pending_minor bigint",
            "spendable_minor bigint",
            "withdrawable_minor bigint",
            "locked_minor bigint",
            "debt_minor bigint",
            "settled_at_ns bigint",
            "member_index integer",
            "order_index integer",
            "cause smallint",
            "currency text");

    /** One pool within the batch, and what the record at hand did to it. */
    private static final class Pool {
        private final long[] buckets = new long[BUCKET_COUNT];
        private int shard;
        private int memberIndex;
        private String currency;
        private long sequence;
        private long atHandMinor;
        private boolean isCredited;
        private boolean isChanged;
        private int orderIndex;

        void ofOrder(final int order) {
            if (orderIndex == NONE) {
                orderIndex = order;
            } else if (orderIndex != order) {
                orderIndex = MANY_ORDERS;
            }
        }

        /**
         * Tells whether new grants alone explain the state. A member who owes has nothing at hand, so when less is at
         * hand than was just credited, the credit paid debt.
         */
        boolean isExplained() {
            return isCredited
                    && !isChanged
                    && buckets[Bucket.DEBT.value()] == 0
                    && buckets[Bucket.SPENDABLE.value()] + buckets[Bucket.WITHDRAWABLE.value()] >= atHandMinor;
        }
    }

    private final Long2ObjectHashMap<Pool> lastPools = new Long2ObjectHashMap<>();
    private final List<Pool> recordPools = new ArrayList<>();

    /** Pools of this batch, and after them those that larger batches before it had. */
    private final List<Pool> madePools = new ArrayList<>();

    /** Adds a pool of the record at hand, all buckets at zero; its ordinal is the number of those added before. */
    int add(final RecordView record, final int member, final int currency) {
        final Pool pool = pool(member, currency);
        pool.shard = record.shard();
        pool.sequence = record.sequence();
        recordPools.add(pool);
        return recordPools.size() - 1;
    }

    /** Sets a bucket of a pool of the record at hand; debt is what is owed. */
    void balance(final int ordinal, final int bucket, final long amountMinor) {
        recordPools.get(ordinal).buckets[bucket] = amountMinor;
    }

    /** Returns the ordinal of a member's pool in the record at hand, -1: there is none. */
    int ordinal(final int member) {
        for (int ordinal = 0; ordinal < recordPools.size(); ordinal++) {
            if (recordPools.get(ordinal).memberIndex == member) {
                return ordinal;
            }
        }
        return NONE;
    }

    int memberIndex(final int ordinal) {
        return recordPools.get(ordinal).memberIndex;
    }

    String currency(final int ordinal) {
        return recordPools.get(ordinal).currency;
    }

    /**
     * Says that a new grant of an order, -1: of none, was credited to a pool of the record at hand.
     *
     * @param atHandMinor what of it is not pending
     */
    void credited(final int ordinal, final int order, final long atHandMinor) {
        final Pool pool = recordPools.get(ordinal);
        pool.isCredited = true;
        pool.atHandMinor += atHandMinor;
        pool.ofOrder(order);
    }

    /** Says that anything else of an order, -1: of none, changed a pool of the record at hand. */
    void changed(final int ordinal, final int order) {
        final Pool pool = recordPools.get(ordinal);
        pool.isChanged = true;
        pool.ofOrder(order);
    }

    /** Ends the record at hand. */
    void end(final RecordView record) {
        for (int ordinal = 0; ordinal < recordPools.size(); ordinal++) {
            final Pool pool = recordPools.get(ordinal);
            if (!pool.isExplained()) {
                changes.row(record.shard()).bigint(record.sequence());
                addBuckets(changes, pool);
                changes.bigint(record.nowNs())
                        .integer(pool.memberIndex)
                        .indexOrNull(pool.orderIndex)
                        .smallint(record.commandTemplate())
                        .text(pool.currency);
            }
        }
        recordPools.clear();
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        pools.clear();
        for (int i = 0; i < lastPools.size(); i++) {
            addPool(madePools.get(i));
        }
        return List.of(pools, changes);
    }

    void clear() {
        lastPools.clear();
        pools.clear();
        changes.clear();
    }

    private Pool pool(final int member, final int currency) {
        final long key = ((long) member << MEMBER_SHIFT) | currency;
        Pool pool = lastPools.get(key);
        if (pool == null) {
            pool = unused();
            pool.memberIndex = member;
            pool.currency = Currencies.code(currency);
            lastPools.put(key, pool);
        }
        pool.isCredited = false;
        pool.atHandMinor = 0;
        pool.isChanged = false;
        pool.orderIndex = NONE;
        Arrays.fill(pool.buckets, 0);
        return pool;
    }

    private Pool unused() {
        if (lastPools.size() == madePools.size()) {
            madePools.add(new Pool());
        }
        return madePools.get(lastPools.size());
    }

    private void addPool(final Pool pool) {
        pools.row(pool.shard).bigint(pool.sequence);
        addBuckets(pools, pool);
        pools.integer(pool.memberIndex).text(pool.currency);
    }

    private static void addBuckets(final TableRows rows, final Pool pool) {
        rows.bigint(pool.buckets[Bucket.PENDING.value()])
                .bigint(pool.buckets[Bucket.SPENDABLE.value()])
                .bigint(pool.buckets[Bucket.WITHDRAWABLE.value()])
                .bigint(pool.buckets[Bucket.LOCKED.value()])
                .bigint(pool.buckets[Bucket.DEBT.value()]);
    }
}
