package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.LargestRemainder;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.state.Slice;
import java.util.Arrays;

/**
 * The lines of one order, taken out of the state and joined with those of a command, so that everything can be computed
 * before anything changes. What a line is worth to a kind is its {@link #baseMinor base}: what was paid for it, or what
 * refunds have left of that. Both follow from sums, whatever the order of the facts was.
 *
 * <p>Thread: settlement. Allocates: nothing. Units: minor, pieces.
 */
public final class RewardLines {
    private static final int MAX = OrderLines.PER_ORDER_MAX + 1;
    private static final int LINEAR_MAX = 8;
    private static final int ID = 0;
    private static final int SKU = 1;
    private static final int CATEGORY = 2;

    private final Orders orders;
    private final OrderLines table;
    private final LineIndex index = new LineIndex();
    private final LargestRemainder remainders = new LargestRemainder(MAX);
    private final int[] rows = new int[MAX];
    private final int[] sources = new int[MAX];
    private final int[] quantities = new int[MAX];
    private final int[] delivered = new int[MAX];
    private final long[] duesMinor = new long[MAX];
    private final long[] refundsMinor = new long[MAX];
    private final long[] basesMinor = new long[MAX];
    private final long[] partsMinor = new long[MAX];
    private final long[] takenMinor = new long[MAX];
    private final long[] takingMinor = new long[MAX];
    private final Slice view = new Slice();
    private final Slice newId = new Slice();
    private CommandLines command;
    private int count;
    private int newCount;
    private int indexedCount;
    private long dueMinor;
    private boolean cuts;
    private long capPpm;

    public RewardLines(final Orders orders, final OrderLines table) {
        this.orders = orders;
        this.table = table;
    }

    /** Takes the lines of an order out of the state; -1: there are none yet. */
    public RewardLines load(final int order) {
        count = 0;
        newCount = 0;
        indexedCount = 0;
        dueMinor = 0;
        index.clear();
        int row = order < 0 ? -1 : orders.firstLine(order);
        while (row >= 0) {
            final int line = count++;
            rows[line] = row;
            sources[line] = -1;
            quantities[line] = table.quantity(row);
            delivered[line] = table.delivered(row);
            duesMinor[line] = table.dueMinor(row);
            refundsMinor[line] = table.refundedMinor(row);
            dueMinor += duesMinor[line];
            row = table.next(row);
        }
        return this;
    }

    /** Forgets what was refunded by name. */
    public void forgetRefunds() {
        Arrays.fill(refundsMinor, 0, count, 0);
    }

    /** Tells whether as many more lines fit, should all of them be new. */
    public boolean takes(final int more) {
        return count + more <= OrderLines.PER_ORDER_MAX;
    }

    /**
     * Joins the lines of a command: each to the line of the same id, or behind the others.
     *
     * @param commandDuesMinor what is due in cash for each of them
     */
    public void join(final CommandLines lines, final long[] commandDuesMinor) {
        if (command != lines) { // as in Slice
            command = lines;
        }
        for (int i = 0; i < lines.count(); i++) {
            final int known = count == 0 ? -1 : find(lines, i);
            final int line = known < 0 ? append(i) : known;
            if (quantities[line] == 0) {
                sources[line] = i;
            }
            quantities[line] = Math.min(OrderLines.PIECES_MAX, quantities[line] + lines.quantity(i));
            duesMinor[line] += commandDuesMinor[i];
            dueMinor += commandDuesMinor[i];
        }
    }

    /** Returns how many lines are new to the state. */
    public int newCount() {
        return newCount;
    }

    /** Puts the joined lines into the state, which has room for the new ones. */
    public void keep(final int order) {
        for (int line = 0; line < count; line++) {
            if (rows[line] < 0) {
                rows[line] = table.add(
                        command.texts(sources[line], view), duesMinor[line], quantities[line], refundsMinor[line]);
                link(order, line);
            } else {
                keepKnown(line);
            }
        }
    }

