package io.miaojie.benchmarks.rig;

import io.miaojie.api.edge.ReplyRouter;
import io.miaojie.api.server.ApiConfig;
import io.miaojie.api.server.ApiServer;
import io.miaojie.api.server.Sources;
import io.miaojie.journal.Disk;
import io.miaojie.node.EngineConfig;
import io.miaojie.node.EngineNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The program over a store of known capacity: each force takes a fixed time, and a commit holds so many slots, so that
 * overload begins where it is planned to begin, on any machine.
 */
public final class SlowServer {
    /**
     * What the store can do.
     *
     * @param forceMs how long each force takes at least
     * @param commitSlots payments of one commit at most
     * @param waitMaxMs bound of what waits, {@link RingConfig#waitMaxMs}
     */
    record Store(int forceMs, int commitSlots, int waitMaxMs) {
        /** Returns the payments a second that it can take. */
        int capacity() {
            return commitSlots * 1_000 / forceMs;
        }
    }

    /** A disk each force of which takes at least a fixed time. */
    private record SlowDisk(long forceNs) implements Disk {
        @Override
        public void force(final FileChannel channel) throws IOException {
            final long endNs = System.nanoTime() + forceNs;
            REAL.force(channel);
            for (long leftNs = forceNs; leftNs > 0; leftNs = endNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            REAL.forceDirectory(directory);
        }

        @Override
        public long usableBytes(final Path directory) {
            return REAL.usableBytes(directory);
        }
    }

    private SlowServer() {}

    /**
     * Serves until it is stopped: data directory, milliseconds of a force, slots of a commit, bound of the wait,
     * members, orders.
     */
    public static void main(final String[] args) throws InterruptedException {
        final Store store = new Store(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        final EngineConfig usual =
                EngineConfig.of(Path.of(args[0])).withTables(Integer.parseInt(args[4]), Integer.parseInt(args[5]));
        final ReplyRouter router = new ReplyRouter(1);
        final EngineNode node = EngineNode.start(
                usual.withRing(usual.ring().withCommits(store.commitSlots(), store.waitMaxMs())),
                router,
                new SlowDisk(TimeUnit.MILLISECONDS.toNanos(store.forceMs())));
        final ApiServer http = ApiServer.start(
                        node.gate(),
                        router,
                        node.kinds(),
                        node::status,
                        new Sources(node.records(), node.reports()),
                        ApiConfig.local(0, sha256(ServerProcess.ADMIN_KEY)))
                .await();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            node.refuse();
                            http.closeFeed();
                            node.close();
                            http.close().await();
                        },
                        "shutdown"));
        ServerProcess.announce(http.port());
        Thread.currentThread().join();
    }

    private static byte[] sha256(final String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
