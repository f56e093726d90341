package io.miaojie.settlement.part;

import io.miaojie.settlement.state.DenseIndex;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Who takes part in campaigns, and what is left: groups with registers, entries in the order in which they came, and
 * what each member has in a group. What registers and states mean is the kind's; nothing here is known of kinds.
 *
 * <p>A group is named by the record that made it and its place among those of that record; rows stand in that order. An
 * entry is one line of an order. A standing is found by (group, member), whose key is packed whole.
 *
 * <p>Allocates: slabs as they are reached. Units: minor, pieces.
 */
public final class Rosters implements StatePart {
    /** Registers of a group. */
    public static final int REGISTERS = 8;

    /** Registers of a standing. */
    public static final int STANDING_REGISTERS = 3;

    /** How often an entry may give money back, its end included. */
    public static final int BACK_MAX = 2;

    private static final int SEQUENCE = 0;

    /** Campaign in the high half, ordinal in the low. */
    private static final int CAMPAIGN_ORDINAL = 1;

    /** First entry + 1 in the high half, newest + 1 in the low. */
    private static final int FIRST_LAST = 2;

    /** Cursor + 1 in the high half, entries in the low. */
    private static final int CURSOR_COUNT = 3;

    private static final int STATE = 4;

    /** When the group's kind is to be told, 0: never; and when the timer that is armed for it falls due, 0: none is. */
    private static final int DEADLINE_NS = 5;

    private static final int TIMER_NS = 6;
    private static final int FIRST_REGISTER = 7;
    private static final int GROUP_WIDTH = FIRST_REGISTER + REGISTERS;

    /** Group in the high half, member in the low. */
    private static final int GROUP_MEMBER = 0;

    /** Order in the high half, its line in the low. */
    private static final int ORDER_LINE = 1;

    /** Campaign version in the high half, the order's entry before this + 1 in the low. */
    private static final int VERSION_PREVIOUS = 2;

    /** The group's next entry + 1 in the high half; then pieces (24 bits), state (8). */
    private static final int NEXT_PIECES_STATE = 3;

    private static final int AMOUNT_MINOR = 4;
    private static final int FIRST = 5;
    private static final int SECOND = 6;
    private static final int ENTRY_WIDTH = 7;

    private static final int KEY = 0;
    private static final int STANDING_WIDTH = 1 + STANDING_REGISTERS;

    private static final int STATE_BITS = 8;
    private static final int STATE_MASK = (1 << STATE_BITS) - 1;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final LongRows groups;
    private final LongRows entries;
    private final LongRows standings;
    private final DenseIndex index;

    /** Makes room for this many groups, entries, and standings at most. */
    public Rosters(final int groupsMax, final int entriesMax, final int standingsMax) {
        groups = new LongRows(GROUP_WIDTH, groupsMax);
        entries = new LongRows(ENTRY_WIDTH, entriesMax);
        standings = new LongRows(STANDING_WIDTH, standingsMax);
        index = new DenseIndex(standingsMax);
    }

    /** Adds a group in state 0 with registers of 0; the caller has proven that there is {@link #groupRoom}. */
    public int addGroup(final int campaign, final long sequence) {
        final int last = groups.count() - 1;
        final int ordinal = last >= 0 && sequence(last) == sequence ? ordinal(last) + 1 : 0;
        final int group = groups.add();
        groups.set(group, SEQUENCE, sequence);
        groups.set(group, CAMPAIGN_ORDINAL, (long) campaign << Integer.SIZE | ordinal);
        return group;
    }

