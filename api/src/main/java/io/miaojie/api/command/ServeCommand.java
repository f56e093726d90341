package io.miaojie.api.command;

import io.miaojie.api.server.TlsFiles;
import io.miaojie.node.EngineConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the engine and its HTTP API until it is told to stop. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Run the engine and its HTTP API.")
final class ServeCommand implements Callable<Integer> {
    static final String DATA_DIR = "./miaojie-data";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Option(
            names = "--sandbox",
            description = "Stamp the data directory as a sandbox, for ever: payments of any age are accepted.")
    private boolean sandbox;

    @Option(
            names = "--clock",
            defaultValue = "wall",
            description = "wall, or events: engine time follows the largest business time (sandbox only).")
    private ServerOptions.ClockSource clock;

    @Option(
            names = "--tls-cert",
            description =
                    "Certificate with its chain, PEM: serve HTTPS, and HTTPS alone. Looked at again while it runs.")
    private Path tlsCertificate;

    @Option(names = "--tls-key", description = "Key of the certificate, PEM, unencrypted.")
    private Path tlsKey;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final boolean followsEvents = clock == ServerOptions.ClockSource.EVENTS;
        if (followsEvents && !sandbox) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "--clock events needs --sandbox: real payments keep real time");
        }
        final EngineConfig config = options.engine(DATA_DIR).withSandbox(sandbox, followsEvents);
        try (Server server = Server.start(config, options, tls())) {
            announce(server, spec.commandLine().getOut());
            return server.awaitEnd();
        }
    }

    private TlsFiles tls() {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new picocli.CommandLine.ParameterException(
                    spec.commandLine(), "--tls-cert and --tls-key go together");
        }
        return tlsKey == null ? null : new TlsFiles(tlsCertificate, tlsKey);
    }

    /** Prints where the server is; the last line is {@code ready}. */
    static void announce(final Server server, final PrintWriter out) {
        if (server.adminKey().secret() != null) {
            out.println("admin key (shown once): " + server.adminKey().secret());
        }
        out.println("contract at " + server.uri() + "/openapi.yaml");
        out.println("listening on " + server.uri());
        out.println("ready");
        out.flush();
    }
}
