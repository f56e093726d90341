package io.miaojie.api.edge;

import io.miaojie.api.metrics.Meters;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one event loop, each with the moment by which its client must have done what is awaited of it. A
 * sweep a second closes those that are late: no timer for each connection, and no byte now and then that buys time.
 *
 * <p>Thread: its event loop.
 */
public final class Connections {
    /** What is awaited of a client. */
    public enum Awaited {
        /** The head of its next request. */
        HEAD,
        /** The rest of a body. */
        BODY,
        /** That it goes on sending or reading. */
        PROGRESS,
        /** Nothing: it is our turn. */
        NOTHING
    }

    private static final class Guarded {
        private Awaited awaited;
        private long deadlineNs;
    }

    private final Map<HttpConnection, Guarded> open = new IdentityHashMap<>();
    private final HttpLimits limits;
    private final Meters meters;

    Connections(final HttpLimits limits, final Meters meters) {
        this.limits = limits;
        this.meters = meters;
    }

    /** Takes a new connection, or closes it when there are as many as there may be. */
    public void onOpen(final HttpConnection connection) {
        if (open.size() >= limits.connectionsMax()) {
            meters.onConnectionClosed("FULL");
            connection.close();
            return;
        }
        open.put(connection, new Guarded());
        connection.closeHandler(ignored -> open.remove(connection));
        await(connection, Awaited.HEAD);
    }

    /** From now on this is awaited of the client. */
    public void await(final HttpConnection connection, final Awaited awaited) {
        final Guarded guarded = open.get(connection);
        if (guarded != null) {
            guarded.awaited = awaited;
            guarded.deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs(awaited));
        }
    }

    /** Closes every connection whose client is late. */
    public void sweep() {
        final long nowNs = System.nanoTime();
        final List<HttpConnection> late = new ArrayList<>();
        open.forEach((connection, guarded) -> {
            if (guarded.awaited != Awaited.NOTHING && nowNs - guarded.deadlineNs > 0) {
                late.add(connection);
            }
        });
        for (final HttpConnection connection : late) {
            meters.onConnectionClosed(open.remove(connection).awaited.name());
            connection.close();
        }
    }

    public int count() {
        return open.size();
    }

    private long withinMs(final Awaited awaited) {
        return switch (awaited) {
            case HEAD -> limits.headMs();
            case BODY -> limits.bodyMs();
            case PROGRESS -> limits.stalledMs();
            case NOTHING -> 0;
        };
    }
}
