package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.rig.Contender;
import io.miaojie.benchmarks.rig.SocketLoad;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * One Lua script for each payment in Redis, append-only file forced before the answer ({@code appendfsync always}): id,
 * order, three grants, three pools, the amounts of both campaigns. Leaves out HTTP, levels of budgets, and holds.
 */
public final class RedisScript implements Contender {
    private static final int CONNECTIONS = 64;
    private static final int REQUEST_BYTES_MAX = 1_024;
    private static final String SCRIPT = "redis-script.lua";

    private final Setting setting;
    private final Rewards rewards;
    private final Path directory;
    private final RedisServer redis;
    private final SocketLoad load;

    /** Starts it. */
    public RedisScript(final Setting setting) throws IOException {
        this.setting = setting;
        rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        directory = Files.createTempDirectory("miaojie-bench-");
        redis = RedisServer.start(directory);
        final String digest = text(ask(redis.address(), "SCRIPT", "LOAD", script()));
        load = new SocketLoad(
                redis.address(),
                CONNECTIONS,
                1,
                REQUEST_BYTES_MAX,
                (payment, out) -> put(payment, digest, rewards, out),
                RedisReplies::new,
                answered -> {});
    }

    @Override
    public void warmUp() throws IOException {
        load.saturate(setting.warmUpNs(), Integer.MAX_VALUE / 2);
    }

    @Override
    public Measured window() throws IOException {
        final SocketLoad.Result result = load.saturate(setting.durationNs(), Integer.MAX_VALUE / 2);
        return new Measured()
                .with(Measured.PER_S, result.perSecond())
                .with("latency", result.latencyNs())
                .with("redis_version", redis.version());
    }

    @Override
    public long cpuNs() {
        return redis.cpuNs();
    }

    @Override
    public void check() throws IOException {
        check(redis.address(), rewards, load.sent());
    }

    @Override
    public void close() {
        CloseHelper.closeAll(load, redis);
        IoUtil.delete(directory.toFile(), true);
    }

    private static void put(final int payment, final String digest, final Rewards rewards, final ByteBuffer out) {
        final int buyer = rewards.buyer(payment);
        final int parent = rewards.parent(buyer);
        out.put(command(
                "EVALSHA",
                digest,
                "0",
                "p-%08d".formatted(payment),
                "o-%08d".formatted(payment),
                Long.toString(Draws.amountMinor(payment)),
                Rewards.memberId(buyer),
                Rewards.memberId(parent),
                Rewards.memberId(rewards.parent(parent))));
    }

    /** Holds what both campaigns granted, and the pool of the first buyer, against a plain calculation. */
    private static void check(final InetSocketAddress address, final Rewards rewards, final int payments)
            throws IOException {
        long granted = 0;
        long pool = 0;
        final int first = rewards.buyer(0);
        for (int i = 0; i < payments; i++) {
            for (int grant = 0; grant < rewards.grants(); grant++) {
                final long reward = rewards.rewardMinor(grant, Draws.amountMinor(i));
                granted += reward;
                pool += rewards.beneficiary(grant, rewards.buyer(i)) == first ? reward : 0;
            }
        }
        equal(granted, Long.parseLong(text(ask(address, "GET", "granted"))));
        equal(pool, Long.parseLong(text(ask(address, "HGET", "pool:" + Rewards.memberId(first), "spendable"))));
    }

    private static void equal(final long expected, final long actual) {
        if (expected != actual) {
            throw new IllegalStateException("wrong result: expected=" + expected + " actual=" + actual);
        }
    }

    /** Sends one command and returns its answer, a bulk string. */
    private static String ask(final InetSocketAddress address, final String... words) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(command(words));
            final byte[] answer = new byte[256];
            return new String(answer, 0, socket.getInputStream().read(answer), StandardCharsets.UTF_8);
        }
    }

    private static String text(final String bulk) {
        if (!bulk.startsWith("$")) {
            throw new IllegalStateException("refused: " + bulk);
        }
        return bulk.substring(bulk.indexOf('\n') + 1).trim();
    }

    private static byte[] command(final String... words) {
        final StringBuilder text = new StringBuilder("*").append(words.length).append("\r\n");
        for (final String word : words) {
            text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String script() throws IOException {
        try (InputStream in = RedisScript.class.getResourceAsStream(SCRIPT)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
