package io.miaojie.simulation;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all seeds of a run have seen, by name. Thread: any. */
final class Coverage {
    private final Map<String, LongAdder> seen = new ConcurrentHashMap<>();

    void note(final String what) {
        seen.computeIfAbsent(what, key -> new LongAdder()).increment();
    }

    /** Notes in which state a sale was seen. */
    void noteState(final NaiveSales.Sale sale) {
        final int state = Integer.parseInt(sale.told().substring(0, sale.told().indexOf(' ')));
        note(state(sale.campaign.current().terms.kind(), "sale", state));
    }

    /** Notes in which state a seat was seen. */
    void noteState(final NaiveSales.Seat seat) {
        note(state(seat.version.terms.kind(), "seat", seat.state));
    }

    /** Names a state of something of a kind. */
    static String state(final int kind, final String of, final int state) {
        return of + "." + kind + "." + state;
    }

    long count(final String what) {
        return seen.getOrDefault(what, new LongAdder()).sum();
    }

    /** Returns which of these was never seen. */
    Set<String> missing(final Stream<String> names) {
        return names.filter(name -> count(name) == 0).collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    @Override
    public String toString() {
        return seen.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue().sum())
                .collect(Collectors.joining("\n"));
    }
}
