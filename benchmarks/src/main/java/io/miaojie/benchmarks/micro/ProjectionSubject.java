package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import io.miaojie.benchmarks.baseline.CopyRows;
import java.io.IOException;
import java.sql.SQLException;

/**
 * The projector alone: a finished journal brought to an empty Postgres, and the rows that came of it copied once more
 * with COPY, in the same database. Members and the first payment of each buyer are brought over before.
 */
public final class ProjectionSubject implements Subject {
    private static final int PAYMENTS_SHARE = 2;

    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final int payments = setting.scale().payments() / PAYMENTS_SHARE;
        final Rewards rewards = new Rewards(setting.scale().httpMembers(), Rewards.PAYMENT_DEPTH);
        try (ProjectorRun run = new ProjectorRun(rewards, payments)) {
            final long rowsBefore = run.rows();
            run.record(payments);
            final long startNs = System.nanoTime();
            run.project();
            final long elapsedNs = System.nanoTime() - startNs;
            final long rows = run.rows() - rowsBefore;
            final CopyRows.Copied copied = CopyRows.measure(run.address());
            return new Measured()
                    .with(Measured.PER_S, payments * 1e9 / elapsedNs)
                    .with("rows_per_s", rows * 1e9 / elapsedNs)
                    .with("rows_per_payment", (double) rows / payments)
                    .with("copy_rows_per_s", copied.rows() * 1e9 / copied.elapsedNs());
        } catch (final SQLException e) {
            throw new IllegalStateException("Postgres does not take the copy", e);
        }
    }
}
