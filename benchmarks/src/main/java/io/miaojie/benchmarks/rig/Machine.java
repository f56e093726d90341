package io.miaojie.benchmarks.rig;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a figure came from: a figure without it is not quoted. */
public final class Machine {
    private Machine() {}

    /** Describes processor, system, JDK and commit. */
    public static JsonObject describe() {
        return new JsonObject()
                .put("processor", processor())
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version())
                .put("commit", commit());
    }

    private static String processor() {
        final Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(System.getProperty("os.arch"));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the commit of the working directory, with {@code -dirty} when it has changes. */
    private static String commit() {
        try {
            final Process git = new ProcessBuilder("git", "describe", "--always", "--dirty")
                    .redirectErrorStream(true)
                    .start();
            final String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor() == 0 ? answer : "unknown";
        } catch (final IOException e) {
            return "unknown";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "unknown";
        }
    }
}
