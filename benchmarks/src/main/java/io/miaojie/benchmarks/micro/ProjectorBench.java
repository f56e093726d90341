package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.Rewards;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * The rows of the projector: what it takes to bring the records of one payment to Postgres, an embedded one, forced at
 * each commit. A payment with three grants is {@value #ROWS} new rows and three rows of pools that change.
 *
 * <p>One shot per iteration projects {@value #PAYMENTS} payments that were recorded before it; figures are per payment,
 * so 33 microseconds are 30,000 a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xmx2g",
            JdkOpenings.NO_ANALYTICS,
            JdkOpenings.EXPORT_NIO_CHANNELS,
            JdkOpenings.EXPORT_INTERNAL_REF,
            JdkOpenings.OPEN_REFLECT,
            JdkOpenings.OPEN_NIO_CHANNELS,
            JdkOpenings.OPEN_NIO,
            JdkOpenings.OPEN_INTERNAL_MISC
        })
public class ProjectorBench {
    static final int PAYMENTS = 50_000;

    /** The order with its payment, and three grants. */
    static final int ROWS = 4;

    @Param("20000")
    public int members;

    private ProjectorRun run;
    private long rowsBefore;
    private long recorded;

    /** Opens the shop, in memory and in Postgres. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) throws IOException, InterruptedException, SQLException {
        open(BenchLimits.iterations(params) * PAYMENTS);
    }

    void open(final int paymentsMax) throws IOException, InterruptedException, SQLException {
        run = new ProjectorRun(new Rewards(members, Rewards.PAYMENT_DEPTH), paymentsMax);
        rowsBefore = run.rows();
    }

    /** Records what will be projected. */
    @Setup(Level.Iteration)
    public void record() {
        record(PAYMENTS);
    }

    void record(final int payments) {
        run.record(payments);
        recorded += payments;
    }

    @Benchmark
    @OperationsPerInvocation(PAYMENTS)
    public void payment() throws InterruptedException {
        run.project();
    }

    /** Holds the rows in Postgres against the payments, and the core against a plain calculation. */
    @TearDown(Level.Trial)
    public void close() throws SQLException {
        final long rows = run.rows() - rowsBefore;
        run.close();
        if (rows != ROWS * recorded) {
            throw new IllegalStateException("wrong result: payments=" + recorded + " rows=" + rows);
        }
    }
}
