package io.miaojie.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is put into rows arrives in Postgres, whatever its type and however often it is sent. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TableRowsTest {
    private static final String[] COLUMNS = {
        "a bigint", "b integer", "c smallint", "d boolean", "e text", "f jsonb", "g bytea"
    };
    private static final String TABLE =
            "create temporary table sample (shard smallint, a bigint, b integer, c smallint,"
                    + " d boolean, e text, f jsonb, g bytea)";

    @TempDir
    Path directory;

    @Test
    @Tag("postgres")
    void everyTypeArrivesAsItWasPut() throws Exception {
        final TableRows added = TableRows.added("sample", COLUMNS);
        final TableRows staged =
                TableRows.staged("sample_change", "insert into miaojie.sample select * from {rows}", COLUMNS);
        put(added, "plain");
        put(added, "\u79d2\u6770 \ud83d\ude00");
        put(added, "a\0b");
        put(staged, "x".repeat(100_000));
        added.row(7)
                .none()
                .indexOrNull(-1)
                .smallintOrNull(0, 0)
                .none()
                .textOrNull(bytes())
                .none()
                .none();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Connection connection = postgres.address().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
            final RowConnection rows = RowConnection.ofTemporaryTables(connection);
            for (int round = 0; round < 2; round++) {
                rows.write(List.of(added, staged));
                connection.commit();
            }
            final String one = "7|-9000000000000000000|5|-1|true|%s|{\"k\": \"\u503c\"}|ff00";
            assertEquals(2, count(statement, one.formatted("plain")));
            assertEquals(2, count(statement, one.formatted("\u79d2\u6770 \ud83d\ude00")));
            assertEquals(2, count(statement, one.formatted("a\ufffdb")));
            assertEquals(2, count(statement, one.formatted("x".repeat(100_000))));
            assertEquals(2, count(statement, "7|||||||"));
        }
    }

    @Test
    void aRowHasEveryColumnInOrder() {
        final TableRows rows = TableRows.added("sample", COLUMNS);
        rows.row(0).bigint(1);
        assertThrows(IllegalStateException.class, () -> rows.text("no text comes here"));
        assertThrows(IllegalStateException.class, () -> rows.row(0));
    }

    private static void put(final TableRows rows, final String text) {
        rows.row(7)
                .bigintOrNull(0, -9_000_000_000_000_000_000L)
                .indexOrNull(5)
                .smallint(-1)
                .bool(true)
                .text(bytes(text.getBytes(StandardCharsets.UTF_8)))
                .json("{\"k\": \"\u503c\"}")
                .bytes(bytes((byte) -1, (byte) 0), 0, 2);
    }

    private static UnsafeBuffer bytes(final byte... bytes) {
        return new UnsafeBuffer(bytes);
    }

    private static long count(final Statement statement, final String row) throws Exception {
        final String text = "concat_ws('|', shard, coalesce(a::text, ''), coalesce(b::text, ''), coalesce(c::text, ''),"
                + " coalesce(d::text, ''), coalesce(e, ''), coalesce(f::text, ''), coalesce(encode(g, 'hex'), ''))";
        try (ResultSet found = statement.executeQuery("select " + text + " from sample")) {
            long count = 0;
            while (found.next()) {
                count += found.getString(1).equals(row) ? 1 : 0;
            }
            return count;
        }
    }
}
