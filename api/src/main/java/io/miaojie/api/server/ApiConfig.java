package io.miaojie.api.server;

import io.miaojie.api.edge.EdgeLimits;

/**
 * What a server needs to know.
 *
 * @param port 0: any free one
 * @param adminKeyHash SHA-256 of the node's own admin key
 * @param tls null: HTTP in the clear, for loopback or behind a proxy that ends TLS
 */
public record ApiConfig(String host, int port, byte[] adminKeyHash, EdgeLimits limits, TlsFiles tls) {
    public ApiConfig(final String host, final int port, final byte[] adminKeyHash, final EdgeLimits limits) {
        this(host, port, adminKeyHash, limits, null);
    }

    /** A server on this port of the loopback interface, with the default limits. */
    public static ApiConfig local(final int port, final byte[] adminKeyHash) {
        return new ApiConfig("127.0.0.1", port, adminKeyHash, EdgeLimits.defaults());
    }
}
