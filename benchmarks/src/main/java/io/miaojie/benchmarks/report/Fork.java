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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs rounds in processes of their own, so that none finds what another left: compiled code, memory, files.
 *
 * @param exchangeCore jar of the one baseline that is another program
 * @param shared values that every round is given
 */
record Fork(String scaleName, Path exchangeCore, Map<String, String> shared) {
    /** Begins the line with what was measured. */
    static final String RESULT = "RESULT ";

    private static final long PATIENCE_S = 300;
    private static final int FAILURE_LINES = 6;
    private static final String EXCHANGE = "exchange-core";

    /** Runs a round and waits for it; what goes wrong is its failure. */
    Round run(final String subject, final int number, final Map<String, String> values) throws InterruptedException {
        final Measured nothing = new Measured();
        try {
            final Path output = Files.createTempFile("miaojie-bench-", ".out");
            try {
                return run(subject, number, values, output);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (final IOException e) {
            return new Round(subject, number, values, nothing, e.toString());
        }
    }

    private Round run(final String subject, final int number, final Map<String, String> values, final Path output)
            throws IOException, InterruptedException {
        final Path work = Files.createTempDirectory("miaojie-bench-");
        final Process process = new ProcessBuilder(command(subject, values, work))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        final boolean hasEnded = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
        if (!hasEnded) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly().waitFor();
        }
        org.agrona.IoUtil.delete(work.toFile(), true);
        final List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        final Optional<String> result =
                lines.stream().filter(line -> line.startsWith(RESULT)).findFirst();
        if (hasEnded && process.exitValue() == 0 && result.isPresent()) {
            final Measured measured = Round.decode(result.get().substring(RESULT.length()));
            return new Round(subject, number, values, measured, "");
        }
        final String failure = hasEnded ? failure(lines) : "not within " + PATIENCE_S + " s";
        return new Round(subject, number, values, new Measured(), failure);
    }

    private List<String> command(final String subject, final Map<String, String> values, final Path work) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JdkOpenings.all());
        command.add(JdkOpenings.NO_ANALYTICS);
        command.add("-Xmx" + values.getOrDefault("heap", "5g"));
        command.add("-Djava.awt.headless=true");
        if (subject.startsWith(EXCHANGE)) {
            final Scale scale = Scale.of(scaleName);
            final String journal = subject.equals(EXCHANGE) ? "-" : work.toString();
            command.addAll(List.of("-jar", exchangeCore.toString()));
            command.addAll(List.of(Integer.toString(scale.members()), Integer.toString(scale.payments())));
            command.addAll(List.of(Integer.toString(scale.payments()), journal));
            return command;
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
        command.addAll(List.of("measure", subject, "--scale", scaleName));
        shared.forEach((name, value) -> command.add("--set=" + name + "=" + value));
        values.forEach((name, value) -> command.add("--set=" + name + "=" + value));
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
