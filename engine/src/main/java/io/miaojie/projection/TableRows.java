package io.miaojie.projection;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * Rows of one kind as COPY takes them in binary, put value by value into an array that is kept from batch to batch.
 *
 * <pre>
 *   rows that are only added     COPY into their table
 *   rows that change others      COPY into a staging table of the session, then a statement over it
 * </pre>
 *
 * Allocates: nothing once the array has grown to the size of a batch, but for texts that are not ASCII.
 */
final class TableRows {
    /** What a column holds. */
    private enum Type {
        BIGINT,
        INTEGER,
        SMALLINT,
        BOOLEAN,
        TEXT,
        JSONB,
        BYTEA
    }

    private static final byte[] HEADER = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int NULL_LENGTH = -1;
    private static final short TRAILER = -1;
    private static final byte JSONB_VERSION = 1;
    private static final String SHARD = "shard smallint";

    /** Bytes of a message: enough to send at once, few enough that Postgres begins while others are still sent. */
    private static final int PART_BYTES = 64 << 10;

    /** A larger array is not kept: few batches are of records that make so many rows. */
    private static final int KEPT_BYTES_MAX = 32 << 20;

    private final String target;
    private final String definition;
    private final String statement;
    private final String names;
    private final Type[] types;
    private ExpandableArrayBuffer buffer;
    private int end;
    private int count;

    /** Column that comes next; as many as there are: the row is complete. */
    private int column;

    private TableRows(final String target, final String statement, final String... columns) {
        final String[] all = withShard(columns);
        this.target = target;
        this.definition = String.join(", ", all);
        this.statement = statement;
        this.names = names(all);
        this.types = Arrays.stream(all)
                .map(each -> Type.valueOf(word(each).toUpperCase(Locale.ROOT)))
                .toArray(Type[]::new);
        this.column = types.length;
        clear();
    }

    /**
     * Makes rows that are added to a table of schema {@code miaojie}.
     *
     * @param columns {@code name type} of each in the order in which values are put, but for the shard, which is first
     */
    static TableRows added(final String table, final String... columns) {
        return new TableRows("miaojie." + table, "", columns);
    }

    /**
     * Makes rows that are added, unless they are there already.
     *
     * @param conflict what happens then: {@code on conflict ...}
     */
    static TableRows upserted(final String table, final String conflict, final String... columns) {
        final String names = names(withShard(columns));
        return staged(
                table,
                "insert into miaojie." + table + " (" + names + ") select " + names + " from {rows} " + conflict,
                columns);
    }

    /**
     * Makes rows that a statement reads.
     *
     * @param name of the staging table
     * @param statement names its rows {@code {rows}}, which become the relation {@code t}; the shard is among them
     */
    static TableRows staged(final String name, final String statement, final String... columns) {
        final String target = "pg_temp.staged_" + name;
        return new TableRows(target, statement.replace("{rows}", target + " as t"), columns);
    }

    /** Returns the expression, for a query that groups rows, of the last value of a column that is not null. */
    static String last(final String column, final String order) {
        return "(array_agg(" + column + " order by " + order + " desc) filter (where " + column
                + " is not null))[1] as " + column;
    }

    /** Begins a row; its values follow, each column once and in order. */
    TableRows row(final int shard) {
        requireComplete();
        buffer.putShort(end, (short) types.length, ByteOrder.BIG_ENDIAN);
        end += Short.BYTES;
        column = 0;
        count++;
        return smallint(shard);
    }

