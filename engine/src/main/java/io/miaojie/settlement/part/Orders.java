package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.IdSource;
import io.miaojie.wire.codec.OrderState;

/**
 * Orders of all merchants: (merchant, exact order id) to a row with whose it is, what was captured, what was frozen
 * when it began, and where its lines and grants begin. What few orders have stands beside: a clerk; and of placed and
 * refunded orders a row of sums, which is added when it is first needed; there are as many as orders at most.
 *
 * <p>Units: minor, epoch nanoseconds.
 */
public final class Orders implements StatePart, IdSource {
    /** Nobody: no member, parent or clerk. */
    public static final int NOBODY = -1;

    /** Releases are paused by an after-sale. */
    public static final int FROZEN = 1;

    /** The goods were received; once, for ever. */
    public static final int DELIVERED = 1 << 1;

    /** A delivery without lines was taken: whatever lines there are or will be, are delivered. */
    public static final int DELIVERED_WHOLE = 1 << 2;

    /** It was placed before it was paid: the payable amount is known. */
    public static final int PLACED = 1 << 3;

    /** Pool money of the order was captured. */
    public static final int POOL_CAPTURED = 1 << 4;

    /** Member + 1 in the high half, newest grant + 1 in the low; 0: none. */
    private static final int MEMBER_GRANT = 0;

    /** First line + 1 in the high half; then currency (16 bits), flags (5), instalments (8), state (3). */
    private static final int LINE_FACTS = 1;

    private static final int CAPTURED_MINOR = 2;

    /** Rule set + 1 in the high half, which of its campaign versions are eligible in the low. */
    private static final int RULES = 3;

    /** Level 1 + 1 in the high half, level 2 + 1 in the low. */
    private static final int PARENTS = 4;

    /** With the three longs of the id that the table adds, a cache line. */
    private static final int WIDTH = 5;

    private static final int STATE_MASK = 7;
    private static final int INSTALMENT_SHIFT = 3;
    private static final int FLAG_SHIFT = 11;
    private static final int CURRENCY_SHIFT = 16;
    private static final int CURRENCY_MASK = 0xFFFF;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** By their values. */
    private static final OrderState[] STATES = OrderState.values();

    private final IdTable rows;

    /** Clerk + 1 in the high half, row of the sums + 1 in the low: most orders have neither. */
    private final SparseColumn clerkSums = new SparseColumn();

    private final OrderSums sums;
    private final int parkedMax;
    private int parkedCount;

    /**
     * Makes a table.
     *
     * @param parkedMax orders that parked facts alone know
     */
    public Orders(final int max, final int parkedMax) {
        this.parkedMax = parkedMax;
        this.rows = new IdTable(max, WIDTH);
        this.sums = new OrderSums(max);
    }

    /** Returns the order's index, -1 when unknown. */
    public int find(final int merchant, final Slice id) {
        return rows.find(merchant, id);
    }

    /** Reads where the search for an order of this hash begins, see {@link IdTable#touch}. */
    public int touch(final long hash) {
        return rows.touch(hash);
    }

    /** Adds the order that was sought last and not found, one that only parked facts know yet, state PARKED. */
    public int add(final int merchant, final Slice id) {
        parkedCount++;
        return rows.addSought(merchant, id);
    }

    /** Returns how many orders are known by parked facts alone. */
    public int parkedCount() {
        return parkedCount;
    }

    /** Returns how many more orders may be known by parked facts alone. */
    public int parkedRoom() {
        return Math.max(0, parkedMax - parkedCount);
    }

    public int merchant(final int order) {
        return (int) rows.owner(order);
    }

    /** Moves the view to the order's id. */
    public Slice id(final int order, final Slice view) {
        return rows.id(order, view);
    }

    /** Writes the order's id. */
    @Override
    public int putId(final int order, final byte[] target, final int offset) {
        return rows.putId(order, target, offset);
    }

    public OrderState state(final int order) {
        return STATES[facts(order) & STATE_MASK];
    }

    /** Moves the order to another state. */
    public void setState(final int order, final OrderState state) {
        final long facts = rows.get(order, LINE_FACTS);
        parkedCount += (state == OrderState.PARKED ? 1 : 0) - ((facts & STATE_MASK) == 0 ? 1 : 0);
        rows.set(order, LINE_FACTS, facts & ~(long) STATE_MASK | state.value());
    }

    public boolean has(final int order, final int flag) {
        return (facts(order) & flag << FLAG_SHIFT) != 0;
    }

    public void set(final int order, final int flag) {
        rows.set(order, LINE_FACTS, rows.get(order, LINE_FACTS) | (long) flag << FLAG_SHIFT);
    }

    public void clear(final int order, final int flag) {
        rows.set(order, LINE_FACTS, rows.get(order, LINE_FACTS) & ~((long) flag << FLAG_SHIFT));
    }

    /** Returns the order's currency, 0: not known yet. */
    public int currency(final int order) {
        return facts(order) >>> CURRENCY_SHIFT;
    }

