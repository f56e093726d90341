package io.miaojie.settlement.part;

import io.miaojie.settlement.state.ByteArena;
import io.miaojie.settlement.state.LongRows;
import io.miaojie.settlement.state.Slice;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The lines of orders, chained per order in the order in which they came: what is due in cash, what was refunded by
 * name, how many pieces were ordered and delivered. A line that only refunds and deliveries have named is unknown: its
 * quantity is 0, nothing is due.
 *
 * <p>An entry in the arena is line id, sku and category, each with its length before it. Units: minor, pieces; more
 * than {@link #PIECES_MAX} pieces count as that many.
 */
public final class OrderLines implements StatePart {
    /** Most lines of one order. */
    public static final int PER_ORDER_MAX = 2_000;

    /** Most pieces that are told apart. */
    public static final int PIECES_MAX = (1 << 24) - 1;

    /** The next line of the order + 1 in the high half, pieces ordered in the low. */
    private static final int NEXT_QUANTITY = 0;

    private static final int DUE_MINOR = 1;
    private static final int REFUNDED_MINOR = 2;

    /** Where the texts stand, above the pieces delivered. */
    private static final int TEXT_DELIVERED = 3;

    private static final int WIDTH = 4;

    /** Line id, sku and category. */
    public static final int TEXTS = 3;

    private static final int DELIVERED_BITS = 24;
    private static final int LENGTH_MAX = 255;
    private static final int ENTRY_LENGTH_MAX = TEXTS * (1 + LENGTH_MAX);
    private static final int ENTRY_LENGTH_EXPECTED = 20;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private static final DirectBuffer NO_TEXTS = new UnsafeBuffer(new byte[TEXTS]);

    private final int max;
    private final LongRows rows;
    private final ByteArena arena;

    public OrderLines(final int max) {
        this.max = max;
        this.rows = new LongRows(WIDTH, max);
        this.arena = new ByteArena(ENTRY_LENGTH_MAX, (long) max * ENTRY_LENGTH_EXPECTED);
    }

    /** Moves the view to texts of which each is empty. */
    public static Slice noTexts(final Slice view) {
        return view.wrap(NO_TEXTS, 0, TEXTS);
    }

    /**
     * Adds a line that is in no chain yet; the caller has proven that there {@link #room} is.
     *
     * @param texts line id, sku and category, each behind its length
     */
    public int add(final Slice texts, final long dueMinor, final int quantity, final long refundedMinor) {
        return rows.add(quantity, dueMinor, refundedMinor, keep(texts) << DELIVERED_BITS);
    }

    /** Adds a line of nothing as {@link #add} does, of which the id alone is known. */
    public int addUnknown(final Slice id) {
        final int line = rows.add();
        final long position = arena.allocate(TEXTS + id.length());
        final UnsafeBuffer buffer = arena.buffer(position);
        final int at = arena.offset(position);
        buffer.putByte(at, (byte) id.length());
        id.copyTo(buffer, at + 1);
        buffer.putShort(at + 1 + id.length(), (short) 0);
        rows.set(line, TEXT_DELIVERED, position << DELIVERED_BITS);
        return line;
    }

    /** Gives an unknown line its sku and category, now that they are known. */
    public void setTexts(final int line, final Slice texts) {
        rows.set(line, TEXT_DELIVERED, keep(texts) << DELIVERED_BITS | delivered(line));
    }

    /** Returns the line behind this one in its order, -1: it is the last. */
    public int next(final int line) {
        return (int) (rows.get(line, NEXT_QUANTITY) >>> Integer.SIZE) - 1;
    }

    public void setNext(final int line, final int next) {
        rows.set(line, NEXT_QUANTITY, (next + 1L) << Integer.SIZE | rows.get(line, NEXT_QUANTITY) & LOW_HALF);
    }

    /** Returns the pieces that were ordered; 0: the line is unknown. */
    public int quantity(final int line) {
        return (int) rows.get(line, NEXT_QUANTITY);
    }

    /** Returns what is due in cash. */
    public long dueMinor(final int line) {
        return rows.get(line, DUE_MINOR);
    }

    /** Returns the sum of what refunds gave back for this line by name, which may be more than was paid. */
    public long refundedMinor(final int line) {
        return rows.get(line, REFUNDED_MINOR);
    }

    /** Returns the sum of the pieces that deliveries named, which may be more than were ordered. */
    public int delivered(final int line) {
        return (int) rows.get(line, TEXT_DELIVERED) & PIECES_MAX;
    }

    public void setDue(final int line, final long dueMinor, final int quantity) {
        rows.set(line, DUE_MINOR, dueMinor);
        rows.set(line, NEXT_QUANTITY, rows.get(line, NEXT_QUANTITY) & ~LOW_HALF | quantity);
    }

    public void setRefunded(final int line, final long minor) {
        rows.set(line, REFUNDED_MINOR, minor);
    }

    public void setDelivered(final int line, final int pieces) {
        rows.set(line, TEXT_DELIVERED, rows.get(line, TEXT_DELIVERED) & ~(long) PIECES_MAX | pieces);
    }

    /** Moves the view to the line's id; empty: the implicit line of a payment without lines. */
    public Slice id(final int line, final Slice view) {
        return text(line, 0, view);
    }

    public Slice sku(final int line, final Slice view) {
        return text(line, 1, view);
    }

    public Slice category(final int line, final Slice view) {
        return text(line, 2, view);
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

    /** Allocates what a full table of lines with texts of ordinary length needs. */
    public void reserve() {
        rows.reserve();
        arena.reserve((long) max * ENTRY_LENGTH_EXPECTED);
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(count());
        for (int line = 0; line < count(); line++) {
            out.putLong(rows.get(line, NEXT_QUANTITY));
            out.putLong(rows.get(line, DUE_MINOR));
            out.putLong(rows.get(line, REFUNDED_MINOR));
            out.putInt(delivered(line));
            final long position = rows.get(line, TEXT_DELIVERED) >>> DELIVERED_BITS;
            final UnsafeBuffer buffer = arena.buffer(position);
            final int begin = arena.offset(position);
            final int length = skip(buffer, begin, TEXTS) - begin;
            out.putInt(length);
            out.putRaw(buffer, begin, length);
        }
    }

    @Override
    public void load(final StateReader in) {
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[ENTRY_LENGTH_MAX]);
        final Slice texts = new Slice();
        for (int left = in.nextInt(); left > 0; left--) {
            final long nextQuantity = in.nextLong();
            final long dueMinor = in.nextLong();
            final long refundedMinor = in.nextLong();
            final int delivered = in.nextInt();
            final int length = in.nextInt();
            in.readRaw(entry, 0, length);
            final long position = keep(texts.wrap(entry, 0, length));
            rows.add(nextQuantity, dueMinor, refundedMinor, position << DELIVERED_BITS | delivered);
        }
    }

    /** Moves the view to one of line id (0), sku (1) and category (2). */
    public Slice text(final int line, final int text, final Slice view) {
        final long position = rows.get(line, TEXT_DELIVERED) >>> DELIVERED_BITS;
        final UnsafeBuffer buffer = arena.buffer(position);
        final int at = skip(buffer, arena.offset(position), text);
        return view.wrap(buffer, at + 1, buffer.getByte(at) & 0xFF);
    }

    /** Copies the texts into the arena and returns where they stand. */
    private long keep(final Slice texts) {
        final long position = arena.allocate(texts.length());
        texts.copyTo(arena.buffer(position), arena.offset(position));
        return position;
    }

    private static int skip(final UnsafeBuffer buffer, final int offset, final int texts) {
        int at = offset;
        for (int i = 0; i < texts; i++) {
            at += 1 + (buffer.getByte(at) & 0xFF);
        }
        return at;
    }
}
