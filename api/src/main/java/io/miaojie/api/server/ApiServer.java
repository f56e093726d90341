package io.miaojie.api.server;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.metrics.Meters;
import io.miaojie.api.metrics.StatusSource;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.Gate;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.TickOutcomeDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;

/**
 * The HTTP server. Order of things: make the {@link ReplyRouter}, start the engine with it, start this; let the engine
 * refuse, wait until this is {@link #drained}, then stop both.
 */
public final class ApiServer {
    private final Vertx vertx;
    private final List<EdgeVerticle> loops;

    private ApiServer(final Vertx vertx, final List<EdgeVerticle> loops) {
        this.vertx = vertx;
        this.loops = loops;
    }

    /**
     * Starts as many event loops as the router has, reads the definitions through the gate, and listens.
     *
     * @param router the sink that the engine behind {@code gate} was started with
     * @return the server, once it answers
     */
    public static Future<ApiServer> start(
            final Gate gate,
            final ReplyRouter router,
            final List<KindDescriptor> kinds,
            final StatusSource status,
            final ApiConfig config) {
        final Directory directory = new Directory();
        router.attach((sequence, buffer, offset) -> learn(directory, sequence, buffer, offset));
        final Edge.Shared shared = new Edge.Shared(
                gate,
                router,
                directory,
                List.copyOf(kinds),
                new ResultCodes(kinds),
                status,
                new Meters(status),
                SecretHash.of(config.adminKeyHash()),
                config.limits());
        final Vertx vertx = Vertx.vertx();
        final List<EdgeVerticle> loops = IntStream.range(0, router.loopCount())
                .mapToObj(loop -> new EdgeVerticle(shared, loop, config))
                .toList();
        Future<String> deployed = vertx.deployVerticle(loops.get(0));
        for (final EdgeVerticle loop : loops.subList(1, loops.size())) {
            deployed = deployed.compose(ignored -> vertx.deployVerticle(loop));
        }
        // A promise of its own, since the event loops are gone when a failure is told.
        final Promise<ApiServer> started = Promise.promise();
        deployed.onSuccess(ignored -> started.complete(new ApiServer(vertx, loops)))
                .onFailure(cause -> vertx.close().onComplete(ignored -> started.tryFail(cause)));
        return started.future();
    }

    /** Returns the port that it listens on. */
    public int port() {
        return loops.get(0).actualPort();
    }

    /** Completes once nobody waits for an answer; to be asked when the gate refuses, else it need not end. */
    public Future<Void> drained() {
        return Future.all(loops.stream().map(EdgeVerticle::drained).toList()).mapEmpty();
    }

    /** Stops listening and closes every connection. */
    public Future<Void> close() {
        return vertx.close();
    }

    private static void learn(
            final Directory directory, final long sequence, final DirectBuffer buffer, final int offset) {
        if (DirectoryFeed.templateId(buffer, offset) == TickOutcomeDecoder.TEMPLATE_ID) {
            new DirectoryFeed(directory).onTick(buffer, offset, sequence);
        }
    }
}
