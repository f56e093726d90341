package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.benchmarks.baseline.CopyRows;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.Pace;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.Projector;
import io.miaojie.settlement.Settlement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.agrona.IoUtil;

/**
 * The projector alone: a finished journal brought to an empty Postgres, and the rows that came of it copied once more
 * with COPY, in the same database. Members and the first payment of each buyer are brought over before.
 */
public final class ProjectionSubject implements Subject {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PAYMENTS_SHARE = 2;

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final int payments = setting.scale().payments() / PAYMENTS_SHARE;
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        try (RingRun run = new RingRun(ShopPlan.of(rewards), RingRun.Log.OS, payments);
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            final Projected projected = project(run, postgres, payments);
            final CopyRows.Copied copied = CopyRows.measure(postgres.address());
            return new Measured()
                    .with(Measured.PER_S, payments * 1e9 / projected.elapsedNs())
                    .with("rows_per_s", projected.rows() * 1e9 / projected.elapsedNs())
                    .with("rows_per_payment", (double) projected.rows() / payments)
                    .with("copy_rows_per_s", copied.rows() * 1e9 / copied.elapsedNs());
        } catch (final SQLException e) {
            throw new IllegalStateException("Postgres does not take the copy", e);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private record Projected(long rows, long elapsedNs) {}

    private static Projected project(final RingRun run, final EmbeddedPostgres postgres, final int payments)
            throws InterruptedException, SQLException {
        final ProjectionConfig config = ProjectionConfig.of(0, Settlement.kinds());
        try (Projector projector = new Projector(run.journal(), postgres.address(), config)) {
            projector.start();
            await(projector, run.lastSequence());
            final long rows = CopyRows.count(postgres.address());
            projector.pace(Pace.NONE);
            run.sendPayments(payments);
            final long startNs = System.nanoTime();
            projector.pace(Pace.FULL);
            await(projector, run.lastSequence());
            final long elapsedNs = System.nanoTime() - startNs;
            return new Projected(CopyRows.count(postgres.address()) - rows, elapsedNs);
        }
    }

    private static void await(final Projector projector, final long sequence) throws InterruptedException {
        if (!projector.awaitSequence(sequence, PATIENCE)) {
            throw new IllegalStateException(
                    "Postgres has not caught up: sequence=" + sequence + " error=" + projector.lastError());
        }
    }
}
