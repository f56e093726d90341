package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Measured;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** All rounds of a pass, and what they say of each row. Rounds of curves stand beside: they have a {@code curve}. */
record Results(List<Round> rounds) {
    private static final String CURVE = "curve";
    private static final List<String> TOLD_IN_TURN =
            List.of(Measured.PER_S, "server_cpu_ns", "latency_p50_ms", "latency_p99_ms");

    /** A point of a curve: how large something was, and what a payment took. */
    record Point(double size, double paymentNs) {}

    /**
     * A row with what it came to.
     *
     * @param ratio of each pair of rounds; without a baseline the figure itself
     * @param verdict what was reached, or why it was not measured
     */
    record Judged(Row row, Spread ours, Spread baseline, Spread ratio, String verdict) {}

    /** Judges a row. */
    Judged judge(final Row row) {
        final Spread ours = spread(row.ours());
        final Spread baseline = row.baseline() == null ? Spread.of() : spread(row.baseline());
        final Spread ratio = row.baseline() == null ? ours : ratio(row);
        return new Judged(row, ours, baseline, ratio, ratio.count() == 0 ? reason(row) : row.verdict(ratio.median()));
    }

    /** Returns a figure over all rounds. */
    Spread spread(final Figure figure) {
        return Spread.of(of(figure.subject())
                .mapToDouble(round -> round.figure(figure.name()))
                .toArray());
    }

    /** Returns what failed. */
    List<Round> failures() {
        return rounds.stream().filter(Round::hasFailed).toList();
    }

    /** Returns the rounds of a subject that held. */
    Stream<Round> of(final String subject) {
        return rounds.stream()
                .filter(round -> round.subject().equals(subject) && !round.hasFailed())
                .filter(round -> !round.values().containsKey(CURVE));
    }

    /** Returns all latencies of a subject together; null: none. */
    Histogram latencyNs(final String subject, final String name) {
        return of(subject)
                .map(round -> round.measured().latenciesNs().get(name))
                .filter(java.util.Objects::nonNull)
                .reduce(null, (sum, next) -> {
                    final Histogram both = sum == null ? new Histogram(3) : sum;
                    both.add(next);
                    return both;
                });
    }

    /** Returns a curve of the core by the value that it was measured over. */
    List<Point> curve(final String name, final String value) {
        return rounds.stream()
                .filter(round -> name.equals(round.values().get(CURVE)) && !round.hasFailed())
                .map(round ->
                        new Point(Double.parseDouble(round.values().get(value)), 1e9 / round.figure(Measured.PER_S)))
                .toList();
    }

    /** Tells of each subject what its windows came to, and what that is to the first, figure by figure. */
    String inTurn(final List<String> subjects) {
        final StringBuilder text = new StringBuilder();
        for (final String subject : subjects) {
            for (final String name : TOLD_IN_TURN) {
                final Spread figure = spread(new Figure(subject, name));
                if (figure.count() > 0) {
                    text.append("%-26s %-16s %s%n".formatted(subject, name, figure));
                    final Spread ratio = pairs(new Figure(subject, name), new Figure(subjects.get(0), name));
                    text.append(
                            subject.equals(subjects.get(0))
                                    ? ""
                                    : "%26s %-16s %s%n".formatted("", "to the first", ratio));
                }
            }
        }
        failures()
                .forEach(round ->
                        text.append("FAILED %s %d: %s%n".formatted(round.subject(), round.number(), round.failure())));
        return text.toString();
    }

    /** Pairs by round or by cycle; what was measured in rounds has no pair in a window, there medians are compared. */
    private Spread ratio(final Row row) {
        if (isInTurn(row.ours()) != isInTurn(row.baseline())) {
            return Spread.of(
                    spread(row.ours()).median() / spread(row.baseline()).median());
        }
        return pairs(row.ours(), row.baseline());
    }

    private Spread pairs(final Figure figure, final Figure other) {
        final Map<Integer, Double> ours = byRound(figure);
        final Map<Integer, Double> baseline = byRound(other);
        return Spread.of(IntStream.range(0, rounds.size())
                .filter(number -> ours.containsKey(number) && baseline.containsKey(number))
                .mapToDouble(number -> ours.get(number) / baseline.get(number))
                .toArray());
    }

    private static boolean isInTurn(final Figure figure) {
        return Contenders.ALL.containsKey(figure.subject());
    }

    private Map<Integer, Double> byRound(final Figure figure) {
        return of(figure.subject())
                .filter(round -> !Double.isNaN(round.figure(figure.name())))
                .collect(java.util.stream.Collectors.toMap(Round::number, round -> round.figure(figure.name())));
    }

    private String reason(final Row row) {
        return rounds.stream()
                .filter(round -> round.hasFailed() && row.needs(round.subject()))
                .map(round -> "FAILED: " + round.subject() + ", see below")
                .findFirst()
                .orElse("not measured");
    }
}
