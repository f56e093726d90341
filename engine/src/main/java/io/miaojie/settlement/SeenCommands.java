package io.miaojie.settlement;

import io.miaojie.settlement.state.DenseIndex;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Idempotency: which ids were decided, under which sequence, with which fields. An id is its keyed 128-bit digest.
 * Units: 39 bytes per id.
 */
public final class SeenCommands implements StatePart {
    private static final int DIGEST_HIGH = 0;
    private static final int DIGEST_LOW = 1;
    private static final int SEQUENCE = 2;
    private static final int FINGERPRINT = 3;
    private static final int WIDTH = 4;

    private final LongRows rows;
    private final DenseIndex index;

    /** Of the digest that was sought last, and where the walk for it ended. */
    private long soughtHash;

    private int soughtSlot;

    public SeenCommands(final int max) {
        this.rows = new LongRows(WIDTH, max);
        this.index = new DenseIndex(max);
    }

    /** Returns the row of this digest, -1 when it was never decided. */
    public int find(final long digestHigh, final long digestLow) {
        final long hash = hash(digestHigh, digestLow);
        int slot = index.home(hash);
        int entry = index.entry(slot);
        while (entry != 0) {
            final int row = index.row(entry);
            if (index.mayHold(entry, hash)
                    && rows.get(row, DIGEST_LOW) == digestLow
                    && rows.get(row, DIGEST_HIGH) == digestHigh) {
                return row;
            }
            slot = index.next(slot);
            entry = index.entry(slot);
        }
        soughtHash = hash;
        soughtSlot = slot;
        return -1;
    }

    /** Reads where the search for this hash begins. */
    int touch(final long hash) {
        return index.touch(hash);
    }

    /** Remembers the digest that was sought last and not found; the caller has proven that there {@link #room} is. */
    public void addSought(final long digestHigh, final long digestLow, final long sequence, final long fingerprint) {
        final int row = rows.add(digestHigh, digestLow, sequence, fingerprint);
        assert soughtHash == hash(digestHigh, digestLow) : "another digest was sought";
        index.put(soughtHash, row, soughtSlot);
    }

    /** Returns the sequence of the record that decided it. */
    public long sequence(final int row) {
        return rows.get(row, SEQUENCE);
    }

    public long fingerprint(final int row) {
        return rows.get(row, FINGERPRINT);
    }

    /** Reads where so many rows will be added, see {@link LongRows#touchNext}. */
    public long touchNext(final int rowCount) {
        return rows.touchNext(rowCount);
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
            index.put(hash(rows.get(row, DIGEST_HIGH), rows.get(row, DIGEST_LOW)), row);
        }
    }

    static long hash(final long digestHigh, final long digestLow) {
        return Slice.mix(digestHigh + digestLow);
    }
}
