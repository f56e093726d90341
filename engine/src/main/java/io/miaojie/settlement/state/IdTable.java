package io.miaojie.settlement.state;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * (owner, exact id bytes) to a dense index from 0, and a row of longs for each. Ids are compared byte for byte; nothing
 * is ever removed. An id of ordinary length stands in the row itself, see {@link PackedId}; a longer one in an arena:
 * its owner (8 bytes), its length (1 byte), its bytes.
 */
public final class IdTable implements StatePart {
    private static final int LENGTH_OFFSET = Long.BYTES;
    private static final int ID_OFFSET = LENGTH_OFFSET + 1;
    private static final int ID_LENGTH_MAX = 255;

    private final int columns;
    private final LongRows rows;
    private final DenseIndex index;
    private final ByteArena arena;

    /** Of the id that was sought last, and where the walk for it ended. */
    private long soughtHash;

    private int soughtSlot;

    /** Makes a table of ids alone. */
    public IdTable(final int max) {
        this(max, 0);
    }

    /** Makes a table with this many longs beside each id. */
    public IdTable(final int max, final int columns) {
        this.columns = columns;
        this.rows = new LongRows(columns + PackedId.LONGS, max);
        this.index = new DenseIndex(max);
        this.arena = new ByteArena(ID_OFFSET + ID_LENGTH_MAX, (long) max * (ID_OFFSET + PackedId.LENGTH_MAX));
    }

    /** Returns the index of this owner's id, -1 when there is none. */
    public int find(final long owner, final Slice id) {
        final long hash = id.hash(owner);
        soughtHash = hash;
        final boolean isPacked = PackedId.fits(owner, id);
        int slot = index.home(hash);
        int entry = index.entry(slot);
        while (entry != 0) {
            final int row = index.row(entry);
            if (index.mayHold(entry, hash) && (isPacked ? holdsPacked(row, owner, id) : holdsFar(row, owner, id))) {
                return row;
            }
            slot = index.next(slot);
            entry = index.entry(slot);
        }
        soughtSlot = slot;
        return -1;
    }

    /** Reads where the search for an id of this hash begins, to have it near. */
    public int touch(final long hash) {
        return index.touch(hash);
    }

    /** Returns the row of an id of this hash as far as can be told without reading rows, -1 for a new one. */
    public int likelyRow(final long hash) {
        return index.likelyRow(hash);
    }

    /** Tells whether any id stands elsewhere than in its row. */
    public boolean hasFar() {
        return !arena.isEmpty();
    }

    /** Returns where the id of this row stands, -1: in the row. */
    public long place(final int row) {
        return PackedId.isPacked(rows.get(row, columns + 2)) ? -1 : rows.get(row, columns);
    }

    /** Reads the id at this {@link #place}, to have it near. */
    public byte touchId(final long place) {
        return arena.buffer(place).getByte(arena.offset(place));
    }

    /** Adds an id that isn't in the table and returns its index; the caller has proven that there {@link #room} is. */
    public int add(final long owner, final Slice id) {
        final long hash = id.hash(owner);
        return add(owner, id, hash, index.home(hash));
    }

    /** Adds as {@link #add(long, Slice)} the id that was sought last and not found. */
    public int addSought(final long owner, final Slice id) {
        assert soughtHash == id.hash(owner) : "another id was sought";
        return add(owner, id, soughtHash, soughtSlot);
    }

    private int add(final long owner, final Slice id, final long hash, final int slot) {
        final int row = rows.add();
        final long[] segment = rows.segment(row);
        final int at = rows.first(row) + columns;
        if (PackedId.fits(owner, id)) {
            segment[at] = PackedId.first(id);
            segment[at + 1] = PackedId.second(id);
            segment[at + 2] = PackedId.third(owner, id);
        } else {
            segment[at] = addFar(owner, id);
            segment[at + 2] = PackedId.FAR;
        }
        index.put(hash, row, slot);
        return row;
    }

    private long addFar(final long owner, final Slice id) {
        final long position = arena.allocate(ID_OFFSET + id.length());
        final UnsafeBuffer buffer = arena.buffer(position);
        final int offset = arena.offset(position);
        buffer.putLong(offset, owner, StateWriter.ORDER);
        buffer.putByte(offset + LENGTH_OFFSET, (byte) id.length());
        id.copyTo(buffer, offset + ID_OFFSET);
        return position;
    }