    /** Adds a line that only a refund or a delivery knows, to the order and here; the state has room for it. */
    public int addUnknown(final int order, final Slice id) {
        final int line = append(-1);
        rows[line] = table.addUnknown(id);
        link(order, line);
        newCount--;
        return line;
    }

    /** Returns the line of this id, -1 when there is none. */
    public int find(final Slice id) {
        if (count <= LINEAR_MAX) {
            int line = count - 1;
            while (line >= 0 && !isOf(line, id)) {
                line--;
            }
            return line;
        }
        for (; indexedCount < count; indexedCount++) {
            index.put(text(indexedCount, ID, view).hash(0), indexedCount);
        }
        int slot = index.home(id.hash(0));
        while (index.line(slot) >= 0 && !isOf(index.line(slot), id)) {
            slot = index.next(slot);
        }
        return index.line(slot);
    }

    /** Makes the base of each line what was paid for it: what is due, or its part of less cash than that. */
    public void takePaid(final long capturedMinor) {
        remainders.spread(Math.min(capturedMinor, dueMinor), dueMinor, duesMinor, count, basesMinor);
    }

    /**
     * Makes the base of each line what refunds have left of what was paid for it.
     *
     * @param openRefundMinor refunds that named no line
     */
    public void takeNet(final long capturedMinor, final long openRefundMinor) {
        takePaid(capturedMinor);
        long openMinor = openRefundMinor;
        long leftMinor = 0;
        for (int line = 0; line < count; line++) {
            final long namedMinor = Math.min(refundsMinor[line], basesMinor[line]);
            openMinor = Math.min(Money.MINOR_MAX, openMinor + refundsMinor[line] - namedMinor);
            basesMinor[line] -= namedMinor;
            leftMinor += basesMinor[line];
        }
        if (openMinor > 0) {
            remainders.spread(Math.min(openMinor, leftMinor), leftMinor, basesMinor, count, partsMinor);
            for (int line = 0; line < count; line++) {
                basesMinor[line] -= partsMinor[line];
            }
        }
    }

    /** Tells whether every line was delivered or fully refunded, and one delivered; after {@link #takeNet}. */
    public boolean isDelivered() {
        boolean isOne = false;
        boolean isEach = true;
        for (int line = 0; line < count; line++) {
            final boolean isDelivered = quantities[line] > 0 && delivered[line] >= quantities[line];
            isOne |= isDelivered;
            isEach &= isDelivered || basesMinor[line] == 0 && (quantities[line] == 0 || duesMinor[line] > 0);
        }
        return isOne && isEach;
    }

    /** Begins to count what rates take of the lines: together at most the merchant's cap, if that can bind at all. */
    public void beginCuts(final boolean newCuts, final long newCapPpm) {
        cuts = newCuts;
        capPpm = newCapPpm;
        if (cuts) {
            Arrays.fill(takenMinor, 0, count, 0);
        }
    }

    /** Begins one target. */
    public void beginTarget() {
        if (cuts) {
            Arrays.fill(takingMinor, 0, count, 0);
        }
    }

    /** Cuts a share of a line to what the cap leaves; a kind takes every share by a rate through here. */
    public long cut(final int line, final long shareMinor) {
        if (!cuts) {
            return shareMinor;
        }
        final long leftMinor = Money.share(basesMinor[line], capPpm) - takenMinor[line] - takingMinor[line];
        final long minor = Math.max(0, Math.min(shareMinor, leftMinor));
        takingMinor[line] += minor;
        return minor;
    }

    /** Counts the shares of a target that is granted. */
    public void keepTarget() {
        for (int line = 0; cuts && line < count; line++) {
            takenMinor[line] += takingMinor[line];
        }
    }

    public int count() {
        return count;
    }

    /** Tells whether any line is worth anything. */
    public boolean hasBase() {
        int line = count - 1;
        while (line >= 0 && basesMinor[line] == 0) {
            line--;
        }
        return line >= 0;
    }

