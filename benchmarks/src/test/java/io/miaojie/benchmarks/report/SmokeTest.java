package io.miaojie.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every subject at a tiny size: it starts, checks its result, ends. No time is judged. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SmokeTest {
    /** A small heap: nothing of it is judged, and the machine of a newcomer may be small. */
    private static final Map<String, String> VALUES = Map.of(
            "server_class_path", System.getProperty("java.class.path"), "server_jvm", "-Xmx1g", "rate_per_s", "100");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "map-loop",
                "ring",
                "ring-written",
                "ring-forced",
                "replay",
                "chronicle",
                "decode",
                "memory"
            })
    void measures(final String subject) throws IOException, InterruptedException {
        measure(subject);
    }

    @ParameterizedTest
    @Tag("postgres")
    @ValueSource(strings = {"bulk", "projection"})
    void measuresWithPostgres(final String subject) throws IOException, InterruptedException {
        measure(subject);
    }

    @Test
    void measuresBareServersAndRedisInTurn() throws IOException, InterruptedException {
        measureInTurn("echo", "redis", "latency-forced-server");
    }

    @Test
    @Tag("postgres")
    void measuresOursInTurn() throws IOException, InterruptedException {
        measureInTurn("http", "postgres");
    }

    @Test
    @Tag("postgres")
    void measuresLatencyInTurn() throws IOException, InterruptedException {
        measureInTurn("latency", "latency-postgres-stopped");
    }

    @Test
    void forksARoundAndTellsWhyOneFailed() throws InterruptedException {
        final Fork fork = new Fork("tiny", Path.of("none.jar"), Map.of());
        final Round held = fork.run("map-loop", 0, Map.of("members", "100"));
        assertEquals("", held.failure());
        assertTrue(held.figure(Measured.PER_S) > 0);
        assertTrue(fork.run("exchange-core", 0, Map.of()).failure().contains("none.jar"));
        final Round wrong = fork.run("core", 0, Map.of("depth", "14"));
        assertTrue(wrong.failure().contains("depth=14"), wrong::failure);
    }

    /** What a row needs is among what a pass measures, and what a pass measures can be measured. */
    @Test
    void knowsEverySubject() {
        final Set<String> known = new HashSet<>(Subjects.ALL.keySet());
        known.addAll(Contenders.ALL.keySet());
        known.addAll(List.of("exchange-core", "exchange-core-journal"));
        assertEquals(known, new HashSet<>(Pass.subjects()));
        Row.ALL.forEach(row -> assertTrue(known.stream().anyMatch(row::needs), row.id()));
    }

    private static void measure(final String subject) throws IOException, InterruptedException {
        final Measured measured = Subjects.ALL.get(subject).get().measure(new Setting(Scale.TINY, VALUES));
        assertHolds(measured);
    }

    /** Two windows of each. Whether those who wait are idle is left to real runs: here nobody is warm. */
    private static void measureInTurn(final String... subjects) throws IOException, InterruptedException {
        final List<Round> rounds = new ArrayList<>();
        Contenders.measure(List.of(subjects), new Setting(Scale.TINY, VALUES), rounds::add);
        for (final String subject : subjects) {
            final List<Round> own = rounds.stream()
                    .filter(round -> round.subject().equals(subject))
                    .toList();
            assertEquals(List.of(0, 1), own.stream().map(Round::number).toList());
            own.forEach(round -> assertHolds(round.measured()));
        }
    }

    private static void assertHolds(final Measured measured) {
        assertFalse(measured.figures().isEmpty());
        measured.figures().forEach((name, value) -> assertFalse(value.isNaN(), name));
    }
}
