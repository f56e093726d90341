package io.miaojie.benchmarks.report;

import java.util.List;

/**
 * A row of the table: what is to be reached, against what.
 *
 * @param baseline null: the figure stands for itself, floor and goal are of its unit; else of its ratio to the baseline
 * @param floor what it must reach; NaN: nothing
 * @param lowerIsBetter latencies and bytes
 */
record Row(String id, String what, Figure ours, Figure baseline, double floor, double goal, boolean lowerIsBetter) {
    /** Every row, in order. Floors and goals are those that were set before anything was measured. */
    static final List<Row> ALL = List.of(
            atLeast("P1", "settlement core alone", "core", "map-loop", 0.125, 0.30),
            atLeast("P2", "ring and settlement, no journal", "ring", "exchange-core", 0.35, 0.8),
            atLeast("P3", "ring, settlement, journal not forced", "ring-written", "exchange-core-journal", 0.7, 1.2),
            atLeast("P4", "the same, forced per group commit", "ring-forced", "ring-written", 0.6, 0.85),
            atLeast("P5", "HTTP, one payment a request, durable", "http", "echo", 0.40, 0.60),
            atLeast("P6", "the same against a Redis script", "http", "redis", 2, 4),
            atLeast("P7", "the same against a Postgres function", "http", "postgres", 8, 15),
            atLeast("P8", "HTTP in bulk, durable", "bulk", "http", 4, 10),
            atLeast("P9", "all on one hot pool", "bulk-hot-pool", "bulk", 0.95, 1.0),
            atMost(
                    "P10",
                    "p99 at half of our own maximum, durable",
                    new Figure("latency", "latency_p99_ms"),
                    new Figure("latency-forced-server", "latency_p99_ms"),
                    2.5,
                    1.3),
            new Row(
                    "P11",
                    "projector, rows",
                    new Figure("projection", "rows_per_s"),
                    new Figure("projection", "copy_rows_per_s"),
                    0.6,
                    1.0,
                    false),
            new Row("P11b", "projector, payments", Figure.perSecond("projection"), null, 30_000, 30_000, false),
            atMost(
                    "P12",
                    "p99 with Postgres stopped",
                    new Figure("latency-postgres-stopped", "latency_p99_ms"),
                    new Figure("latency", "latency_p99_ms"),
                    1.2,
                    1.0),
            atLeast("P13", "replay", "replay", "core", 0.7, 0.9),
            atMost(
                    "P14",
                    "allocated in ring, settlement and journal",
                    new Figure("ring-forced", "allocated_bytes"),
                    null,
                    0.5,
                    0.5),
            atMost("P14b", "allocated in decode", new Figure("decode", "allocated_bytes"), null, Double.NaN, 0.5),
            atMost("P15", "memory of a member with one pool", new Figure("memory", "member_bytes"), null, 160, 100),
            atMost("P15b", "memory of a remembered id", new Figure("memory", "key_bytes"), null, 40, 24),
            atMost("P15c", "10,000,000 members and ids", new Figure("memory", "gb_for_10m_members"), null, 4, 4),
            atMost("P16", "start to ready, empty directory", new Figure("start", "start_s"), null, 6, 3));

    private static Row atLeast(
            final String id,
            final String what,
            final String ours,
            final String baseline,
            final double floor,
            final double goal) {
        return new Row(id, what, Figure.perSecond(ours), Figure.perSecond(baseline), floor, goal, false);
    }

    private static Row atMost(
            final String id,
            final String what,
            final Figure ours,
            final Figure baseline,
            final double floor,
            final double goal) {
        return new Row(id, what, ours, baseline, floor, goal, true);
    }

    /** Returns whether a row is measured by this subject. */
    boolean needs(final String subject) {
        return ours.subject().equals(subject)
                || baseline != null && baseline.subject().equals(subject);
    }

    /** Says what a median has reached. */
    String verdict(final double median) {
        if (reaches(median, goal)) {
            return "goal";
        }
        if (Double.isNaN(floor)) {
            return "not yet";
        }
        return reaches(median, floor) ? "floor" : "UNDER THE FLOOR";
    }

    private boolean reaches(final double value, final double bound) {
        return lowerIsBetter ? value <= bound : value >= bound;
    }
}