    TableRows bigint(final long value) {
        final int at = next(Type.BIGINT, Long.BYTES);
        buffer.putLong(at, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /** Puts a number, null when it is the one that stands for none. */
    TableRows bigintOrNull(final long absent, final long value) {
        return value == absent ? none() : bigint(value);
    }

    TableRows integer(final int value) {
        final int at = next(Type.INTEGER, Integer.BYTES);
        buffer.putInt(at, value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /** Puts an index, null when it is below 0. */
    TableRows indexOrNull(final int index) {
        return index < 0 ? none() : integer(index);
    }

    /** Puts a number of 16 bits, of which more are not looked at. */
    TableRows smallint(final int value) {
        final int at = next(Type.SMALLINT, Short.BYTES);
        buffer.putShort(at, (short) value, ByteOrder.BIG_ENDIAN);
        return this;
    }

    /** Puts a number of 16 bits, null when it is the one that stands for none. */
    TableRows smallintOrNull(final int absent, final int value) {
        return value == absent ? none() : smallint(value);
    }

    TableRows bool(final boolean value) {
        final int at = next(Type.BOOLEAN, Byte.BYTES);
        buffer.putByte(at, (byte) (value ? 1 : 0));
        return this;
    }

    /** Puts a text, which may be null. */
    TableRows text(final String value) {
        return value == null ? none() : characters(Type.TEXT, value);
    }

    /** Puts a text as it stands in a message. */
    TableRows text(final DirectBuffer utf8) {
        final int length = utf8.capacity();
        for (int i = 0; i < length; i++) {
            if (utf8.getByte(i) <= 0) {
                return text(SbeText.text(utf8));
            }
        }
        return put(Type.TEXT, utf8, 0, length);
    }

    /** Puts a text as it stands in a message, null when it is empty. */
    TableRows textOrNull(final DirectBuffer utf8) {
        return utf8.capacity() == 0 ? none() : text(utf8);
    }

    TableRows json(final String value) {
        return characters(Type.JSONB, value);
    }

    TableRows bytes(final DirectBuffer source, final int offset, final int length) {
        return put(Type.BYTEA, source, offset, length);
    }

    /** Puts null. */
    TableRows none() {
        buffer.putInt(end, NULL_LENGTH, ByteOrder.BIG_ENDIAN);
        end += Integer.BYTES;
        column++;
        return this;
    }

    int count() {
        return count;
    }

    void clear() {
        requireComplete();
        if (buffer == null || buffer.capacity() > KEPT_BYTES_MAX) {
            buffer = new ExpandableArrayBuffer();
            buffer.putBytes(0, HEADER);
        }
        end = HEADER.length;
        count = 0;
    }

    /** Returns the columns of the staging table with their types, empty: the rows go to their own table at once. */
    String staging() {
        return statement.isEmpty() ? "" : target + " (" + definition + ")";
    }

    /** Returns the statement over the staging table, empty: there is none. */
    String statement() {
        return statement;
    }

    /** Returns the COPY into their table or staging table. */
    String copy() {
        return "copy " + target + " (" + names + ") from stdin (format binary)";
    }

    /**
     * Sends the rows.
     *
     * @param sql is {@link #copy}, perhaps of another schema
     * @throws SQLException when Postgres does not take them
     */
    void send(final CopyManager copies, final String sql) throws SQLException {
        requireComplete();
        buffer.putShort(end, TRAILER, ByteOrder.BIG_ENDIAN);
        final int length = end + Short.BYTES;
        final CopyIn copy = copies.copyIn(sql);
        for (int sent = 0; sent < length; sent += PART_BYTES) {
            copy.writeToCopy(buffer.byteArray(), sent, Math.min(PART_BYTES, length - sent));
        }
        copy.endCopy();
    }

    private TableRows characters(final Type type, final String value) {
        if (!isAscii(value)) {
            final byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            buffer.putBytes(next(type, utf8.length), utf8);
            return this;
        }
        buffer.putStringWithoutLengthAscii(next(type, value.length()), value);
        return this;
    }

    private static boolean isAscii(final String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > Byte.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private TableRows put(final Type type, final DirectBuffer source, final int offset, final int length) {
        buffer.putBytes(next(type, length), source, offset, length);
        return this;
    }

    /** Begins a value of this many bytes; returns where they go. */
    private int next(final Type type, final int length) {
        if (types[column] != type) {
            throw new IllegalStateException(
                    "no column of this type: target=" + target + " column=" + column + " type=" + type);
        }
        column++;
        final int versionBytes = type == Type.JSONB ? Byte.BYTES : 0;
        buffer.putInt(end, length + versionBytes, ByteOrder.BIG_ENDIAN);
        if (type == Type.JSONB) {
            buffer.putByte(end + Integer.BYTES, JSONB_VERSION);
        }
        final int at = end + Integer.BYTES + versionBytes;
        end = at + length;
        return at;
    }

    private void requireComplete() {
        if (column != types.length) {
            throw new IllegalStateException("a row lacks columns: target=" + target + " column=" + column);
        }
    }

    private static String[] withShard(final String... columns) {
        return Stream.concat(Stream.of(SHARD), Arrays.stream(columns)).toArray(String[]::new);
    }

    private static String names(final String... columns) {
        return Arrays.stream(columns)
                .map(each -> each.substring(0, each.indexOf(' ')))
                .collect(Collectors.joining(", "));
    }

    private static String word(final String column) {
        return column.substring(column.indexOf(' ') + 1);
    }
}
