package io.miaojie.settlement.part;

import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;

/**
 * Rewards credited: one row per (order, campaign version, beneficiary, level); those of an order form a chain. Some
 * grants are of a member alone. What of a grant is pending follows from what was credited and clawed, so it isn't kept.
 *
 * <p>Units: minor, epoch nanoseconds.
 */
public final class Grants implements StatePart {
    /** It became withdrawable: further credits are so at once. */
    public static final int RELEASED = 1;

    /** It waits in the FIFO of its campaign version. */
    public static final int QUEUED = 1 << 1;

    /** Its release fell due while an after-sale was open. */
    public static final int DUE = 1 << 2;

    /** Its days are over: what was unspent of it went back. */
    public static final int EXPIRED = 1 << 4;

    /** Its order is held: all of it is pending. */
    public static final int SUSPENDED = 1 << 5;

    /** Its order was rejected: it is worth nothing, whatever its lines are worth. */
    public static final int VOID = 1 << 6;

    /** Of a member alone: no order. */
    private static final int OF_MEMBER = 1 << 3;

    /** Order, or member of a grant that is of no order, in the high half; the order's grant before + 1 in the low. */
    private static final int OWNER_PREVIOUS = 0;

    /** Campaign version (20 bits), level (2), flags (10) in the high half; next in the FIFO + 1 in the low. */
    private static final int FACTS_NEXT = 1;

    private static final int CREDITED_MINOR = 2;
    private static final int RELEASE_AT_NS = 3;

    /** Half a cache line: what few grants have stands beside. */
    private static final int WIDTH = 4;

    private static final int VERSION_SHIFT = 44;
    private static final int LEVEL_SHIFT = 42;
    private static final int LEVEL_MASK = 3;
    private static final int FLAGS_MASK = (1 << LEVEL_SHIFT - Integer.SIZE) - 1;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final Orders orders;
    private final Members members;
    private final LongRows rows;
    private final SparseColumn clawedMinor = new SparseColumn();
    private final SparseColumn draws = new SparseColumn();

    public Grants(final int max, final Orders orders, final Members members) {
        this.orders = orders;
        this.members = members;
        this.rows = new LongRows(WIDTH, max);
    }

    /**
     * Adds a grant to its order, for whom the order has at this level; the caller has proven that there {@link #room}
     * is.
     *
     * @param releaseAtNs when the hold ends, 0: not known
     * @return its row
     */
    public int add(
            final int order,
            final int version,
            final int level,
            final int flags,
            final long creditedMinor,
            final long releaseAtNs) {
        return rows.add(
                (long) order << Integer.SIZE | orders.exchangeLastGrant(order, rows.count()) + 1,
                (long) version << VERSION_SHIFT | (long) level << LEVEL_SHIFT | (long) flags << Integer.SIZE,
                creditedMinor,
                releaseAtNs);
    }

    /** Adds a grant of nothing to a member, of no order; those of a member form a chain. */
    public int addOfMember(final int member, final int version) {
        final int grant = rows.add(
                (long) member << Integer.SIZE | members.lastGrant(member) + 1,
                (long) version << VERSION_SHIFT | (long) OF_MEMBER << Integer.SIZE,
                0,
                0);
        members.setLastGrant(member, grant);
        return grant;
    }

    /** Returns the order's grant of this version and level, -1 when there is none. */
    public int find(final int order, final int version, final int level) {
        int grant = orders.lastGrant(order);
        while (grant >= 0 && (version(grant) != version || level(grant) != level)) {
            grant = previous(grant);
        }
        return grant;
    }

    /** Returns the order, -1: it is of none. */
    public int order(final int grant) {
        return has(grant, OF_MEMBER) ? -1 : owner(grant);
    }

    /** Returns the index of the campaign version. */
    public int version(final int grant) {
        return (int) (rows.get(grant, FACTS_NEXT) >>> VERSION_SHIFT);
    }

    public int member(final int grant) {
        return has(grant, OF_MEMBER) ? owner(grant) : orders.beneficiary(owner(grant), level(grant));
    }