    /** Returns a long that stands beside the id, 0 before it was set. */
    public long get(final int row, final int column) {
        return rows.get(row, column);
    }

    public void set(final int row, final int column, final long value) {
        rows.set(row, column, value);
    }

    public long owner(final int row) {
        final long third = rows.get(row, columns + 2);
        if (PackedId.isPacked(third)) {
            return PackedId.owner(third);
        }
        final long position = rows.get(row, columns);
        return arena.buffer(position).getLong(arena.offset(position), StateWriter.ORDER);
    }

    /** Moves the view to the id of this row, or to a copy of it. */
    public Slice id(final int row, final Slice view) {
        final long[] segment = rows.segment(row);
        final int at = rows.first(row) + columns;
        final long first = segment[at];
        final long third = segment[at + 2];
        if (PackedId.isPacked(third)) {
            return view.copyOf(first, segment[at + 1], third, PackedId.length(third));
        }
        final UnsafeBuffer buffer = arena.buffer(first);
        final int offset = arena.offset(first);
        return view.wrap(buffer, offset + ID_OFFSET, length(buffer, offset));
    }

    /** Writes the id of this row as {@link io.miaojie.wire.IdSource#putId} does. */
    public int putId(final int row, final byte[] target, final int offset) {
        final long[] segment = rows.segment(row);
        final int at = rows.first(row) + columns;
        final long third = segment[at + 2];
        if (PackedId.isPacked(third)) {
            return PackedId.put(segment[at], segment[at + 1], third, target, offset);
        }
        final UnsafeBuffer buffer = arena.buffer(segment[at]);
        final int from = arena.offset(segment[at]);
        final int length = length(buffer, from);
        target[offset] = (byte) length;
        buffer.getBytes(from + ID_OFFSET, target, offset + 1, length);
        return offset + 1 + length;
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

    /** Allocates what a full table of ids of ordinary length needs. */
    public void reserve() {
        rows.reserve();
    }

    @Override
    public void save(final StateWriter out) {
        final UnsafeBuffer head = new UnsafeBuffer(new byte[ID_OFFSET]);
        final Slice id = new Slice();
        out.putInt(count());
        for (int row = 0; row < count(); row++) {
            id(row, id);
            head.putLong(0, owner(row), StateWriter.ORDER);
            head.putByte(LENGTH_OFFSET, (byte) id.length());
            out.putRaw(head, 0, ID_OFFSET);
            out.putRaw(id.buffer(), id.offset(), id.length());
            for (int column = 0; column < columns; column++) {
                out.putLong(get(row, column));
            }
        }
    }

    @Override
    public void load(final StateReader in) {
        final UnsafeBuffer entry = new UnsafeBuffer(new byte[ID_OFFSET + ID_LENGTH_MAX]);
        final Slice id = new Slice();
        for (int left = in.nextInt(); left > 0; left--) {
            in.readRaw(entry, 0, ID_OFFSET);
            final int length = length(entry, 0);
            in.readRaw(entry, ID_OFFSET, length);
            final int row = add(entry.getLong(0, StateWriter.ORDER), id.wrap(entry, ID_OFFSET, length));
            for (int column = 0; column < columns; column++) {
                set(row, column, in.nextLong());
            }
        }
    }

    private boolean holdsPacked(final int row, final long owner, final Slice id) {
        final long[] segment = rows.segment(row);
        final int at = rows.first(row) + columns;
        return segment[at] == PackedId.first(id)
                && segment[at + 2] == PackedId.third(owner, id)
                && segment[at + 1] == PackedId.second(id);
    }

    private boolean holdsFar(final int row, final long owner, final Slice id) {
        if (PackedId.isPacked(rows.get(row, columns + 2))) {
            return false;
        }
        final long position = rows.get(row, columns);
        final UnsafeBuffer buffer = arena.buffer(position);
        final int offset = arena.offset(position);
        return buffer.getLong(offset, StateWriter.ORDER) == owner
                && id.matches(buffer, offset + ID_OFFSET, length(buffer, offset));
    }

    private static int length(final UnsafeBuffer buffer, final int offset) {
        return buffer.getByte(offset + LENGTH_OFFSET) & 0xFF;
    }
}
