package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
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
 * Settlement alone, by the kinds that {@link SettleBench} has not: what it costs that one member gets what the kind is
 * for. Of kinds that sell, an order that takes a piece or a seat, and the payment that makes it its own: two commands.
 * Of a group buy each order opens a group; of a presale the payment is the deposit. Of a welcome, a registration.
 *
 * <p>One shot per iteration does so for {@value #MEMBERS} members, each once; figures are per member. Nothing is
 * foreseen: a host foresees payments, and these are commands in turn.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 5)
@Fork(
        value = 2,
        jvmArgsAppend = {
            "-Xmx4g",
            "-XX:+UseTransparentHugePages",
            "-XX:-UseCompressedOops",
            "-XX:-UseCountedLoopSafepoints",
            JdkOpenings.EXPORT_NIO_CHANNELS,
            JdkOpenings.EXPORT_INTERNAL_REF,
            JdkOpenings.OPEN_REFLECT,
            JdkOpenings.OPEN_NIO_CHANNELS,
            JdkOpenings.OPEN_NIO,
            JdkOpenings.OPEN_INTERNAL_MISC
        })
public class KindBench {
    static final int MEMBERS = 100_000;

    private static final String CAMPAIGN = "c";
    private static final long PRICE = 9_900;
    private static final long DEPOSIT = 900;
    private static final long AMPLE = 1_000_000_000;
    private static final int FEW = 64;

    /** What is measured: number of the kind, its scalars, and how an order takes part and is paid. */
    public enum Kind {
        WELCOME(3, null, null, 300, 0, 300),
        FLASH_SALE(4, "reserve", Instalment.FULL, PRICE, 0, PRICE, 1, AMPLE),
        GROUP_BUY(5, "join", Instalment.FULL, PRICE, 0, 2, 1, PRICE),
        PRESALE(6, "book", Instalment.DEPOSIT, DEPOSIT, 0, PRICE, 1, DEPOSIT);

        private final int number;
        private final String action;
        private final Instalment instalment;
        private final long amountMinor;
        private final long[] scalars;

        Kind(
                final int number,
                final String action,
                final Instalment instalment,
                final long amountMinor,
                final long... scalars) {
            this.number = number;
            this.action = action;
            this.instalment = instalment;
            this.amountMinor = amountMinor;
            this.scalars = scalars;
        }
    }

    @Param
    public Kind kind;

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private Settlement settlement;
    private List<KindCommands> commands;
    private long sequence;
    private int done;

    /** Opens the shop; who is to buy there is a member. */
    @Setup(Level.Trial)
    public void open(final BenchmarkParams params) {
        open(BenchLimits.iterations(params) * MEMBERS);
    }

    void open(final int members) {
        settlement = new Settlement(new StateLimits(
                members, members + FEW, members, members, 3 * members + FEW, FEW, FEW, FEW, FEW, PeopleLimits.of(FEW)));
        settlement.state().reserve();
        for (final DirectBuffer command : ShopCommands.selling(CAMPAIGN, kind.number, kind.scalars)) {
            settle(command, command.capacity());
        }
        final KindCommands register = KindCommands.register();
        if (kind == Kind.WELCOME) {
            commands = List.of(register);
            return;
        }
        commands = List.of(
                KindCommands.place(CAMPAIGN, kind.action, PRICE), KindCommands.pay(kind.instalment, kind.amountMinor));
        for (int member = 0; member < members; member++) {
            settle(register.of(member), register.length());
        }
    }

    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public void member() {
        settleMembers(MEMBERS);
    }

    void settleMembers(final int count) {
        for (int end = done + count; done < end; done++) {
            for (int i = 0; i < commands.size(); i++) {
                settle(commands.get(i).of(done), commands.get(i).length());
            }
        }
    }

    /** Holds what each member was given, or has paid, against the terms. */
    @TearDown(Level.Trial)
    public void check() {
        for (int i = 0; i < done; i++) {
            final long minor = kind == Kind.WELCOME
                    ? settlement.state().ledger().balance(ChartOfAccounts.poolAccount(i, ChartOfAccounts.SPENDABLE))
                    : settlement.state().orders().capturedMinor(i);
            if (minor != kind.amountMinor) {
                throw new IllegalStateException("wrong result: member=" + i + " minor=" + minor);
            }
        }
    }

    private void settle(final DirectBuffer command, final int length) {
        final int bytes = settlement.settle(++sequence, Payments.AT_NS, command, 0, length, out, 0);
        if (bytes <= 0) {
            throw new IllegalStateException("no outcome: sequence=" + sequence);
        }
        if (done > 0 && header.wrap(out, 0).templateId() != SettledOutcomeDecoder.TEMPLATE_ID) {
            throw new IllegalStateException("refused: member=" + done);
        }
    }
}
