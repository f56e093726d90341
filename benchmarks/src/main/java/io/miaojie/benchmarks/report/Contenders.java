package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.baseline.BareServer;
import io.miaojie.benchmarks.baseline.PostgresFunction;
import io.miaojie.benchmarks.baseline.RedisScript;
import io.miaojie.benchmarks.rig.Contender;
import io.miaojie.benchmarks.rig.OurServer;
import io.miaojie.benchmarks.rig.Windows;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/** The table of what is measured in windows in turn, all that are wanted in one process of this program. */
final class Contenders {
    /** Starts a server. */
    @FunctionalInterface
    private interface Opener {
        Contender open(Setting setting) throws IOException, InterruptedException;
    }

    private static final String OTHER = "-other";

    static final Map<String, Opener> ALL = Map.of(
            "http", OurServer::saturated,
            "echo", BareServer::echo,
            "redis", RedisScript::new,
            "postgres", PostgresFunction::new,
            "latency", OurServer::planned,
            "latency-forced-server", BareServer::forced,
            "latency-postgres-stopped", OurServer::withPostgresStopped);

    private Contenders() {}

    /**
     * Measures these in turn.
     *
     * @param subjects by name; one of ours with {@code -other} behind it is started as {@code other_class_path} and
     *     {@code other_jvm} say
     * @param taker told of each window when it is over
     */
    static void measure(final List<String> subjects, final Setting setting, final Consumer<Round> taker)
            throws IOException, InterruptedException {
        final Map<String, Contender> open = new LinkedHashMap<>();
        try {
            for (final String subject : subjects) {
                open.put(subject, open(subject, setting));
            }
            new Windows(
                            open,
                            (subject, cycle, measured, failure) ->
                                    taker.accept(new Round(subject, cycle, Map.of(), measured, failure)))
                    .run(setting.number("windows", setting.scale().windows()));
        } finally {
            CloseHelper.closeAll(open.values());
        }
    }

    private static Contender open(final String subject, final Setting setting)
            throws IOException, InterruptedException {
        if (!subject.endsWith(OTHER)) {
            return opener(subject).open(setting);
        }
        final Map<String, String> values = new HashMap<>(setting.values());
        for (final String name : List.of("class_path", "jvm")) {
            if (values.containsKey("other_" + name)) {
                values.put("server_" + name, values.get("other_" + name));
            }
        }
        return opener(subject.substring(0, subject.length() - OTHER.length()))
                .open(new Setting(setting.scale(), values));
    }

    private static Opener opener(final String subject) {
        final Opener opener = ALL.get(subject);
        if (opener == null) {
            throw new IllegalArgumentException("one of " + new java.util.TreeSet<>(ALL.keySet()));
        }
        return opener;
    }
}
