package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Scale;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.micro.RingRun;
import io.miaojie.benchmarks.micro.ShopPlan;
import io.miaojie.benchmarks.rig.OpenLoop;
import io.miaojie.benchmarks.rig.Plan;
import io.miaojie.benchmarks.rig.Progress;
import io.miaojie.benchmarks.rig.ServerProgram;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The rig by hand: one workload at one planned rate, over HTTP against a server that is started, or in process through
 * the ring, with a progress bar. The final state is held against a plain calculation, and a rate that was not reached
 * fails.
 */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = "Send payments on a planned clock and print latencies from the planned moment.")
public final class Load implements Callable<Integer> {
    /** How payments reach the engine. */
    private enum Transport {
        HTTP,
        BULK,
        RING
    }

    private static final int LINES = 500;

    @Spec
    private CommandSpec spec;

    @Option(names = "--workload", defaultValue = "UNIFORM", description = "One of: ${COMPLETION-CANDIDATES}.")
    private OpenLoop.Workload workload;

    @Option(names = "--transport", defaultValue = "HTTP", description = "One of: ${COMPLETION-CANDIDATES}.")
    private Transport transport;

    @Option(
            names = "--rate",
            defaultValue = "2000",
            description = "Payments a second; of a spike its peak (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "10", description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up-s", defaultValue = "5", description = "Seconds before (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(names = "--members", defaultValue = "20000", description = "Of the shop (default: ${DEFAULT-VALUE}).")
    private int members;

    @Mixin
    private ServerProgram program;

    @Option(
            names = "--data",
            defaultValue = "${env:MIAOJIE_TEST_DATA}",
            description = "Folder with the recorded shapes of spike and cascades.")
    private String data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Measured measured = transport == Transport.RING ? throughRing() : overHttp();
        measured.figures().forEach((name, value) -> spec.commandLine().getOut().printf("%-16s %,.3f%n", name, value));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Measured overHttp() throws IOException, InterruptedException {
        final Map<String, String> values = new TreeMap<>(Map.of("rate_per_s", Integer.toString(rate)));
        values.put("server_class_path", program.classPath());
        values.put("progress", "1");
        if (data != null && !data.startsWith("${")) {
            values.put("data", data);
        }
        final Scale scale = new Scale(1, 1, 1, members, members, 1, seconds, warmUpSeconds, members);
        return new OpenLoop(workload, transport == Transport.BULK ? LINES : 0).measure(new Setting(scale, values));
    }

    private Measured throughRing() throws IOException {
        if (workload != OpenLoop.Workload.UNIFORM) {
            throw new ParameterException(spec.commandLine(), "in process only UNIFORM is sent");
        }
        final Plan plan = Plan.even(rate, seconds);
        final ShopPlan shop = ShopPlan.of(new Rewards(members, Rewards.PAYMENT_DEPTH));
        try (RingRun run = new RingRun(shop, RingRun.Log.SYNC, plan.count());
                Progress progress = Progress.shown("payments")) {
            return new Measured().with("latency", run.follow(plan, progress));
        }
    }
}
