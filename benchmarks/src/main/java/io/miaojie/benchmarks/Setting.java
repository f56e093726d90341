package io.miaojie.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a round is run with: the scale of its pass, and values that single rounds are given besides.
 *
 * @param values by name: {@code rate_per_s}, {@code members}, {@code idle_campaigns}, {@code depth}, {@code warm_up_s},
 *     {@code seconds}, ...
 */
public record Setting(Scale scale, Map<String, String> values) {
    public Setting {
        values = Map.copyOf(values);
    }

    /** Returns how long is sent over sockets before measuring. */
    public long warmUpNs() {
        return TimeUnit.SECONDS.toNanos(number("warm_up_s", scale.warmUpSeconds()));
    }

    /** Returns how long is measured over sockets, in seconds. */
    public int seconds() {
        return number("seconds", scale.seconds());
    }

    /** Returns how long is measured over sockets. */
    public long durationNs() {
        return TimeUnit.SECONDS.toNanos(seconds());
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
