package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;

/** The same open loop twice against one server: while Postgres takes rows, and after Postgres was stopped. */
public final class PostgresStopped implements Subject {
    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        final PostgresAddress address = postgres.address();
        final String uri = "postgres://" + address.user() + ":" + address.password() + "@" + address.host() + ":"
                + address.port() + "/" + address.database();
        boolean isRunning = true;
        try (ServedShop served =
                        ServedShop.start(setting, rewards, rewards::parent, rewards::buyer, "--postgres-uri", uri);
                SocketLoad load = served.single(done -> {})) {
            served.warmUp(load, 1, setting);
            final Plan plan = Plan.even(setting.number("rate_per_s", 100), setting.seconds());
            final Histogram running =
                    load.followWarm(plan, served.shop()::awaitProjected).latencyNs();
            served.shop().awaitProjected();
            postgres.close();
            isRunning = false;
            final Histogram stopped = load.follow(plan).latencyNs();
            served.check(load.sent());
            if (served.shop().lagRecords() < plan.count()) {
                throw new IllegalStateException(
                        "Postgres was not stopped: lag=" + served.shop().lagRecords());
            }
            return new Measured().with("running", running).with("stopped", stopped);
        } finally {
            if (isRunning) {
                postgres.close();
            }
            IoUtil.delete(directory.toFile(), true);
        }
    }
}