    public void setCurrency(final int order, final int currency) {
        final long rest = rows.get(order, LINE_FACTS) & ~((long) CURRENCY_MASK << CURRENCY_SHIFT);
        rows.set(order, LINE_FACTS, rest | (long) currency << CURRENCY_SHIFT);
    }

    /** Notes a captured payment. */
    public void capture(final int order, final int instalment, final long amountMinor) {
        rows.set(order, LINE_FACTS, rows.get(order, LINE_FACTS) | 1L << INSTALMENT_SHIFT + instalment);
        rows.set(order, CAPTURED_MINOR, capturedMinor(order) + amountMinor);
    }

    /** Tells whether a payment of this instalment was captured. */
    public boolean hasCaptured(final int order, final int instalment) {
        return (facts(order) & 1 << INSTALMENT_SHIFT + instalment) != 0;
    }

    /** Returns the sum of the captured payments. */
    public long capturedMinor(final int order) {
        return rows.get(order, CAPTURED_MINOR);
    }

    /** Returns the member that the order is of, -1 when nothing named one. */
    public int member(final int order) {
        return high(order, MEMBER_GRANT);
    }

    public void setMember(final int order, final int member) {
        setHigh(order, MEMBER_GRANT, member);
    }

    /** Returns the order's newest grant, -1 when there is none. */
    public int lastGrant(final int order) {
        return low(order, MEMBER_GRANT);
    }

    /** Returns the order's first line, -1 when there is none. */
    public int firstLine(final int order) {
        return high(order, LINE_FACTS);
    }

    public void setFirstLine(final int order, final int line) {
        setHigh(order, LINE_FACTS, line);
    }

    /** Freezes which campaign versions may reward the order. */
    public void freezeRules(final int order, final int ruleSet, final int eligible) {
        rows.set(order, RULES, (ruleSet + 1L) << Integer.SIZE | eligible & LOW_HALF);
    }

    /** Returns the frozen rule set, -1: none is frozen yet. */
    public int ruleSet(final int order) {
        return high(order, RULES);
    }

    /** Returns which versions of the rule set are eligible, as bits by their place in it. */
    public int eligible(final int order) {
        return (int) rows.get(order, RULES);
    }

    /** Freezes who is rewarded beside the buyer; -1: nobody. */
    public void freezeParents(final int order, final int levelOne, final int levelTwo, final int clerk) {
        rows.set(order, PARENTS, (levelOne + 1L) << Integer.SIZE | levelTwo + 1);
        clerkSums.set(order, (clerk + 1L) << Integer.SIZE | clerkSums.get(order) & LOW_HALF);
    }

    /** Returns who is rewarded at a level: 0 the buyer, 1 and 2 the parents, 3 the clerk; -1: nobody. */
    public int beneficiary(final int order, final int level) {
        return switch (level) {
            case 0 -> member(order);
            case 1 -> high(order, PARENTS);
            case 2 -> low(order, PARENTS);
            default -> (int) (clerkSums.get(order) >>> Integer.SIZE) - 1;
        };
    }

    /** Returns the sums of refunds and pool money, rows named by {@link #sumsOf}. */
    public OrderSums sums() {
        return sums;
    }

    /** Returns the row of the order's sums, -1: it has none, all of them are 0. */
    public int sumsOf(final int order) {
        return (int) clerkSums.get(order) - 1;
    }

    /** Returns the row of the order's sums, which is added when missing: there is room for one for each order. */
    public int addSums(final int order) {
        final int known = sumsOf(order);
        if (known >= 0) {
            return known;
        }
        final int row = sums.add();
        clerkSums.set(order, clerkSums.get(order) & ~LOW_HALF | row + 1);
        return row;
    }

    /** Reads where so many rows will be added, see {@link IdTable#touchNext}. */
    public long touchNext(final int rowCount) {
        return rows.touchNext(rowCount);
    }

    public int count() {
        return rows.count();
    }

    public int room() {
        return rows.room();
    }

    /** Allocates every row but those beside. */
    public void reserve() {
        rows.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        rows.save(out);
        clerkSums.save(out);
        sums.save(out);
        out.putInt(parkedCount);
    }

    @Override
    public void load(final StateReader in) {
        rows.load(in);
        clerkSums.load(in);
        sums.load(in);
        parkedCount = in.nextInt();
    }

    /** Puts another grant in the place of the order's newest, which is returned, -1 when there was none. */
    int exchangeLastGrant(final int order, final int grant) {
        final long memberGrant = rows.get(order, MEMBER_GRANT);
        rows.set(order, MEMBER_GRANT, memberGrant & ~LOW_HALF | grant + 1);
        return (int) memberGrant - 1;
    }

    private int facts(final int order) {
        return (int) rows.get(order, LINE_FACTS);
    }

    private int high(final int order, final int column) {
        return (int) (rows.get(order, column) >>> Integer.SIZE) - 1;
    }

    private int low(final int order, final int column) {
        return (int) rows.get(order, column) - 1;
    }

    private void setHigh(final int order, final int column, final int value) {
        rows.set(order, column, (value + 1L) << Integer.SIZE | rows.get(order, column) & LOW_HALF);
    }
}
