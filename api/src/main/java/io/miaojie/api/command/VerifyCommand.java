package io.miaojie.api.command;

import io.miaojie.node.EngineConfig;
import io.miaojie.node.verify.DataDirectoryCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks a data directory that no server uses. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check a data directory at rest: the chain of records, every outcome computed again, the"
                + " invariants of the ledger, memory against Postgres.")
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--data-dir", defaultValue = ServeCommand.DATA_DIR, description = "Default: ${DEFAULT-VALUE}.")
    private Path dataDir;

    @Option(names = "--postgres-uri", description = "Where the rows are, if not in the embedded Postgres.")
    private String postgresUri;

    @Mixin
    private TableOptions tables;

    @Override
    public Integer call() {
        final EngineConfig config = tables.apply(EngineConfig.of(dataDir));
        final PrintWriter out = spec.commandLine().getOut();
        final AtomicBoolean holds = new AtomicBoolean(true);
        DataDirectoryCheck.run(postgresUri == null ? config : config.withPostgres(postgresUri), finding -> {
            holds.compareAndSet(true, finding.holds());
            finding.details()
                    .forEach(detail -> out.printf(
                            "%-10s %-7s %s%n", finding.step(), finding.holds() ? "holds" : "DIFFERS", detail));
            out.flush();
        });
        out.println(holds.get() ? "every check holds" : "NOT everything holds");
        return holds.get() ? 0 : 1;
    }
}
