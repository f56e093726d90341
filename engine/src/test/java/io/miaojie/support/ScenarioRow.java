package io.miaojie.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a scenario: {@code verb name option=value ... -> expected}.
 *
 * @param words what stands bare, the verb first
 * @param options what is given as {@code name=value}
 * @param expected what stands behind the arrow; empty: OK
 */
record ScenarioRow(String text, List<String> words, Map<String, String> options, List<String> expected) {
    private static final Map<String, Long> UNITS_NS =
            Map.of("s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L, "d", 86_400_000_000_000L);

    static ScenarioRow parse(final String text) {
        final String[] halves = text.split("->");
        final List<String> words = new ArrayList<>();
        final Map<String, String> options = new HashMap<>();
        for (final String word : halves[0].trim().split("\\s+")) {
            final int equals = word.indexOf('=');
            if (equals < 0) {
                words.add(word);
            } else {
                options.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        final List<String> expected =
                halves.length < 2 ? List.of() : Arrays.asList(halves[1].trim().split("\\s+"));
        return new ScenarioRow(text, words, options, expected);
    }

    String verb() {
        return words.get(0);
    }

    String name() {
        return words.size() > 1 ? words.get(1) : "";
    }

    String option(final String option, final String otherwise) {
        return options.getOrDefault(option, otherwise);
    }

    long number(final String option, final long otherwise) {
        return options.containsKey(option) ? Long.parseLong(options.get(option)) : otherwise;
    }

    /** Returns the entries of a list option, none when it isn't given. */
    String[] list(final String option) {
        return options.containsKey(option) ? options.get(option).split(",") : new String[0];
    }

    /** Returns the start of the scenario plus the given time, 0 when it isn't given. */
    long timeNs(final String option) {
        return options.containsKey(option) ? CoreRunner.START_NS + durationNs(options.get(option)) : 0;
    }

    /** Reads {@code +61s}, {@code -8d}. */
    static long durationNs(final String text) {
        final int last = text.length() - 1;
        return Long.parseLong(text.substring(0, last)) * UNITS_NS.get(text.substring(last));
    }
}