    /** Returns the grant of the same order before this one, -1 when it is the first. */
    public int previous(final int grant) {
        return (int) rows.get(grant, OWNER_PREVIOUS) - 1;
    }

    /** Returns who is rewarded: 0 the buyer, 1 and 2 the parents, 3 the clerk. */
    public int level(final int grant) {
        return (int) (rows.get(grant, FACTS_NEXT) >>> LEVEL_SHIFT) & LEVEL_MASK;
    }

    /** Returns all flags at once. */
    public int flags(final int grant) {
        return (int) (rows.get(grant, FACTS_NEXT) >>> Integer.SIZE) & FLAGS_MASK;
    }

    public boolean has(final int grant, final int flag) {
        return (rows.get(grant, FACTS_NEXT) & (long) flag << Integer.SIZE) != 0;
    }

    public void set(final int grant, final int flag) {
        rows.set(grant, FACTS_NEXT, rows.get(grant, FACTS_NEXT) | (long) flag << Integer.SIZE);
    }

    public void clear(final int grant, final int flag) {
        rows.set(grant, FACTS_NEXT, rows.get(grant, FACTS_NEXT) & ~((long) flag << Integer.SIZE));
    }

    public long creditedMinor(final int grant) {
        return rows.get(grant, CREDITED_MINOR);
    }

    public long clawedMinor(final int grant) {
        return clawedMinor.get(grant);
    }

    /** Returns what was credited and not clawed. */
    public long outstandingMinor(final int grant) {
        return creditedMinor(grant) - clawedMinor(grant);
    }

    public void credit(final int grant, final long minor) {
        rows.set(grant, CREDITED_MINOR, creditedMinor(grant) + minor);
    }

    public void claw(final int grant, final long minor) {
        clawedMinor.set(grant, clawedMinor(grant) + minor);
    }

    /** Returns when the hold ends, 0: not known. */
    public long releaseAtNs(final int grant) {
        return rows.get(grant, RELEASE_AT_NS);
    }

    public void setReleaseAt(final int grant, final long atNs) {
        rows.set(grant, RELEASE_AT_NS, atNs);
    }

    /** Returns what random terms drew, 0: they drew nothing. */
    public long drawn(final int grant) {
        return draws.get(grant);
    }

    /** Keeps what random terms drew, above 0. */
    public void setDrawn(final int grant, final long drawn) {
        draws.set(grant, drawn);
    }

    /** Returns where the row stands, from {@link #begin} on, for the methods that read it there. */
    public long[] segment(final int grant) {
        return rows.segment(grant);
    }

    public int begin(final int grant) {
        return rows.first(grant);
    }

    public static int version(final long[] segment, final int begin) {
        return (int) (segment[begin + FACTS_NEXT] >>> VERSION_SHIFT);
    }

    public static int level(final long[] segment, final int begin) {
        return (int) (segment[begin + FACTS_NEXT] >>> LEVEL_SHIFT) & LEVEL_MASK;
    }

    public static boolean has(final long[] segment, final int begin, final int flag) {
        return (segment[begin + FACTS_NEXT] & (long) flag << Integer.SIZE) != 0;
    }

    public static long creditedMinor(final long[] segment, final int begin) {
        return segment[begin + CREDITED_MINOR];
    }

    public static long releaseAtNs(final long[] segment, final int begin) {
        return segment[begin + RELEASE_AT_NS];
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
        clawedMinor.save(out);
        draws.save(out);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
        clawedMinor.load(in);
        draws.load(in);
    }

    /** Returns the grant behind this one in its FIFO, -1: it is the last. */
    int next(final int grant) {
        return (int) rows.get(grant, FACTS_NEXT) - 1;
    }

    void setNext(final int grant, final int next) {
        rows.set(grant, FACTS_NEXT, rows.get(grant, FACTS_NEXT) & ~LOW_HALF | next + 1);
    }

    private int owner(final int grant) {
        return (int) (rows.get(grant, OWNER_PREVIOUS) >>> Integer.SIZE);
    }
}
