package io.miaojie.settlement.part;

import io.miaojie.settlement.state.DenseIndex;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Whose an outside identity is (a WeChat openid, a phone number): keyed 128-bit hash, made at the edge, to member. All
 * 128 bits and the merchant are compared. An identity never leaves its member. Units: 31 bytes per identity.
 */
public final class Identities implements StatePart {
    private static final int HASH_LOW = 0;
    private static final int HASH_HIGH = 1;
    private static final int MEMBER = 2;
    private static final int WIDTH = 3;

    private final Members members;
    private final LongRows rows;
    private final DenseIndex index;

    public Identities(final int max, final Members members) {
        this.members = members;
        this.rows = new LongRows(WIDTH, max);
        this.index = new DenseIndex(max);
    }

    /** Returns the merchant's member with this identity, -1 when it is nobody's. */
    public int find(final int merchant, final long hashLow, final long hashHigh) {
        final long hash = hash(hashLow, hashHigh);
        int slot = index.home(hash);
        int entry = index.entry(slot);
        while (entry != 0) {
            final int row = index.row(entry);
            if (index.mayHold(entry, hash) && holds(row, hashLow, hashHigh) && merchant == merchant(row)) {
                return member(row);
            }
            slot = index.next(slot);
            entry = index.entry(slot);
        }
        return -1;
    }

    /** Gives the member an identity that is nobody's; the caller has proven that there {@link #room} is. */
    public void add(final int member, final long hashLow, final long hashHigh) {
        final int row = rows.add();
        rows.set(row, HASH_LOW, hashLow);
        rows.set(row, HASH_HIGH, hashHigh);
        rows.set(row, MEMBER, member);
        index.put(hash(hashLow, hashHigh), row);
    }

    /** Returns the member of the identity at this place. */
    public int member(final int row) {
        return (int) rows.get(row, MEMBER);
    }

    public int count() {
        return rows.count();
    }

    public int room() {
        return rows.room();
    }

    public void reserve() {
        rows.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
        for (int row = 0; row < rows.count(); row++) {
            index.put(hash(rows.get(row, HASH_LOW), rows.get(row, HASH_HIGH)), row);
        }
    }

    private int merchant(final int row) {
        return members.merchant(member(row));
    }

    private boolean holds(final int row, final long hashLow, final long hashHigh) {
        return rows.get(row, HASH_LOW) == hashLow && rows.get(row, HASH_HIGH) == hashHigh;
    }

    private static long hash(final long hashLow, final long hashHigh) {
        return Slice.mix(hashLow + hashHigh);
    }
}
