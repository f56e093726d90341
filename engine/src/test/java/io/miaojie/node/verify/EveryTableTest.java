package io.miaojie.node.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.ExpectedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage to any column of any table is named: by table, row and column. */
@Tag("postgres")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EveryTableTest {
    private static final Path MIGRATIONS = Path.of("src/main/resources/io/miaojie/projection/migration");
    private static final Pattern CREATE = Pattern.compile("create table (?:if not exists )?miaojie\\.(\\w+)");

    /** Tables of the migrations that hold no rows of records. */
    private static final Set<String> NOT_COMPARED = Set.of("kind_word", "record_archive");

    /** The projector's own, which no record tells. */
    private static final Set<String> NO_RECORDS = Set.of("position.epoch", "position.projected_at");

    @TempDir
    static Path directory;

    private static EmbeddedPostgres postgres;
    private static ProjectedShop shop;
    private static ExpectedRows expected;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start(directory);
        shop = ProjectedShop.settle(postgres.address(), 2, 1_500);
        expected = ExpectedRows.open(shop.database(), ProjectedShop.config(1_000));
        expected.fill(shop.journal().reader(0), shop.journal().durableSequence());
    }

    @AfterAll
    static void stop() {
        expected.close();
        postgres.close();
    }

    @Test
    void comparesEveryTableOfTheMigrations() throws Exception {
        final Set<String> created = created();
        assertTrue(created.contains("payment_order"), created::toString);
        created.removeAll(NOT_COMPARED);
        assertEquals(created, new TreeSet<>(expected.tables()));
    }

    @Test
    void namesADamagedColumn() throws Exception {
        for (final String table : expected.tables()) {
            final List<String> key = key(table);
            final String row = keep(table, key);
            for (final String column : columns(table)) {
                if (!key.contains(column) && !NO_RECORDS.contains(table + "." + column)) {
                    damage(table, key, column);
                    final List<String> found = differences(table);
                    final String begin = row + ": " + column + " expected=";
                    assertEquals(1, found.size(), () -> table + "." + column + " " + found);
                    assertTrue(found.get(0).startsWith(begin), () -> begin + " " + found);
                    restore(table);
                }
            }
            assertEquals(List.of(), differences(table), table);
        }
    }

    @Test
    void namesARowThatIsMissingAndOneThatNoRecordMade() throws Exception {
        for (final String table : expected.tables()) {
            final List<String> key = key(table);
            final String row = keep(table, key);
            damage(table, key, key.get(key.size() - 1));
            final List<String> found = differences(table);
            assertTrue(found.contains(row + ": the row is missing"), found::toString);
            if (!key.equals(List.of("shard"))) {
                assertEquals(2, found.size(), found::toString);
                assertTrue(found.toString().contains(": no record makes this row"), found::toString);
            }
            restore(table);
            assertEquals(List.of(), differences(table), table);
        }
    }

    private static Set<String> created() throws IOException {
        final Set<String> created = new TreeSet<>();
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            for (final Path file : files.toList()) {
                final Matcher matcher = CREATE.matcher(Files.readString(file));
                while (matcher.find()) {
                    created.add(matcher.group(1));
                }
            }
        }
        return created;
    }

    private static List<String> differences(final String table) {
        final List<String> found = new ArrayList<>();
        assertTrue(expected.compare(table, found::add) > 0, () -> "no story filled " + table);
        return found;
    }

    /** Keeps the rows and returns how the last of them is named. */
    private static String keep(final String table, final List<String> key) throws SQLException {
        run("drop table if exists kept");
        run("create table kept as select * from miaojie." + table);
        final List<String> names =
                key.stream().map(name -> "'" + name + "=' || " + name).toList();
        return table + " "
                + texts("select concat_ws(' ', " + String.join(", ", names) + ") from " + last(table, key))
                        .get(0);
    }

    private static void restore(final String table) throws SQLException {
        run("delete from miaojie." + table);
        run("insert into miaojie." + table + " select * from kept");
    }

    private static void damage(final String table, final List<String> key, final String column) throws SQLException {
        final String type = texts("select data_type from information_schema.columns where table_schema = 'miaojie'"
                        + " and table_name = '" + table + "' and column_name = '" + column + "'")
                .get(0);
        final String value =
                switch (type) {
                    case "bigint", "integer", "smallint" -> "coalesce(" + column + ", 0) + 1";
                    case "text" -> "coalesce(" + column + ", '') || 'x'";
                    case "boolean" -> "not coalesce(" + column + ", false)";
                    case "bytea" -> column + " || '\\x00'::bytea";
                    case "jsonb" -> "'{\"damaged\": true}'";
                    default -> throw new AssertionError("no way to damage: type=" + type + " table=" + table);
                };
        final String names = String.join(", ", key);
        run("update miaojie." + table + " set " + column + " = " + value + " where (" + names + ") = (select " + names
                + " from " + last(table, key) + ")");
    }

    /** The row that stands last by its key: a number of a key can be raised there. */
    private static String last(final String table, final List<String> key) {
        return "(select * from miaojie." + table + " order by "
                + String.join(", ", key.stream().map(name -> name + " desc").toList()) + " limit 1) chosen";
    }

    private static List<String> key(final String table) throws SQLException {
        return texts("select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid"
                + " and a.attnum = any(i.indkey) where i.indisprimary and i.indrelid = 'miaojie." + table
                + "'::regclass order by array_position(i.indkey, a.attnum)");
    }

    private static List<String> columns(final String table) throws SQLException {
        return texts("select column_name from information_schema.columns where table_schema = 'miaojie'"
                + " and table_name = '" + table + "'");
    }

    private static List<String> texts(final String sql) throws SQLException {
        return ProjectedShop.texts(shop.database(), sql);
    }

    private static void run(final String sql) throws SQLException {
        ProjectedShop.run(shop.database(), sql);
    }
}
