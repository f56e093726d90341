package io.miaojie.api.command;

import io.miaojie.node.EngineConfig;
import picocli.CommandLine.Option;

/** How much the core may hold; may be raised between two starts, never lowered below what is held. */
final class TableOptions {
    @Option(
            names = "--members-max",
            defaultValue = "1000000",
            description = "Members of all merchants; beyond that 503 MEMBERS_FULL (default: ${DEFAULT-VALUE}).")
    private int membersMax;

    @Option(
            names = "--orders-max",
            defaultValue = "5000000",
            description = "Orders; beyond that 503 ORDERS_FULL (default: ${DEFAULT-VALUE}).")
    private int ordersMax;

    EngineConfig apply(final EngineConfig config) {
        return config.withTables(membersMax, ordersMax);
    }
}
