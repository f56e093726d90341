package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.rig.ServedShop;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** What {@code quick} and {@code full} share. */
final class PassOptions {
    @Option(
            names = "--server-class-path",
            defaultValue = ServedShop.PROGRAM,
            description = "Program under load (default: ${DEFAULT-VALUE}).")
    private String serverClassPath;

    @Option(
            names = "--exchange-core",
            defaultValue = "benchmarks/exchange-core/target/exchange-core-baseline.jar",
            description = "Jar of that baseline (default: ${DEFAULT-VALUE}).")
    private Path exchangeCore;

    @Option(
            names = "--postgres-uri",
            description = "A Postgres for the baseline of one transaction a payment; without it the embedded one. Its"
                    + " schema bench is dropped.")
    private String postgresUri;

    @Option(
            names = "--data",
            defaultValue = "${env:MIAOJIE_TEST_DATA}",
            description = "Folder with recorded shapes; without it spike and cascades are not measured.")
    private String data;

    @Option(
            names = "--rows",
            split = ",",
            description = "Only what these rows need, P1 to P16; without curves and shapes.")
    private List<String> rows;

    @Option(
            names = "--results",
            defaultValue = "benchmarks/results",
            description = "Where the folder of this pass is made (default: ${DEFAULT-VALUE}).")
    private Path results;

    /** Runs a pass, writes its files, and returns where they are. */
    Path run(final String scaleName) throws IOException, InterruptedException {
        final JsonObject environment = Environment.describe(scaleName);
        final Map<String, String> shared = new TreeMap<>(Map.of("server_class_path", serverClassPath));
        if (postgresUri != null) {
            shared.put("postgres_uri", postgresUri);
        }
        if (hasData()) {
            shared.put("data", data);
        }
        final long startNs = System.nanoTime();
        final Pass pass = new Pass(new Fork(scaleName, exchangeCore, shared), Scale.of(scaleName), wanted());
        final Results measured = new Results(pass.run(rows == null));
        final Path directory = results.resolve(environment.getString("date") + "-" + environment.getString("commit"));
        new ResultFiles(directory).write(measured, Environment.ended(environment, System.nanoTime() - startNs));
        return directory;
    }

    private boolean hasData() {
        return data != null && !data.isEmpty() && !data.startsWith("${");
    }

    /** Tells what is measured; what no row needs is measured only when all are wanted. */
    private Predicate<String> wanted() {
        if (rows == null) {
            return subject -> hasData() || !subject.endsWith("spike") && !subject.endsWith("cascades");
        }
        return subject -> Row.ALL.stream().anyMatch(row -> rows.contains(row.id()) && row.needs(subject));
    }
}
