package io.miaojie.api.server;

import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.feed.Feed;
import io.miaojie.api.metrics.Meters;
import io.miaojie.api.metrics.StatusSource;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.Gate;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server. Order of things: make the {@link ReplyRouter}, start the engine with it, start this; let the engine
 * refuse, wait until this is {@link #drained}, then stop both.
 */
public final class ApiServer {
    static {
        // Netty reads it when its first buffer is made. Buffers of requests and answers are taken and given back by one
        // event loop, which a pool with a cache for each thread does cheaper than the adaptive one that is its default.
        System.getProperties().putIfAbsent("io.netty.allocator.type", "pooled");
    }

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private final Vertx vertx;
    private final Feed feed;
    private final Meters meters;
    private final List<EdgeVerticle> loops;

    private ApiServer(final Vertx vertx, final Feed feed, final Meters meters, final List<EdgeVerticle> loops) {
        this.vertx = vertx;
        this.feed = feed;
        this.meters = meters;
        this.loops = loops;
    }

    /**
     * Starts as many event loops as the router has, reads the definitions through the gate, and listens.
     *
     * @param router the sink that the engine behind {@code gate} was started with
     * @param sources what that engine tells beside its answers
     * @return the server, once it answers
     */
    public static Future<ApiServer> start(
            final Gate gate,
            final ReplyRouter router,
            final List<KindDescriptor> kinds,
            final StatusSource status,
            final Sources sources,
            final ApiConfig config) {
        final Directory directory = new Directory(definition -> isRandom(kinds, definition));
        router.attach((sequence, buffer, offset) -> learn(directory, sequence, buffer, offset));
        final ResultCodes codes = new ResultCodes(kinds);
        final Feed feed =
                new Feed(sources.log(), directory, kinds, codes, config.limits().feed());
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
                sources.reports());
        final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        if (!vertx.isNativeTransportEnabled()) {
            LOG.info("sockets of the JDK, which cost more time: why={}", why(vertx));
        }
        final List<EdgeVerticle> loops = IntStream.range(0, router.loopCount())
                .mapToObj(loop -> new EdgeVerticle(shared, loop, config))
                .toList();
        Future<String> deployed = vertx.deployVerticle(loops.get(0));
        for (final EdgeVerticle loop : loops.subList(1, loops.size())) {
            deployed = deployed.compose(ignored -> vertx.deployVerticle(loop));
        }
        // A promise of its own, since the event loops are gone when a failure is told.
        final Promise<ApiServer> started = Promise.promise();
        deployed.onSuccess(ignored -> started.complete(new ApiServer(vertx, feed, meters, loops)))
                .onFailure(cause -> {
                    feed.close();
                    vertx.close().onComplete(ignored -> started.tryFail(cause));
                });
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

    private static String why(final Vertx vertx) {
        return String.valueOf(vertx.unavailableNativeTransportCause());
    }

    /** Returns whether its sockets are epoll's, not the JDK's. */
    boolean isNative() {
        return vertx.isNativeTransportEnabled();
    }

    private static void learn(
            final Directory directory, final long sequence, final DirectBuffer buffer, final int offset) {
        if (DirectoryFeed.templateId(buffer, offset) == SettledOutcomeDecoder.TEMPLATE_ID) {
            new DirectoryFeed(directory).onCampaigns(buffer, offset, sequence);
        }
    }

    private static boolean isRandom(final List<KindDescriptor> kinds, final CampaignDefinition definition) {
        return kinds.stream()
                .filter(kind -> kind.number() == definition.kind())
                .anyMatch(kind -> definition.terms().stream()
                        .anyMatch(cell -> kind.terms().get(cell.term()).isRandom()));
    }
}
