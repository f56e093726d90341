package io.miaojie.api.support;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The real purchases of the CDNOW cohort, and what a rebate on them must come to, by decimal arithmetic and plain maps.
 * The file is a test input that is not part of the project: the folder is named by {@code MIAOJIE_TEST_DATA}.
 */
public final class Cdnow {
    public static final String DATA_VARIABLE = "MIAOJIE_TEST_DATA";

    /** One purchase: row number from 1, customer, day as YYYYMMDD, US dollars. */
    public record Row(int number, String customer, String day, BigDecimal dollars) {
        public long cents() {
            return dollars.movePointRight(2).longValueExact();
        }
    }

    private final List<Row> rows;

    private Cdnow(final List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Reads the whole master file. */
    public static Cdnow master() {
        final Path file = Path.of(System.getenv(DATA_VARIABLE), "payments", "CDNOW_master.txt.gz");
        final List<Row> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            lines.readLine();
            String line = lines.readLine();
            while (line != null) {
                final String[] fields = line.trim().split("\\s+");
                if (fields.length == 4) {
                    rows.add(new Row(rows.size() + 1, fields[0], fields[1], new BigDecimal(fields[3])));
                }
                line = lines.readLine();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Cdnow(rows);
    }

    public List<Row> rows() {
        return rows;
    }

    /** Returns the sum of all purchases, dollars. */
    public BigDecimal totalDollars() {
        return rows.stream().map(Row::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Returns what a rebate of this many percent, floored per purchase to whole cents, comes to by customer, in cents.
     */
    public Map<String, Long> rebateCents(final String percent) {
        final Map<String, Long> pools = new TreeMap<>();
        for (final Row row : rows) {
            final BigDecimal reward = row.dollars()
                    .multiply(new BigDecimal(percent))
                    .movePointLeft(2)
                    .setScale(2, RoundingMode.FLOOR);
            pools.merge(row.customer(), reward.movePointRight(2).longValueExact(), Long::sum);
        }
        return pools;
    }

    /** Returns the purchases as blocks of events, each a whole request. */
    public List<Buffer> blocks(final int blockLines) {
        final List<Buffer> blocks = new ArrayList<>();
        for (int start = 0; start < rows.size(); start += blockLines) {
            final Buffer block = Buffer.buffer();
            rows.subList(start, Math.min(rows.size(), start + blockLines))
                    .forEach(row -> block.appendString(event(row)));
            blocks.add(block);
        }
        return blocks;
    }

    private static String event(final Row row) {
        final String day = row.day();
        final String paidAt =
                day.substring(0, 4) + "-" + day.substring(4, 6) + "-" + day.substring(6, 8) + "T12:00:00Z";
        return """
                {"type":"payment","id":"cd-%d","order_id":"cd-%d","member_id":"%s","amount":%d,"currency":"USD",\
                "paid_at":"%s"}
                """
                .formatted(row.number(), row.number(), row.customer(), row.cents(), paidAt);
    }
}
