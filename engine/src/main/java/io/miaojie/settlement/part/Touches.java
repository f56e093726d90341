package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Which link a visitor opened who is no member yet: one touch for each (merchant, visitor id). Bounded by two
 * generations: when the newer is full the older is forgotten, so that at least the newest half of what the table holds
 * is known. Units: epoch nanoseconds.
 */
public final class Touches implements StatePart {
    private static final int LINK = 0;
    private static final int AT = 1;
    private static final int WIDTH = 2;

    private final int generationMax;
    private IdTable newer;
    private IdTable older;

    /** Makes a table of at most this many visitors, at least 2. */
    public Touches(final int max) {
        this.generationMax = Math.max(1, max / 2);
        this.newer = table();
        this.older = table();
    }

    /** Returns the link that is kept for the visitor, -1: none. */
    public int link(final int merchant, final Slice visitor) {
        return (int) value(merchant, visitor, LINK);
    }

    /** Returns when the visitor opened the link that is kept, -1: none is. */
    public long atNs(final int merchant, final Slice visitor) {
        return value(merchant, visitor, AT);
    }

    /** Keeps a touch in the place of the visitor's last one. */
    public void keep(final int merchant, final Slice visitor, final int link, final long atNs) {
        int row = newer.find(merchant, visitor);
        if (row < 0) {
            if (newer.room() == 0) {
                older = newer;
                newer = table();
            }
            row = newer.add(merchant, visitor);
        }
        newer.set(row, LINK, link);
        newer.set(row, AT, atNs);
    }

    /** Returns how many touches are kept, those counted twice that a later one in the newer half replaced. */
    public int count() {
        return newer.count() + older.count();
    }

    @Override
    public void save(final StateWriter out) {
        older.save(out);
        newer.save(out);
    }

    @Override
    public void load(final StateReader in) {
        older.load(in);
        newer.load(in);
    }

    private long value(final int merchant, final Slice visitor, final int column) {
        final int row = newer.find(merchant, visitor);
        if (row >= 0) {
            return newer.get(row, column);
        }
        final int olderRow = older.find(merchant, visitor);
        return olderRow < 0 ? -1 : older.get(olderRow, column);
    }

    private IdTable table() {
        return new IdTable(generationMax, WIDTH);
    }
}
