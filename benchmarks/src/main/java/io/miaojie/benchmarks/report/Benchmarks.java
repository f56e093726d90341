package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.rig.BulkIngest;
import io.miaojie.benchmarks.rig.FeedLoad;
import io.miaojie.benchmarks.rig.GroupExpiry;
import io.miaojie.benchmarks.rig.Overload;
import io.miaojie.benchmarks.rig.SaleSpike;
import io.miaojie.benchmarks.rig.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The program {@code benchmarks.jar}. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measure Miaojie against its baselines.",
        subcommands = {
            Load.class,
            BulkIngest.class,
            FeedLoad.class,
            SaleSpike.class,
            GroupExpiry.class,
            Overload.class,
            Soak.class
        })
public final class Benchmarks {
    @Spec
    private CommandSpec spec;

    /** Runs a command and exits with its code. */
    public static void main(final String[] args) throws IOException {
        if (args.length > 0 && args[0].equals("jmh")) {
            org.openjdk.jmh.Main.main(java.util.Arrays.copyOfRange(args, 1, args.length));
            return;
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Benchmarks());
    }

    @Command(description = "All rows in few pairs, about ten minutes: to see where one stands.")
    int quick(@Mixin final PassOptions options) throws IOException, InterruptedException {
        return pass(options, "quick");
    }

    @Command(description = "All rows in more pairs, about an hour: figures to be quoted.")
    int full(@Mixin final PassOptions options) throws IOException, InterruptedException {
        return pass(options, "full");
    }

    @Command(description = "All rows at a size that says nothing: whether they run and check their results.")
    int tiny(@Mixin final PassOptions options) throws IOException, InterruptedException {
        return pass(options, "tiny");
    }

    @Command(description = "The JMH benches; everything behind it goes to JMH.")
    int jmh() {
        throw new IllegalStateException("taken before commands are parsed");
    }

    @Command(description = "One round of one subject, in this process.")
    int measure(
            @Parameters(paramLabel = "SUBJECT", description = "One of those in the results.") final String subject,
            @Option(names = "--scale", defaultValue = "quick", description = "tiny, quick or full.") final String scale,
            @Option(names = "--set", description = "A value of the round: name=value.")
                    final Map<String, String> values)
            throws IOException, InterruptedException {
        final Supplier<? extends io.miaojie.benchmarks.Subject> found = Subjects.ALL.get(subject);
        if (found == null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "one of " + new java.util.TreeSet<>(Subjects.ALL.keySet()));
        }
        final Map<String, String> given = values == null ? new TreeMap<>() : values;
        final Measured measured = found.get().measure(new Setting(Scale.of(scale), given));
        System.out.println(Fork.RESULT + Round.encode(measured));
        return 0;
    }

    @Command(
            name = "in-turn",
            description =
                    "Windows of servers in turn, in this process; of each one line, then what it is to the first.")
    int inTurn(
            @Parameters(
                            paramLabel = "SUBJECT",
                            split = ",",
                            description = "http, echo, redis, postgres, latency, latency-forced-server,"
                                    + " latency-postgres-stopped; http-other and latency-other are started as"
                                    + " other_class_path and other_jvm say.")
                    final List<String> subjects,
            @Option(names = "--scale", defaultValue = "quick", description = "tiny, quick or full.") final String scale,
            @Option(names = "--set", description = "A value of the windows: name=value.")
                    final Map<String, String> values)
            throws IOException, InterruptedException {
        final List<Round> rounds = new ArrayList<>();
        Contenders.measure(subjects, new Setting(Scale.of(scale), values == null ? Map.of() : values), round -> {
            rounds.add(round);
            System.out.println(Fork.RESULT + round.encode());
        });
        spec.commandLine().getOut().print(new Results(rounds).inTurn(subjects));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private int pass(final PassOptions options, final String scale) throws IOException, InterruptedException {
        final Path directory = options.run(scale);
        spec.commandLine().getOut().println(directory.resolve("REPORT.md"));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
