package io.miaojie.api.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * One month of a real shop with its refunds, as events, and what a rebate of 1 % must come to, by decimal arithmetic
 * and plain maps. Each row of the file is a line of its own. A refund takes from the newest earlier line of the same
 * customer and stock code that has something left; what no line covers is a refund of an order that nobody knows.
 *
 * <p>The file is a test input that is not part of the project, see {@link Cdnow#DATA_VARIABLE}.
 */
public final class Retail {
    private static final BigDecimal RATE = new BigDecimal("0.01");

    /** One row of the file, number from 1; money in pounds, negative for refunds. */
    private record Row(
            int number, String invoice, String stockCode, int quantity, BigDecimal price, String at, String customer) {
        BigDecimal amount() {
            return price.multiply(BigDecimal.valueOf(quantity));
        }

        boolean isPayment() {
            return !isRefund() && quantity > 0 && price.signum() > 0;
        }

        boolean isRefund() {
            return invoice.startsWith("C");
        }
    }

    /** A line that was paid, and what is left of it. */
    private static final class Line {
        private final Row row;
        private BigDecimal left;

        Line(final Row row) {
            this.row = row;
            this.left = row.amount();
        }
    }

    private final List<Row> rows;
    private final List<String> events = new ArrayList<>();
    private final Map<String, Deque<Line>> bought = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private BigDecimal gross = BigDecimal.ZERO;
    private BigDecimal refunded = BigDecimal.ZERO;
    private BigDecimal parked = BigDecimal.ZERO;
    private int payments;
    private int parkedCount;
    private int coveredCount;

    private Retail(final List<Row> rows) {
        this.rows = rows;
        int i = 0;
        while (i < rows.size()) {
            i = rows.get(i).isRefund() ? refund(i) : payment(i);
        }
    }

    /** Reads the month and works out everything. */
    public static Retail month() {
        final Path file = Path.of(System.getenv(Cdnow.DATA_VARIABLE), "refunds", "online_retail_2010-12.csv.gz");
        final List<Row> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final List<String> fields = fields(line);
                rows.add(new Row(
                        rows.size() + 1,
                        fields.get(0),
                        fields.get(1),
                        Integer.parseInt(fields.get(3)),
                        new BigDecimal(fields.get(5)),
                        fields.get(4).replace(' ', 'T') + "Z",
                        fields.get(6).replace(".0", "")));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Retail(rows);
    }

    /** Returns payments and refunds in the order of the file. */
    public List<String> events() {
        return events;
    }

    public int payments() {
        return payments;
    }

    public BigDecimal grossPounds() {
        return gross;
    }

    /** Returns the sum of all refunds, covered or not. */
    public BigDecimal refundedPounds() {
        return refunded;
    }

    /** Returns the sum of what no line covered. */
    public BigDecimal parkedPounds() {
        return parked;
    }

    /** Returns how many refunds, or rests of one, no line covered. */
    public int parkedCount() {
        return parkedCount;
    }

    /** Returns how many refunds of known lines there are. */
    public int coveredCount() {
        return coveredCount;
    }

    /** Returns what each paying customer's pool must hold, pence: 1 % of what is left of each line, floored. */
    public Map<String, Long> poolsPence() {
        return sums(line -> rebatePence(line.left));
    }

    /** Returns what was credited to each paying customer at first, pence. */
    public Map<String, Long> creditedPence() {
        return sums(line -> rebatePence(line.row.amount()));
    }

    private Map<String, Long> sums(final java.util.function.ToLongFunction<Line> figure) {
        final Map<String, Long> sums = new TreeMap<>();
        for (final Line line : lines) {
            if (!line.row.customer().isEmpty()) {
                sums.merge(line.row.customer(), figure.applyAsLong(line), Long::sum);
            }
        }
        return sums;
    }

    private static long rebatePence(final BigDecimal pounds) {
        return pence(pounds.multiply(RATE).setScale(2, RoundingMode.FLOOR));
    }

    private static long pence(final BigDecimal pounds) {
        return pounds.movePointRight(2).longValueExact();
    }

    /** Makes one payment of the rows of an invoice, which stand together, and returns the row behind them. */
    private int payment(final int first) {
        final String invoice = rows.get(first).invoice();
        final JsonArray paid = new JsonArray();
        BigDecimal sum = BigDecimal.ZERO;
        int i = first;
        while (i < rows.size() && rows.get(i).invoice().equals(invoice)) {
            final Row row = rows.get(i++);
            if (row.isPayment()) {
                paid.add(new JsonObject()
                        .put("line_id", Integer.toString(row.number()))
                        .put("sku", row.stockCode())
                        .put("quantity", row.quantity())
                        .put("amount", pence(row.amount())));
                sum = sum.add(row.amount());
                keep(new Line(row));
            }
        }
        if (!paid.isEmpty()) {
            pay(rows.get(first), paid, sum);
        }
        return i;
    }

    private void pay(final Row first, final JsonArray paid, final BigDecimal sum) {
        final JsonObject event = new JsonObject()
                .put("type", "payment")
                .put("id", "p" + first.invoice())
                .put("order_id", first.invoice())
                .put("amount", pence(sum))
                .put("currency", "GBP")
                .put("paid_at", first.at())
                .put("lines", paid);
        if (!first.customer().isEmpty()) {
            event.put("member_id", first.customer());
        }
        events.add(event.encode());
        payments++;
        gross = gross.add(sum);
    }

    private void keep(final Line line) {
        lines.add(line);
        if (!line.row.customer().isEmpty()) {
            bought.computeIfAbsent(key(line.row), any -> new ArrayDeque<>()).addFirst(line);
        }
    }

    private static String key(final Row row) {
        return row.customer() + "/" + row.stockCode();
    }

    private int refund(final int index) {
        final Row row = rows.get(index);
        BigDecimal rest = row.amount().negate();
        refunded = refunded.add(rest);
        int part = 0;
        for (final Line line : bought.getOrDefault(key(row), new ArrayDeque<>())) {
            final BigDecimal taken = row.customer().isEmpty() ? BigDecimal.ZERO : rest.min(line.left);
            if (taken.signum() > 0) {
                line.left = line.left.subtract(taken);
                rest = rest.subtract(taken);
                coveredCount++;
                events.add(refund(row, part++, line.row.invoice(), line.row.number(), taken));
            }
        }
        if (rest.signum() > 0) {
            parked = parked.add(rest);
            parkedCount++;
            events.add(refund(row, part, "unknown-" + row.number(), 0, rest));
        }
        return index + 1;
    }

    private static String refund(
            final Row row, final int part, final String order, final int line, final BigDecimal amount) {
        final JsonObject event = new JsonObject()
                .put("type", "refund")
                .put("id", "r" + row.number() + "-" + part)
                .put("order_id", order)
                .put("amount", pence(amount))
                .put("currency", "GBP")
                .put("refunded_at", row.at());
        if (line > 0) {
            event.put(
                    "lines",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("line_id", Integer.toString(line))
                                    .put("amount", pence(amount))));
        }
        return event.encode();
    }

    /** Splits a row at its commas, those within quotes left alone. */
    private static List<String> fields(final String line) {
        final List<String> fields = new ArrayList<>();
        final StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (final char c : (line + ",").toCharArray()) {
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        return fields;
    }
}
