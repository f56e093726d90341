package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.settlement.SeenCommands;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The tables that each payment reads, full and read at places drawn evenly: ids that were seen, members by id, the
 * ledger.
 *
 * <pre>
 *   seen    digest of 128 bits  --&gt; row, found every second time
 *   member  id of 9 bytes       --&gt; row, always found
 *   ledger  two accounts        --&gt; a transfer between them
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xmx4g", JdkOpenings.OPEN_NIO, JdkOpenings.OPEN_INTERNAL_MISC})
public class TablesBench {
    private static final long OWNER = 0;

    @Param({"10000", "1000000"})
    public int rows;

    private SeenCommands seen;
    private IdTable members;
    private Ledger ledger;
    private byte[][] ids;
    private final Slice view = new Slice();
    private long at;

    /** Fills the tables. */
    @Setup(Level.Trial)
    public void fill() {
        seen = new SeenCommands(rows);
        members = new IdTable(rows);
        ledger = new Ledger(rows, 1);
        ledger.reserve();
        ids = new byte[rows][];
        for (int i = 0; i < rows; i++) {
            expect(seen.find(Draws.mix(i), Draws.mix(~i)), -1);
            seen.addSought(Draws.mix(i), Draws.mix(~i), i, i);
            ids[i] = Text.bytes(Rewards.memberId(i));
            members.add(OWNER, view.wrap(new org.agrona.concurrent.UnsafeBuffer(ids[i]), 0, ids[i].length));
        }
    }

    /** Looks for a digest that is there every second time. */
    @Benchmark
    public int seen() {
        final int row = Draws.member(at++, 2 * rows);
        final int found = seen.find(Draws.mix(row), Draws.mix(~row));
        return expect(found, row < rows ? row : -1);
    }

    /** Looks for a member that is there. */
    @Benchmark
    public int member() {
        final int row = Draws.member(at++, rows);
        return expect(members.find(OWNER, Slice.of(ids[row])), row);
    }

    /** Moves one unit from one account to another. */
    @Benchmark
    public long transfer() {
        final int from = Draws.member(at++, rows);
        final int to = from + 1 == rows ? 0 : from + 1;
        ledger.transfer(from, to, 1);
        return ledger.balance(to);
    }

    /** Holds that transfers made nothing. */
    @TearDown(Level.Trial)
    public void check() {
        long sum = 0;
        for (int account = 0; account < rows; account++) {
            sum += ledger.balance(account);
        }
        expect((int) sum, 0);
    }

    private static int expect(final int actual, final int expected) {
        if (actual != expected) {
            throw new IllegalStateException("wrong result: expected=" + expected + " actual=" + actual);
        }
        return actual;
    }
}
