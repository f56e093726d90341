package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.baseline.CopyRows;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.Pace;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionSchema;
import io.miaojie.projection.Projector;
import io.miaojie.settlement.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.agrona.IoUtil;

/**
 * The projector with a Postgres of its own, and an open shop whose records it writes there when it is let: members and
 * the first payment of each buyer are there from the beginning. Thread: one.
 */
final class ProjectorRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path directory = Files.createTempDirectory("miaojie-bench-");
    private final RingRun run;
    private final EmbeddedPostgres postgres;
    private final Projector projector;

    /**
     * Opens the shop and projects it.
     *
     * @param paymentsMax that will be recorded besides the first ones
     */
    ProjectorRun(final Rewards rewards, final int paymentsMax) throws IOException, InterruptedException {
        run = new RingRun(ShopPlan.of(rewards), RingRun.Log.OS, paymentsMax);
        postgres = EmbeddedPostgres.start(directory);
        ProjectionSchema.load().migrate(postgres.address());
        projector = new Projector(run.journal(), postgres.address(), ProjectionConfig.of(0, Settlement.kinds()));
        projector.start();
        await();
    }

    /** Records the next payments, of which the projector sees nothing yet. */
    void record(final int payments) {
        projector.pace(Pace.NONE);
        run.sendPayments(payments);
    }

    /** Lets the projector write until Postgres has every record. */
    void project() throws InterruptedException {
        projector.pace(Pace.FULL);
        await();
    }

    /** Counts the rows of all tables. */
    long rows() throws SQLException {
        return CopyRows.count(address());
    }

    PostgresAddress address() {
        return postgres.address();
    }

    private void await() throws InterruptedException {
        if (!projector.awaitSequence(run.lastSequence(), PATIENCE)) {
            throw new IllegalStateException(
                    "Postgres has not caught up: sequence=" + run.lastSequence() + " error=" + projector.lastError());
        }
    }

    @Override
    public void close() {
        projector.close();
        postgres.close();
        run.close();
        IoUtil.delete(directory.toFile(), true);
    }
}
