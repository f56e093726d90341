package io.miaojie.api.server;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.feed.Feed;
import io.miaojie.api.metrics.Meters;
import io.miaojie.api.metrics.StatusSource;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.AuditLog;
import io.miaojie.gate.Gate;
import io.miaojie.gate.RecordLog;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.TickOutcomeDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The HTTP server. Order of things: make the {@link ReplyRouter}, start the engine with it, start this; stop this
 * first, then the engine.
 */
public final class ApiServer {
    private final Vertx vertx;
    private final Feed feed;
    private final Meters meters;
    private final int port;

    private ApiServer(final Vertx vertx, final Feed feed, final Meters meters, final int port) {
        this.vertx = vertx;
        this.feed = feed;
        this.meters = meters;
        this.port = port;
    }

    /**
     * Starts as many event loops as the router has, reads the definitions through the gate, and listens.
     *
     * @param router the sink that the engine behind {@code gate} was started with
     * @param log the durable records of that engine
     * @param audit what its rows tell of operators and administrators
     * @return the server, once it answers
     */
    public static Future<ApiServer> start(
            final Gate gate,
            final ReplyRouter router,
            final List<KindDescriptor> kinds,
            final StatusSource status,
            final RecordLog log,
            final AuditLog audit,
            final ApiConfig config) {
        final Directory directory = new Directory();
        router.attach((sequence, buffer, offset) -> learn(directory, sequence, buffer, offset));
        final ResultCodes codes = new ResultCodes(kinds);
        final Feed feed = new Feed(log, directory, kinds, codes, config.limits().feed());
        final Meters meters = new Meters(status);
        meters.feed(feed::readerCount, feed::droppedCount, feed::windowCount);
        final Edge.Shared shared = new Edge.Shared(
                gate,
                router,
                directory,
                List.copyOf(kinds),
                codes,
                status,
                meters,
                SecretHash.of(config.adminKeyHash()),
                config.limits(),
                feed,
                audit);
        final Vertx vertx = Vertx.vertx();
        final EdgeVerticle first = new EdgeVerticle(shared, 0, config);
        Future<String> deployed = vertx.deployVerticle(first);
        for (int i = 1; i < router.loopCount(); i++) {
            final int loop = i;
            deployed = deployed.compose(ignored -> vertx.deployVerticle(new EdgeVerticle(shared, loop, config)));
        }
        // A promise of its own, since the event loops are gone when a failure is told.
        final Promise<ApiServer> started = Promise.promise();
        deployed.onSuccess(ignored -> started.complete(new ApiServer(vertx, feed, meters, first.actualPort())))
                .onFailure(cause -> {
                    feed.close();
                    vertx.close().onComplete(ignored -> started.tryFail(cause));
                });
        return started.future();
    }

    /** Returns the port that it listens on. */
    public int port() {
        return port;
    }

    /** Returns the figures, for what the engine has to tell of itself. */
    public Meters meters() {
        return meters;
    }

    /** Ends the feed: streams end, polls are answered, no record is read any more. Before the engine stops. Blocks. */
    public void closeFeed() {
        feed.close();
    }

    /** Stops listening and closes every connection. */
    public Future<Void> close() {
        feed.close();
        return vertx.close();
    }

    private static void learn(
            final Directory directory, final long sequence, final DirectBuffer buffer, final int offset) {
        if (DirectoryFeed.templateId(buffer, offset) == TickOutcomeDecoder.TEMPLATE_ID) {
            new DirectoryFeed(directory).onTick(buffer, offset, sequence);
        }
    }
}