    /** Returns the group that this record made at this place, -1 when there is none. */
    public int findGroup(final long sequence, final int ordinal) {
        int low = 0;
        int high = groups.count();
        while (low < high) {
            final int middle = low + high >>> 1;
            if (sequence(middle) < sequence || sequence(middle) == sequence && ordinal(middle) < ordinal) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        final boolean isFound = low < groups.count() && sequence(low) == sequence && ordinal(low) == ordinal;
        return isFound ? low : -1;
    }

    public int groupCount() {
        return groups.count();
    }

    public int groupRoom() {
        return groups.room();
    }

    /** Returns the sequence of the record that made the group. */
    public long sequence(final int group) {
        return groups.get(group, SEQUENCE);
    }

    /** Returns its place among the groups of its record, from 0. */
    public int ordinal(final int group) {
        return (int) groups.get(group, CAMPAIGN_ORDINAL);
    }

    /** Returns the campaign that the group is of. */
    public int campaign(final int group) {
        return (int) (groups.get(group, CAMPAIGN_ORDINAL) >>> Integer.SIZE);
    }

    public int groupState(final int group) {
        return (int) groups.get(group, STATE);
    }

    public void setGroupState(final int group, final int state) {
        groups.set(group, STATE, state);
    }

    /** Returns when the group's kind is to be told, epoch nanoseconds; 0: never. */
    public long deadlineNs(final int group) {
        return groups.get(group, DEADLINE_NS);
    }

    public void setDeadline(final int group, final long deadlineNs) {
        groups.set(group, DEADLINE_NS, deadlineNs);
    }

    /** Returns when the timer of the group falls due that is armed, 0: none is. */
    public long timerNs(final int group) {
        return groups.get(group, TIMER_NS);
    }

    /** Notes that a timer of the group is armed, 0: that it is gone. */
    public void setTimer(final int group, final long timerNs) {
        groups.set(group, TIMER_NS, timerNs);
    }

    public long register(final int group, final int register) {
        return groups.get(group, FIRST_REGISTER + register);
    }

    public void setRegister(final int group, final int register, final long value) {
        groups.set(group, FIRST_REGISTER + register, value);
    }

    /** Adds to a register; the kind has proven that it stays within its bounds. */
    public void raise(final int group, final int register, final long by) {
        setRegister(group, register, register(group, register) + by);
    }

    /** Returns the group's first entry, -1: it has none. */
    public int firstEntry(final int group) {
        return (int) (groups.get(group, FIRST_LAST) >>> Integer.SIZE) - 1;
    }

    /** Returns how many entries the group ever had. */
    public int entryCount(final int group) {
        return (int) groups.get(group, CURSOR_COUNT);
    }

    /** Returns the entry that a walk in slices goes on with, -1: it is not under way. */
    public int cursor(final int group) {
        return (int) (groups.get(group, CURSOR_COUNT) >>> Integer.SIZE) - 1;
    }

    /** Notes where a walk in slices goes on, -1: nowhere. */
    public void setCursor(final int group, final int entry) {
        groups.set(group, CURSOR_COUNT, (entry + 1L) << Integer.SIZE | entryCount(group));
    }

    /**
     * Adds an entry in state 0 behind the others of the group; the caller has proven that there is {@link #entryRoom}.
     *
     * @param line row of the order's line
     * @param version the campaign version that it was taken under
     * @param previous the order's entry before this one, -1: none
     */
    public int addEntry(
            final int group, final int member, final int order, final int line, final int version, final int previous) {
        final int entry = entries.add();
        entries.set(entry, GROUP_MEMBER, (long) group << Integer.SIZE | member);
        entries.set(entry, ORDER_LINE, (long) order << Integer.SIZE | line);
        entries.set(entry, VERSION_PREVIOUS, (long) version << Integer.SIZE | previous + 1);
        final long ends = groups.get(group, FIRST_LAST);
        final int last = (int) ends - 1;
        if (last >= 0) {
            final long rest = entries.get(last, NEXT_PIECES_STATE) & LOW_HALF;
            entries.set(last, NEXT_PIECES_STATE, (entry + 1L) << Integer.SIZE | rest);
        }
        final long first = last < 0 ? (entry + 1L) << Integer.SIZE : ends & ~LOW_HALF;
        groups.set(group, FIRST_LAST, first | entry + 1);
        groups.set(group, CURSOR_COUNT, groups.get(group, CURSOR_COUNT) + 1);
        return entry;
    }

    public int entryCount() {
        return entries.count();
    }

    public int entryRoom() {
        return entries.room();
    }

    public int group(final int entry) {
        return (int) (entries.get(entry, GROUP_MEMBER) >>> Integer.SIZE);
    }

    public int member(final int entry) {
        return (int) entries.get(entry, GROUP_MEMBER);
    }

    public int order(final int entry) {
        return (int) (entries.get(entry, ORDER_LINE) >>> Integer.SIZE);
    }

    /** Returns the row of the order's line that takes part. */
    public int line(final int entry) {
        return (int) entries.get(entry, ORDER_LINE);
    }

    public int version(final int entry) {
        return (int) (entries.get(entry, VERSION_PREVIOUS) >>> Integer.SIZE);
    }

    /** Returns the order's entry before this one, -1: it is the first. */
    public int previous(final int entry) {
        return (int) entries.get(entry, VERSION_PREVIOUS) - 1;
    }

    /** Returns the group's entry behind this one, -1: it is the newest. */
    public int next(final int entry) {
        return (int) (entries.get(entry, NEXT_PIECES_STATE) >>> Integer.SIZE) - 1;
    }

    public int state(final int entry) {
        return (int) entries.get(entry, NEXT_PIECES_STATE) & STATE_MASK;
    }

    public void setState(final int entry, final int state) {
        entries.set(entry, NEXT_PIECES_STATE, entries.get(entry, NEXT_PIECES_STATE) & ~(long) STATE_MASK | state);
    }

    public int pieces(final int entry) {
        return (int) (entries.get(entry, NEXT_PIECES_STATE) >>> STATE_BITS) & OrderLines.PIECES_MAX;
    }

    /** Returns what the campaign asks for the line. */
    public long amountMinor(final int entry) {
        return entries.get(entry, AMOUNT_MINOR);
    }

    /** Says how many pieces an entry takes, at most {@link OrderLines#PIECES_MAX}, and for how much. */
    public void setPieces(final int entry, final int pieces, final long amountMinor) {
        final long rest = entries.get(entry, NEXT_PIECES_STATE) & ~((long) OrderLines.PIECES_MAX << STATE_BITS);
        entries.set(entry, NEXT_PIECES_STATE, rest | (long) pieces << STATE_BITS);
        entries.set(entry, AMOUNT_MINOR, amountMinor);
    }

    /** Returns the first number that the kind keeps with the entry. */
    public long first(final int entry) {
        return entries.get(entry, FIRST);
    }

    public void setFirst(final int entry, final long value) {
        entries.set(entry, FIRST, value);
    }

    /** Returns the second number that the kind keeps with the entry. */
    public long second(final int entry) {
        return entries.get(entry, SECOND);
    }

    public void setSecond(final int entry, final long value) {
        entries.set(entry, SECOND, value);
    }

    /** Returns what a member has in a group, -1: it never had anything. */
    public int findStanding(final int group, final int member) {
        final long key = key(group, member);
        final long hash = Slice.mix(key);
        int slot = index.home(hash);
        int entry = index.entry(slot);
        while (entry != 0 && !(index.mayHold(entry, hash) && standings.get(index.row(entry), KEY) == key)) {
            slot = index.next(slot);
            entry = index.entry(slot);
        }
        return index.row(entry);
    }

    /** Adds what a member has in a group, which it has not yet; there is {@link #standingRoom}. */
    public int addStanding(final int group, final int member) {
        final int row = standings.add();
        standings.set(row, KEY, key(group, member));
        index.put(Slice.mix(key(group, member)), row);
        return row;
    }

    public int standingRoom() {
        return standings.room();
    }

    /** Returns a register of a standing, 0 for -1. */
    public long standing(final int row, final int register) {
        return row < 0 ? 0 : standings.get(row, 1 + register);
    }

    public void setStanding(final int row, final int register, final long value) {
        standings.set(row, 1 + register, value);
    }

    @Override
    public void save(final StateWriter out) {
        groups.save(out);
        entries.save(out);
        standings.save(out);
    }

    @Override
    public void load(final StateReader in) {
        groups.load(in);
        entries.load(in);
        standings.load(in);
        for (int row = 0; row < standings.count(); row++) {
            index.put(Slice.mix(standings.get(row, KEY)), row);
        }
    }

    private static long key(final int group, final int member) {
        return (long) group << Integer.SIZE | member;
    }
}