    /** Tells whether no line but this is worth anything. */
    public boolean isOnlyBase(final int line) {
        int other = count - 1;
        while (other >= 0 && (other == line || basesMinor[other] == 0)) {
            other--;
        }
        return other < 0;
    }

    /** Returns what refunds have not named of what is due for the line. */
    public long unnamedMinor(final int line) {
        return Math.max(0, duesMinor[line] - refundsMinor[line]);
    }

    /** Returns what the line is worth to a reward. */
    public long baseMinor(final int line) {
        return basesMinor[line];
    }

    /** Returns the line's sku, valid until the next call; empty: none. */
    public Slice sku(final int line) {
        return text(line, SKU, view);
    }

    /** Returns the line's category, valid until the next call. */
    public Slice category(final int line) {
        return text(line, CATEGORY, view);
    }

    public long dueMinor(final int line) {
        return duesMinor[line];
    }

    /** Returns the sum of what is due in cash. */
    public long dueMinor() {
        return dueMinor;
    }

    /** Returns the line that has this row in the state, -1: none. */
    public int lineOf(final int row) {
        int line = count - 1;
        while (line >= 0 && rows[line] != row) {
            line--;
        }
        return line;
    }

    /** Returns the row of the line in the state, -1: it is new. */
    public int row(final int line) {
        return rows[line];
    }

    /** Tells whether the line was ordered, not only named by refunds and deliveries. */
    public boolean isKnown(final int line) {
        return quantities[line] > 0;
    }

    public long refundedMinor(final int line) {
        return refundsMinor[line];
    }

    /** Notes one more refund that names the line. */
    public void refund(final int line, final long minor) {
        refundsMinor[line] = Math.min(Money.MINOR_MAX, refundsMinor[line] + minor);
        table.setRefunded(rows[line], refundsMinor[line]);
    }

    public boolean isDelivered(final int line) {
        return quantities[line] > 0 && delivered[line] >= quantities[line];
    }

    /** Notes pieces delivered; 0: all there are. */
    public void deliver(final int line, final int pieces) {
        final long sum = pieces <= 0 ? OrderLines.PIECES_MAX : (long) delivered[line] + pieces;
        delivered[line] = (int) Math.min(OrderLines.PIECES_MAX, sum);
        table.setDelivered(rows[line], delivered[line]);
    }

    private int append(final int source) {
        final int line = count++;
        newCount++;
        rows[line] = -1;
        sources[line] = source;
        quantities[line] = 0;
        delivered[line] = 0;
        duesMinor[line] = 0;
        refundsMinor[line] = 0;
        return line;
    }

    /** Lines without an id are told apart by their place alone; but the implicit ones of an order are one. */
    private int find(final CommandLines lines, final int place) {
        lines.text(place, ID, newId);
        if (!newId.isEmpty()) {
            return find(newId);
        }
        int line = lines.isImplicit(place) ? count - 1 : -1;
        while (line >= 0 && !isImplicit(line)) {
            line--;
        }
        return line;
    }

    private boolean isImplicit(final int line) {
        return text(line, ID, view).isEmpty()
                && text(line, SKU, view).isEmpty()
                && text(line, CATEGORY, view).isEmpty();
    }

    private boolean isOf(final int line, final Slice id) {
        text(line, ID, view);
        return id.matches(view.buffer(), view.offset(), view.length());
    }

    private void keepKnown(final int line) {
        if (sources[line] >= 0) {
            table.setTexts(rows[line], command.texts(sources[line], view));
        }
        table.setDue(rows[line], duesMinor[line], quantities[line]);
        table.setRefunded(rows[line], refundsMinor[line]);
    }

    private void link(final int order, final int line) {
        if (line == 0) {
            orders.setFirstLine(order, rows[line]);
        } else {
            table.setNext(rows[line - 1], rows[line]);
        }
    }

    private Slice text(final int line, final int text, final Slice target) {
        return sources[line] >= 0 ? command.text(sources[line], text, target) : table.text(rows[line], text, target);
    }
}
