package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.agrona.IoUtil;

/** The program under load: {@code serve} in a process of its own with a fresh data directory, and a shop in it. */
public final class ServedShop implements AutoCloseable {
    /** Where the program stands after a build. */
    public static final String PROGRAM = "api/target/miaojie.jar";

    private static final int CONNECTIONS = 64;
    private static final int BULK_CONNECTIONS = 1;
    private static final int BULK_DEPTH = 3;

    /** A third of the grants that a server has room for as it is: a payment has three. */
    private static final int WARM_UP_PAYMENTS_MAX = 1_000_000;

    private final Path directory;
    private final ServerProcess server;
    private final InetSocketAddress address;
    private final HttpShop shop;
    private final IntUnaryOperator buyers;
    private final String paidAt = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private ServedShop(
            final Path directory,
            final ServerProcess server,
            final URI uri,
            final HttpShop shop,
            final IntUnaryOperator buyers) {
        this.directory = directory;
        this.server = server;
        this.address = new InetSocketAddress(uri.getHost(), uri.getPort());
        this.shop = shop;
        this.buyers = buyers;
    }

    /**
     * Starts it and opens the shop.
     *
     * @param buyers who makes a payment
     * @param more options of {@code serve}
     */
    public static ServedShop start(
            final Setting setting,
            final Rewards rewards,
            final IntUnaryOperator parents,
            final IntUnaryOperator buyers,
            final String... more)
            throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final String[] jvm = setting.text("server_jvm", ServerProgram.JVM).split(" ");
        final ServerProcess server =
                ServerProcess.start(setting.text("server_class_path", PROGRAM), List.of(jvm), directory, more);
        try {
            final URI uri = server.awaitReady();
            final HttpShop shop = new HttpShop(uri, ServerProcess.ADMIN_KEY, rewards, parents);
            return new ServedShop(directory, server, uri, shop, buyers);
        } catch (final RuntimeException | InterruptedException e) {
            server.close();
            IoUtil.delete(directory.toFile(), true);
            throw e;
        }
    }

    /** Opens a load of single payments on 64 connections. */
    public SocketLoad single(final IntConsumer progress) throws IOException {
        return single(address, shop.key(), paidAt, buyers, progress);
    }

    /** Opens the same load against any server. */
    public static SocketLoad single(
            final InetSocketAddress address,
            final String key,
            final String paidAt,
            final IntUnaryOperator buyers,
            final IntConsumer progress)
            throws IOException {
        final HttpRequests requests = HttpRequests.single(new PaymentJson(false, "p-", paidAt, buyers), key);
        return new SocketLoad(address, CONNECTIONS, 1, requests.length(), requests, HttpReplies::new, progress);
    }

    /** Opens a load of blocks with so many payments, some of them sent ahead of their answers. */
    public SocketLoad bulk(final int lines, final IntConsumer progress) throws IOException {
        final HttpRequests requests = HttpRequests.bulk(new PaymentJson(true, "p-", paidAt, buyers), lines, shop.key());
        final String allDone = "\"done\":" + lines + ",\"repeated\":0";
        return new SocketLoad(
                address,
                BULK_CONNECTIONS,
                BULK_DEPTH,
                requests.length(),
                requests,
                () -> new HttpReplies(allDone),
                progress);
    }

    /**
     * Sends until the program is warm, and waits until Postgres has caught up.
     *
     * @param lines payments in a request
     */
    public void warmUp(final SocketLoad load, final int lines, final Setting setting) throws IOException {
        WarmUp.run(load, server, setting.warmUpNs(), WARM_UP_PAYMENTS_MAX / lines, shop::lagRecords);
        shop.awaitProjected();
    }

    /** Returns the shop. */
    public HttpShop shop() {
        return shop;
    }

    /** Holds what was granted against a plain calculation of so many payments. */
    public void check(final int payments) {
        shop.check(payments, buyers);
    }

    /** Returns the processor time of the server. */
    public long cpuNs() {
        return server.cpuNs();
    }

    /** Returns the processor time of the Postgres that the server has started. */
    public long postgresCpuNs() {
        return ProcessorTime.ofPostgresNs(directory.resolve("postgres").resolve("data"));
    }

    @Override
    public void close() {
        shop.close();
        server.close();
        IoUtil.delete(directory.toFile(), true);
    }
}
