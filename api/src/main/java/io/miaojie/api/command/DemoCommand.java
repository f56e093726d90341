package io.miaojie.api.command;

import io.miaojie.api.client.ApiClient;
import io.miaojie.api.demo.Demo;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a sandbox, feeds it a seeded spike through HTTP, tells what came of it and keeps serving. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Serve a sandbox, feed it a seeded spike through HTTP, say what was settled and how fast, keep"
                + " serving.")
final class DemoCommand implements Callable<Integer> {
    private static final int CONNECTIONS = 64;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Option(names = "--payments", defaultValue = "200000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int payments;

    @Option(names = "--members", defaultValue = "20000", description = "Who may buy (default: ${DEFAULT-VALUE}).")
    private int members;

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "Same seed, same payments (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--exit", description = "Stop after the demonstration instead of serving on.")
    private boolean exit;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Server server =
                Server.start(options.engine("./miaojie-demo-data").withSandbox(true, false), options, null)) {
            final String adminKey = options.adminKey == null ? server.adminKey().secret() : options.adminKey;
            if (adminKey == null) {
                throw new IllegalStateException("this data directory has an admin key already: give it as"
                        + " MIAOJIE_ADMIN_KEY, or take another --data-dir");
            }
            return run(server, adminKey);
        }
    }

    private int run(final Server server, final String adminKey) throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final Vertx vertx = Vertx.vertx(); // behind the server, which chooses how buffers are allocated
        try {
            final ApiClient admin = new ApiClient(vertx, server.uri(), adminKey, CONNECTIONS);
            final Demo demo = new Demo(admin, seed, payments, members, out);
            final boolean holds = demo.run(sequence -> server.node().status().projectedSequence() >= sequence);
            if (exit || !holds) {
                return holds ? 0 : 1;
            }
            ServeCommand.announce(server, out);
            return server.awaitEnd();
        } finally {
            vertx.close().await();
        }
    }
}
