package io.miaojie.api.command;

import io.miaojie.node.EngineConfig;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that {@code serve} and {@code demo} share. */
final class ServerOptions {
    /** Where engine time comes from. */
    enum ClockSource {
        WALL,
        EVENTS
    }

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    String host;

    @Option(
            names = "--data-dir",
            description = "Journal, snapshots and the embedded Postgres (default: ./miaojie-data).")
    Path dataDir;

    @Option(
            names = "--postgres-uri",
            description =
                    "postgres://user:password@host:port/database, from MIAOJIE_POSTGRES_URI or @file when it has a"
                            + " password; without it the program runs its own Postgres.")
    String postgresUri;

    @Option(
            names = "--admin-key",
            description =
                    "Key that may make merchants and keys, from MIAOJIE_ADMIN_KEY or @file; without it the first start"
                            + " makes one and prints it once.")
    String adminKey;

    @Option(
            names = "--journal-days",
            defaultValue = "0",
            description = "Whole journal files that are older go to Postgres; 0 keeps all (default: ${DEFAULT-VALUE}).")
    int journalDays;

    @Option(
            names = "--waiting-max",
            defaultValue = "65536",
            description = "Requests of one event loop that wait for their answers; beyond that 503 RING_FULL"
                    + " (default: ${DEFAULT-VALUE}).")
    int waitingMax;

    @Mixin
    TableOptions tables;

    /** Returns the engine that these options ask for. */
    EngineConfig engine(final String defaultDataDir) {
        final EngineConfig config = EngineConfig.of(dataDir == null ? Path.of(defaultDataDir) : dataDir)
                .withKeptDays(journalDays);
        return tables.apply(postgresUri == null ? config : config.withPostgres(postgresUri));
    }
}
