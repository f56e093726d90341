package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.OrderLines;

/** Finds the lines of one order by hash, for orders with many lines. Emptied in one step. */
final class LineIndex {
    private static final int SLOTS = Integer.highestOneBit(OrderLines.PER_ORDER_MAX) << 2;
    private static final int NONE = -1;

    private final int[] lines = new int[SLOTS];
    private final int[] rounds = new int[SLOTS];
    private int round = 1;

    void clear() {
        round++;
    }

    /** Returns the slot where the walk for a hash begins. */
    int home(final long hash) {
        return (int) (hash >>> Integer.SIZE) & SLOTS - 1;
    }

    int next(final int slot) {
        return slot + 1 & SLOTS - 1;
    }

    /** Returns the line in this slot, -1: the walk ends. */
    int line(final int slot) {
        return rounds[slot] == round ? lines[slot] : NONE;
    }

    void put(final long hash, final int line) {
        int slot = home(hash);
        while (line(slot) != NONE) {
            slot = next(slot);
        }
        rounds[slot] = round;
        lines[slot] = line;
    }
}
