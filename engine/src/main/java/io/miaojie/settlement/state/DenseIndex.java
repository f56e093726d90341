package io.miaojie.settlement.state;

/**
 * Hash to row, open addressing, sized for the maximum at once and never rebuilt. A slot is an int: row + 1 in its low
 * bits, a tag of the hash in the bits that are left, so that rows of other hashes are seldom touched. Its layout
 * reaches no output.
 *
 * <p>Units: 7 bytes per row of the maximum: when it is full, four slots of seven are taken.
 */
public final class DenseIndex {
    private static final long SLOTS_MAX = Integer.MAX_VALUE - 8;

    private final int[] slots;
    private final int rowBits;
    private final int rowMask;

    public DenseIndex(final int max) {
        this.slots = new int[(int) Math.min(SLOTS_MAX, 7L * max / 4 + 2)];
        this.rowBits = Integer.SIZE - Integer.numberOfLeadingZeros(max);
        this.rowMask = (1 << rowBits) - 1;
    }

    /** Returns the slot where the walk for this hash begins. */
    public int home(final long hash) {
        return (int) ((hash >>> 32) * slots.length >>> 32);
    }

    public int next(final int slot) {
        return slot + 1 == slots.length ? 0 : slot + 1;
    }

    /** Returns what stands in this slot, 0 when it is empty: the end of the walk. */
    public int entry(final int slot) {
        return slots[slot];
    }

    /** Returns the row of an entry, -1 of 0. */
    public int row(final int entry) {
        return (entry & rowMask) - 1;
    }

    /** Returns false when the row of this entry surely has another hash. */
    public boolean mayHold(final int entry, final long hash) {
        return entry >>> rowBits == (int) hash >>> rowBits;
    }

    /** Reads the slot where the walk for this hash begins, to have it near. */
    public int touch(final long hash) {
        return slots[home(hash)];
    }

    /** Returns the row that this hash most likely belongs to, judged by tags alone; -1 when there surely is none. */
    public int likelyRow(final long hash) {
        int slot = home(hash);
        int entry = slots[slot];
        while (entry != 0 && !mayHold(entry, hash)) {
            slot = next(slot);
            entry = slots[slot];
        }
        return row(entry);
    }

    /** Adds a row that isn't in the index. */
    public void put(final long hash, final int row) {
        put(hash, row, home(hash));
    }

    /** Adds a row that isn't in the index; the walk for its hash was at this slot. */
    public void put(final long hash, final int row, final int walkedTo) {
        int slot = walkedTo;
        while (slots[slot] != 0) {
            slot = next(slot);
        }
        slots[slot] = (int) hash & ~rowMask | row + 1;
    }
}
