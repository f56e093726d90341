package io.miaojie.settlement.part;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How many different members something was seen with: a device, an address, a payout account. A subject is a few bytes
 * of its merchant; its window begins with the first member and, once it is over, with the next. Bounded by two
 * generations: when the newer is full the older is forgotten, and with it what was seen long ago. Takes no memory
 * before something is seen.
 *
 * <p>Units: epoch nanoseconds. Thread: settlement.
 */
public final class Sightings implements StatePart {
    /** Most bytes of a subject. */
    public static final int SUBJECT_MAX = 200;

    private static final int NOBODY = -1;

    /** When the window of a subject began; of a member, that of the window in which it was seen. */
    private static final int SINCE_NS = 0;

    private static final int COUNT = 1;
    private static final int WIDTH = 2;

    private final int generationMax;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[SUBJECT_MAX + Integer.BYTES + 1]);
    private final Slice key = new Slice();
    private IdTable newer;
    private IdTable older;

    /** Makes a table of at most this many subjects and members seen with them, at least 2. */
    public Sightings(final int max) {
        this.generationMax = Math.max(1, max / 2);
    }

    /**
     * Returns how many members a subject has been seen with in its window, this one included.
     *
     * @param member -1: one that is not made yet
     */
    public long count(
            final int merchant, final Slice subject, final int member, final long windowNs, final long nowNs) {
        final long sinceNs = value(merchant, subject(subject), SINCE_NS);
        if (isOver(sinceNs, windowNs, nowNs)) {
            return 1;
        }
        final long count = value(merchant, subject(subject), COUNT);
        return isSeen(merchant, subject, member, sinceNs) ? count : count + 1;
    }

    /** Returns whether a subject has been seen with a member in its window. */
    public boolean has(
            final int merchant, final Slice subject, final int member, final long windowNs, final long nowNs) {
        final long sinceNs = value(merchant, subject(subject), SINCE_NS);
        return !isOver(sinceNs, windowNs, nowNs) && isSeen(merchant, subject, member, sinceNs);
    }

    /** Notes that a subject is seen with a member. */
    public void see(final int merchant, final Slice subject, final int member, final long windowNs, final long nowNs) {
        final long sinceNs = value(merchant, subject(subject), SINCE_NS);
        final boolean isNew = isOver(sinceNs, windowNs, nowNs);
        if (!isNew && isSeen(merchant, subject, member, sinceNs)) {
            return;
        }
        final long count = isNew ? 0 : value(merchant, subject(subject), COUNT);
        put(merchant, subject(subject), isNew ? nowNs : sinceNs, count + 1);
        put(merchant, pair(subject, member), isNew ? nowNs : sinceNs, 1);
    }

    /** Returns a register of a subject that counts without a window, 0 when it was never raised. */
    public long register(final int merchant, final Slice subject, final int column) {
        return Math.max(0, value(merchant, subject(subject), column));
    }

    /** Raises the two registers of a subject that counts without a window. */
    public void raise(final int merchant, final Slice subject, final long first, final long second) {
        final long before = register(merchant, subject, SINCE_NS);
        final long beside = register(merchant, subject, COUNT);
        put(merchant, subject(subject), before + first, beside + second);
    }

    /** Returns how many rows are kept, those counted twice that the newer half has again. */
    public int count() {
        return isEmpty() ? 0 : newer.count() + older.count();
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(isEmpty() ? 0 : 1);
        if (!isEmpty()) {
            older.save(out);
            newer.save(out);
        }
    }

    @Override
    public void load(final StateReader in) {
        if (in.nextInt() != 0) {
            begin();
            older.load(in);
            newer.load(in);
        }
    }

    private boolean isEmpty() {
        return newer == null;
    }

    private void begin() {
        newer = table();
        older = table();
    }

    private static boolean isOver(final long sinceNs, final long windowNs, final long nowNs) {
        return sinceNs < 0 || nowNs - sinceNs >= windowNs;
    }

    private boolean isSeen(final int merchant, final Slice subject, final int member, final long sinceNs) {
        return member != NOBODY && value(merchant, pair(subject, member), SINCE_NS) == sinceNs;
    }

    /** The key of a subject ends with 0, that of a member seen with it with 1 behind the member. */
    private Slice subject(final Slice subject) {
        subject.copyTo(bytes, 0);
        bytes.putByte(subject.length(), (byte) 0);
        return key.wrap(bytes, 0, subject.length() + 1);
    }

    private Slice pair(final Slice subject, final int member) {
        subject.copyTo(bytes, 0);
        bytes.putInt(subject.length(), member);
        bytes.putByte(subject.length() + Integer.BYTES, (byte) 1);
        return key.wrap(bytes, 0, subject.length() + Integer.BYTES + 1);
    }

    private long value(final int merchant, final Slice sought, final int column) {
        if (isEmpty()) {
            return -1;
        }
        final int row = newer.find(merchant, sought);
        if (row >= 0) {
            return newer.get(row, column);
        }
        final int olderRow = older.find(merchant, sought);
        return olderRow < 0 ? -1 : older.get(olderRow, column);
    }

    private void put(final int merchant, final Slice sought, final long first, final long second) {
        if (isEmpty()) {
            begin();
        }
        int row = newer.find(merchant, sought);
        if (row < 0) {
            if (newer.room() == 0) {
                older = newer;
                newer = table();
            }
            row = newer.add(merchant, sought);
        }
        newer.set(row, SINCE_NS, first);
        newer.set(row, COUNT, second);
    }

    private IdTable table() {
        return new IdTable(generationMax, WIDTH);
    }
}
