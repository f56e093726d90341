package io.miaojie.benchmarks.report;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The page that a pass writes, in Markdown: every row with its figures, losing ones included, and what failed. */
final class ReportPage {
    private static final String OF_EACH = "| %s | %s | %s | %s | %s | %s | %s | %s |%n";

    /** Figures that stand beside the rows, by subject. */
    private static final Map<String, String> MORE = Map.of(
            "core", "allocated_bytes",
            "ring-forced", "journal_bytes",
            "http", "server_cpu_ns",
            "echo", "server_cpu_ns",
            "bulk", "sustained_per_s",
            "projection", "rows_per_payment",
            "decode", "per_s",
            "chronicle", "tail_per_s",
            "redis", "redis_version");

    private final StringBuilder page = new StringBuilder();
    private final Results results;
    private final JsonObject environment;
    private final List<String> plots;

    ReportPage(final Results results, final JsonObject environment, final List<String> plots) {
        this.results = results;
        this.environment = environment;
        this.plots = plots;
    }

    /** Writes it all. */
    String text() {
        page.append("# Measured: ").append(environment.getString("pass")).append(" pass, ");
        page.append(environment.getString("date")).append(", commit ");
        page.append(environment.getString("commit")).append("\n\nGenerated; how it was measured stands in ");
        page.append("[docs/PERFORMANCE.md](../../../docs/PERFORMANCE.md).\n");
        page.append(
                "Ratios are of pairs measured in turn in one session; median, quartiles and range over all pairs.\n\n");
        environment();
        rows();
        more();
        curves();
        failures();
        plots.forEach(plot ->
                page.append("\n![").append(plot).append("](").append(plot).append(")\n"));
        return page.toString();
    }

    private void environment() {
        page.append("| | |\n|---|---|\n");
        environment.forEach(entry -> page.append("| %s | %s |%n".formatted(entry.getKey(), entry.getValue())));
    }

    private void rows() {
        page.append("\n## Rows\n\n");
        page.append(OF_EACH.formatted(
                "row", "ours", "baseline", "ratio or figure", "quartiles (range)", "floor", "goal", "verdict"));
        page.append("|---|---|---|---|---|---|---|---|\n");
        for (final Row row : Row.ALL) {
            final Results.Judged judged = results.judge(row);
            page.append(OF_EACH.formatted(
                    row.id() + " " + row.what(),
                    number(judged.ours().median()) + " " + row.ours().name(),
                    row.baseline() == null
                            ? ""
                            : number(judged.baseline().median()) + " "
                                    + row.baseline().subject(),
                    number(judged.ratio().median()) + (row.baseline() == null ? "" : "×"),
                    "%s to %s (%s to %s), n=%d"
                            .formatted(
                                    number(judged.ratio().low()),
                                    number(judged.ratio().high()),
                                    number(judged.ratio().least()),
                                    number(judged.ratio().most()),
                                    judged.ratio().count()),
                    bound(row, row.floor()),
                    bound(row, row.goal()),
                    judged.verdict()));
        }
    }

    private void more() {
        page.append("\n## Beside them\n\n| | median | range |\n|---|---|---|\n");
        MORE.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            final Spread spread = results.spread(new Figure(entry.getKey(), entry.getValue()));
            if (spread.count() > 0) {
                page.append("| %s %s | %s | %s to %s |%n"
                        .formatted(
                                entry.getKey(),
                                entry.getValue(),
                                number(spread.median()),
                                number(spread.least()),
                                number(spread.most())));
            }
        });
        for (final String shape : List.of("latency", "latency-hot-pool", "latency-spike", "latency-cascades")) {
            final Spread spread = results.spread(new Figure(shape, "latency_p99_ms"));
            if (spread.count() > 0) {
                page.append("| %s p99 ms | %s | %s to %s |%n"
                        .formatted(shape, number(spread.median()), number(spread.least()), number(spread.most())));
            }
        }
    }

    private void curves() {
        page.append("\n## How cost grows\n\nOne payment in the core, ns.\n\n");
        curve("members", "members");
        curve("campaigns", "idle_campaigns");
        curve("depth", "depth");
    }

    private void curve(final String name, final String value) {
        final List<Results.Point> points = results.curve(name, value);
        if (!points.isEmpty()) {
            page.append("* ").append(value.replace('_', ' ')).append(": ");
            page.append(String.join(
                    ", ",
                    points.stream()
                            .map(point -> number(point.size()) + ": " + number(point.paymentNs()))
                            .toList()));
            page.append('\n');
        }
    }

    private void failures() {
        page.append("\n## What failed\n\n");
        if (results.failures().isEmpty()) {
            page.append("Nothing.\n");
        }
        results.failures()
                .forEach(round -> page.append("* %s, round %d, %s: `%s`%n"
                        .formatted(
                                round.subject(),
                                round.number(),
                                round.values(),
                                round.failure().replace('`', '\''))));
    }

    private static String bound(final Row row, final double value) {
        return Double.isNaN(value) ? "" : (row.lowerIsBetter() ? "≤ " : "≥ ") + number(value);
    }

    /** Writes three digits that tell, or a dash. */
    static String number(final double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        final double size = Math.abs(value);
        final String format = size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }
}
