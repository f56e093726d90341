package io.miaojie.settlement.part;

import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.Arrays;

/**
 * What falls due when, in a total order: deadline, then id, which counts armings. A binary heap in primitive arrays;
 * its layout reaches no output. A timer carries a tag and an argument, never code.
 */
public final class Timers implements StatePart {
    /** A campaign that has ended may be closed; argument: the campaign. */
    public static final int CAMPAIGN_CLOSING = 1;

    /** An order has waited for its payment long enough; argument: the order. */
    public static final int ORDER_EXPIRY = 2;

    /** The head of a FIFO of holds; argument: the campaign version. */
    public static final int RELEASE = 3;

    /** A grant of spendable money lapses; argument: the grant. */
    public static final int GRANT_EXPIRY = 4;

    /** Nobody said how a withdrawal ended; argument: the withdrawal. */
    public static final int WITHDRAWAL_QUERY = 5;

    /** The deadline of a group of a roster; argument: the group. */
    public static final int GROUP_DEADLINE = 6;

    /** A walk over the entries of a group goes on; argument: the group. */
    public static final int GROUP_WALK = 7;

    /** A campaign that sells may have come to its end; argument: the campaign. */
    public static final int CAMPAIGN_END = 8;

    /** Nobody decided on an order that is held; argument: the order. */
    public static final int REVIEW_END = 9;

    /** Tags are below this. */
    public static final int TAG_COUNT = 10;

    private static final int CAPACITY_FIRST = 64;

    private final int max;
    private final long[] fired = new long[TAG_COUNT];
    private long[] deadlinesNs;
    private long[] ids;
    private int[] tags;
    private int[] args;
    private int count;
    private long nextId;

    /** Makes room for this many at most; arrays grow as they are needed. */
    public Timers(final int max) {
        this.max = max;
        allocate(Math.min(max, CAPACITY_FIRST));
    }

    /** Arms a timer; the owner's own bound has proven that there {@link #room} is. */
    public void arm(final long deadlineNs, final int tag, final int arg) {
        if (count == deadlinesNs.length) {
            grow(Math.min(max, 2 * count));
        }
        count++;
        put(rise(count - 1, deadlineNs, nextId), deadlineNs, nextId, tag, arg);
        nextId++;
    }

    /** Returns when the next timer is due, {@code Long.MAX_VALUE} when none is armed. */
    public long nextDeadlineNs() {
        return count == 0 ? Long.MAX_VALUE : deadlinesNs[0];
    }

    public int nextTag() {
        return tags[0];
    }

    public int nextArg() {
        return args[0];
    }

    /** Takes the next timer away. */
    public void remove() {
        count--;
        final int last = count;
        move(last, sink(deadlinesNs[last], ids[last]));
    }

    public int count() {
        return count;
    }

    /** Returns how many timers can still be armed. */
    public int room() {
        return max - count;
    }

    /** Counts one firing. */
    public void countFired(final int tag) {
        fired[tag]++;
    }

    /** Returns how often timers of this tag fired since the counts began. */
    public long fired(final int tag) {
        return fired[tag];
    }

    /** Begins the counts anew. */
    public void clearFired() {
        Arrays.fill(fired, 0);
    }

    @Override
    public void save(final StateWriter out) {
        final Timers rest = copy();
        out.putLongs(fired, 0, TAG_COUNT);
        out.putLong(nextId);
        out.putInt(count);
        while (rest.count > 0) {
            out.putLong(rest.deadlinesNs[0]);
            out.putLong(rest.ids[0]);
            out.putInt(rest.tags[0]);
            out.putInt(rest.args[0]);
            rest.remove();
        }
    }

    @Override
    public void load(final StateReader in) {
        in.readLongs(fired, 0, TAG_COUNT);
        nextId = in.nextLong();
        count = in.nextInt();
        allocate(Math.max(count, deadlinesNs.length));
        for (int i = 0; i < count; i++) { // in order, which is a heap
            put(i, in.nextLong(), in.nextLong(), in.nextInt(), in.nextInt());
        }
    }

    private void allocate(final int capacity) {
        deadlinesNs = new long[capacity];
        ids = new long[capacity];
        tags = new int[capacity];
        args = new int[capacity];
    }

    private void grow(final int capacity) {
        deadlinesNs = Arrays.copyOf(deadlinesNs, capacity);
        ids = Arrays.copyOf(ids, capacity);
        tags = Arrays.copyOf(tags, capacity);
        args = Arrays.copyOf(args, capacity);
    }

    private Timers copy() {
        final Timers copy = new Timers(count);
        copy.allocate(count);
        copy.count = count;
        System.arraycopy(deadlinesNs, 0, copy.deadlinesNs, 0, count);
        System.arraycopy(ids, 0, copy.ids, 0, count);
        System.arraycopy(tags, 0, copy.tags, 0, count);
        System.arraycopy(args, 0, copy.args, 0, count);
        return copy;
    }

    /** Moves later parents down from this place and returns where an entry of this order belongs. */
    private int rise(final int from, final long deadlineNs, final long id) {
        int place = from;
        while (place > 0 && isBefore(deadlineNs, id, (place - 1) / 2)) {
            move((place - 1) / 2, place);
            place = (place - 1) / 2;
        }
        return place;
    }

    /** Moves earlier children up from the root and returns where an entry of this order belongs. */
    private int sink(final long deadlineNs, final long id) {
        int place = 0;
        int child = earlierChild(0);
        while (child >= 0 && !isBefore(deadlineNs, id, child)) {
            move(child, place);
            place = child;
            child = earlierChild(place);
        }
        return place;
    }

    private int earlierChild(final int place) {
        final int left = 2 * place + 1;
        if (left >= count) {
            return -1;
        }
        return left + 1 < count && isBefore(deadlinesNs[left + 1], ids[left + 1], left) ? left + 1 : left;
    }

    private boolean isBefore(final long deadlineNs, final long id, final int place) {
        return deadlineNs < deadlinesNs[place] || deadlineNs == deadlinesNs[place] && id < ids[place];
    }

    private void move(final int from, final int to) {
        put(to, deadlinesNs[from], ids[from], tags[from], args[from]);
    }

    private void put(final int place, final long deadlineNs, final long id, final int tag, final int arg) {
        deadlinesNs[place] = deadlineNs;
        ids[place] = id;
        tags[place] = tag;
        args[place] = arg;
    }
}
