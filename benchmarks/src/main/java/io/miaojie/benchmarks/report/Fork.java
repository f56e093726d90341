package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Scale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs rounds in processes of their own, so that none finds what another left: compiled code, memory, files.
 *
 * @param exchangeCore jar of the one baseline that is another program
 * @param shared values that every round is given
 */
record Fork(String scaleName, Path exchangeCore, Map<String, String> shared) {
    /** Begins the line with what was measured. */
    static final String RESULT = "RESULT ";

    private static final long ROUND_PATIENCE_S = 300;
    private static final long WINDOWS_PATIENCE_S = 1_800;
    private static final int FAILURE_LINES = 6;
    private static final String EXCHANGE = "exchange-core";

    /** What {@code docs/OPERATIONS.md} advises for the core, for baselines too. */
    private static final List<String> ADVISED =
            List.of("-XX:+UseTransparentHugePages", "-XX:-UseCompressedOops", "-XX:-UseCountedLoopSafepoints");

    /** Runs a round and waits for it; what goes wrong is its failure. */
    Round run(final String subject, final int number, final Map<String, String> values) throws InterruptedException {
        final Ended ended = run(work -> command(subject, values, work), ROUND_PATIENCE_S);
        if (ended.failure().isEmpty() && !ended.results().isEmpty()) {
            return new Round(
                    subject, number, values, Round.decode(ended.results().get(0)), "");
        }
        return new Round(subject, number, values, new Measured(), ended.failure());
    }

    /** Runs windows of these in turn and waits for them; where the last check fails, no window has held. */
    List<Round> inTurn(final List<String> subjects, final Map<String, String> values) throws InterruptedException {
        final Ended ended = run(work -> measuring(values, "in-turn", String.join(",", subjects)), WINDOWS_PATIENCE_S);
        if (ended.failure().isEmpty()) {
            return ended.results().stream().map(Round::decodeWindow).toList();
        }
        return subjects.stream()
                .map(subject -> new Round(subject, 0, values, new Measured(), ended.failure()))
                .toList();
    }

    /** What a process came to: its results, or why it has none. */
    private record Ended(List<String> results, String failure) {}

    private static Ended run(final Function<Path, List<String>> command, final long patienceS)
            throws InterruptedException {
        try {
            final Path work = Files.createTempDirectory("miaojie-bench-");
            try {
                return run(command.apply(work), work.resolve("out"), patienceS);
            } finally {
                org.agrona.IoUtil.delete(work.toFile(), true);
            }
        } catch (final IOException e) {
            return new Ended(List.of(), e.toString());
        }
    }

    private static Ended run(final List<String> command, final Path output, final long patienceS)
            throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(patienceS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly().waitFor();
            return new Ended(List.of(), "not within " + patienceS + " s");
        }
        final List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        final List<String> results = lines.stream()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()))
                .toList();
        return process.exitValue() == 0 && !results.isEmpty()
                ? new Ended(results, "")
                : new Ended(List.of(), failure(lines));
    }

    private List<String> command(final String subject, final Map<String, String> values, final Path work) {
        if (!subject.startsWith(EXCHANGE)) {
            return measuring(values, "measure", subject);
        }
        final Scale scale = Scale.of(scaleName);
        final String journal = subject.equals(EXCHANGE) ? "-" : work.toString();
        final List<String> command = java(values);
        command.addAll(List.of("-jar", exchangeCore.toString()));
        command.addAll(List.of(Integer.toString(scale.members()), Integer.toString(scale.payments())));
        command.addAll(List.of(Integer.toString(scale.payments()), journal));
        return command;
    }

    private List<String> measuring(final Map<String, String> values, final String... what) {
        final List<String> command = java(values);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
        command.addAll(List.of(what));
        command.addAll(List.of("--scale", scaleName));
        shared.forEach((name, value) -> command.add("--set=" + name + "=" + value));
        values.forEach((name, value) -> command.add("--set=" + name + "=" + value));
        return command;
    }

    private static List<String> java(final Map<String, String> values) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JdkOpenings.all());
        command.add(JdkOpenings.NO_ANALYTICS);
        command.add("-Xmx" + values.getOrDefault("heap", "5g"));
        command.addAll(ADVISED);
        command.add("-Djava.awt.headless=true");
        return command;
    }

    private static String failure(final List<String> lines) {
        final List<String> telling = lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("Error"))
                .limit(FAILURE_LINES)
                .toList();
        return telling.isEmpty() ? "no result: " + String.join(" ", lines) : String.join(" ", telling);
    }
}
