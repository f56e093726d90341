package io.miaojie.api.server;

import io.miaojie.api.edge.EdgeLimits;

/**
 * What a server needs to know.
 *
 * @param port 0: any free one
 * @param adminKeyHash SHA-256 of the node's own admin key
 */
public record ApiConfig(String host, int port, byte[] adminKeyHash, EdgeLimits limits) {
    /** A server on this port of the loopback interface, with the default limits. */
    public static ApiConfig local(final int port, final byte[] adminKeyHash) {
        return new ApiConfig("127.0.0.1", port, adminKeyHash, EdgeLimits.defaults());
    }
}
