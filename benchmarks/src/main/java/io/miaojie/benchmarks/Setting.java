package io.miaojie.benchmarks;

import java.util.Map;

/**
 * What a round is run with: the scale of its pass, and values that single rounds are given besides.
 *
 * @param values by name: {@code rate_per_s}, {@code members}, {@code idle_campaigns}, {@code depth}, ...
 */
public record Setting(Scale scale, Map<String, String> values) {
    public Setting {
        values = Map.copyOf(values);
    }

    /** Returns a whole number. */
    public int number(final String name, final int otherwise) {
        return values.containsKey(name) ? Integer.parseInt(values.get(name)) : otherwise;
    }

    /** Returns a text. */
    public String text(final String name, final String otherwise) {
        return values.getOrDefault(name, otherwise);
    }
}
