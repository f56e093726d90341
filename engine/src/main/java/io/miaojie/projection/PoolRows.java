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

    private final TableRows pools = TableRows.insert(
            "pool",
            "on conflict (shard, member_index, currency) do update set as_of_sequence = excluded.as_of_sequence,"
                    + " pending_minor = excluded.pending_minor, spendable_minor = excluded.spendable_minor,"
                    + " withdrawable_minor = excluded.withdrawable_minor, locked_minor = excluded.locked_minor,"
                    + " debt_minor = excluded.debt_minor",
            "as_of_sequence bigint",
            "pending_minor bigint",
            "spendable_minor bigint",
            "withdrawable_minor bigint",
            "locked_minor bigint",
            "debt_minor bigint",
            "member_index integer",
            "currency text");
    private final TableRows changes = TableRows.insert(
            "pool_change",
            "",
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
        private final int memberIndex;
        private final String currency;
        private final long[] buckets = new long[BUCKET_COUNT];
        private long sequence;
        private long atHandMinor;
        private boolean isCredited;
        private boolean isChanged;
        private int orderIndex;

        Pool(final int memberIndex, final String currency) {
            this.memberIndex = memberIndex;
            this.currency = currency;
        }

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

    /** Adds a pool of the record at hand, all buckets at zero; its ordinal is the number of those added before. */
    int add(final long sequence, final int member, final int currency) {
        recordPools.add(pool(member, currency, sequence));
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
        for (final Pool pool : recordPools) {
            if (!pool.isExplained()) {
                changes.add(
                        record.sequence(),
                        pool.buckets[Bucket.PENDING.value()],
                        pool.buckets[Bucket.SPENDABLE.value()],
                        pool.buckets[Bucket.WITHDRAWABLE.value()],
                        pool.buckets[Bucket.LOCKED.value()],
                        pool.buckets[Bucket.DEBT.value()],
                        record.nowNs(),
                        pool.memberIndex,
                        pool.orderIndex < 0 ? null : pool.orderIndex,
                        (short) record.commandTemplate(),
                        pool.currency);
            }
        }
        recordPools.clear();
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        pools.clear();
        lastPools.values().forEach(this::addPool);
        return List.of(pools, changes);
    }

    void clear() {
        lastPools.clear();
        tables().forEach(TableRows::clear);
    }

    private Pool pool(final int member, final int currency, final long sequence) {
        final long key = ((long) member << MEMBER_SHIFT) | currency;
        Pool pool = lastPools.get(key);
        if (pool == null) {
            pool = new Pool(member, Currencies.code(currency));
            lastPools.put(key, pool);
        }
        pool.sequence = sequence;
        pool.isCredited = false;
        pool.atHandMinor = 0;
        pool.isChanged = false;
        pool.orderIndex = NONE;
        Arrays.fill(pool.buckets, 0);
        return pool;
    }

    private void addPool(final Pool pool) {
        pools.add(
                pool.sequence,
                pool.buckets[Bucket.PENDING.value()],
                pool.buckets[Bucket.SPENDABLE.value()],
                pool.buckets[Bucket.WITHDRAWABLE.value()],
                pool.buckets[Bucket.LOCKED.value()],
                pool.buckets[Bucket.DEBT.value()],
                pool.memberIndex,
                pool.currency);
    }
}
