package io.miaojie.ring;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.Durability;
import io.miaojie.journal.JournalConfig;
import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.support.Commands;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.OrderMessages.Acting;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Placing;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;

/**
 * A presale of many bookings that goes ahead while others pay: how long do they wait? Through the ring and a journal
 * that is forced; payments of others are sent on a planned clock and measured from when they were planned.
 *
 * <pre>
 *  planned clock --- pay --&gt; [ring] --&gt; settle --&gt; [records] --&gt; force --&gt; answer
 *                               ^ ticks: slices of the walk                  |
 *  |&lt;================================ measured =============================&gt;|
 * </pre>
 *
 * <p>Arguments: bookings (1,000,000), payments a second (2,000). Prints percentiles before the walk and during it, and
 * fails when the walk left a booking out. Run by {@code java -Xmx6g -cp <test class path of the engine>
 * io.miaojie.ring.PresaleCloseRig 1000000 2000}, with the openings of the JDK that the tests have.
 */
public final class PresaleCloseRig implements AutoCloseable {
    private static final int KEY = 1;
    private static final int MEMBERS = 50_000;
    private static final int PRICE = 10_000;
    private static final int DEPOSIT = 1_000;
    private static final int BEFORE_S = 10;
    private static final int WINDOW = 20_000;
    private static final int CAPACITY = 1_000_000;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String PRESALE = "ps1";

    private final int bookings;
    private final int perSecond;
    private final Path directory;
    private final Settlement core;
    private final ChronicleJournal journal;
    private final RingHost host;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLongArray answeredAtNs = new AtomicLongArray(CAPACITY);
    private final long[] plannedAtNs = new long[CAPACITY];
    private long sent;
    private int others;

    private PresaleCloseRig(final int bookings, final int perSecond) throws IOException {
        this.bookings = bookings;
        this.perSecond = perSecond;
        directory = Files.createTempDirectory("miaojie-rig-");
        core = new Settlement(StateLimits.of(MEMBERS + 10, 2 * bookings + CAPACITY));
        journal = ChronicleJournal.open(JournalConfig.of(directory, 0).withDurability(Durability.SYNC));
        host = new RingHost(
                RingConfig.defaults(0, directory),
                core,
                journal,
                EngineClock.wall(0, MachineClock.REAL),
                new Sink(),
                Throwable::printStackTrace);
        host.start(0, 0);
    }

    /** Runs it once. */
    public static void main(final String[] arguments) throws IOException {
        final int bookings = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        final int perSecond = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000;
        try (PresaleCloseRig rig = new PresaleCloseRig(bookings, perSecond)) {
            rig.open();
            rig.book();
            rig.measure();
            rig.check();
        }
    }

    private void open() {
        send(Commands.openShard(0, false));
        send(Commands.createMerchant("M1", 480, "CNY"));
        send(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        send(Commands.campaign(KEY, PRESALE)
                .kind(6)
                .scalar(0, PRICE)
                .scalar(1, DEPOSIT)
                .scalar(2, 1)
                .cell(5, 0, 0, 2)
                .cell(5, 0, 1, PRICE - DEPOSIT)
                .encode());
        send(Commands.campaign(KEY, "C1").ratePpm(10_000).encode());
        for (int member = 0; member < MEMBERS; member++) {
            send(Commands.payment(KEY, "M" + member)
                    .order("M" + member)
                    .member("u" + member)
                    .amount(100)
                    .encode());
        }
        awaitAll();
    }

    private void book() {
        final long beganNs = System.nanoTime();
        for (int i = 0; i < bookings; i++) {
            final Line line = new Line("1", "lamp", "", 0, 1, PRESALE, "book", "");
            final Placing placing = new Placing("O" + i, "u" + i % MEMBERS, "CNY", 0, 0, 604_800, List.of(line));
            send(OrderMessages.placeOrder(KEY, placing, "", "", 0));
            send(Commands.payment(KEY, "D" + i)
                    .order("O" + i)
                    .amount(DEPOSIT)
                    .instalment(Instalment.DEPOSIT)
                    .encode());
        }
        awaitAll();
        System.out.printf("booked %,d in %,d ms%n", bookings, (System.nanoTime() - beganNs) / 1_000_000);
    }

    private void measure() {
        payFor(BEFORE_S * SECOND_NS, () -> false);
        final int walkFrom = others;
        final Acting go = new Acting("go", PRESALE, 2, "", "", List.of());
        final long beganNs = System.nanoTime();
        final long sequence = host.lastSequence();
        send(OrderMessages.act(KEY, go));
        payFor(TimeUnit.MINUTES.toNanos(2), this::hasWalked);
        final long tookNs = System.nanoTime() - beganNs;
        awaitAll();
        report("before", 0, walkFrom);
        report("during", walkFrom, others);
        System.out.printf(
                "walked %,d bookings in %,d ms, %,d records%n",
                bookings, tookNs / 1_000_000, host.lastSequence() - sequence);
    }

    /** Reads a plain long of another thread: whether it is seen a moment later changes the end of the run alone. */
    private boolean hasWalked() {
        return core.state().rosters().groupState(0) >= 4;
    }

    private interface Until {
        boolean holds();
    }

    /** Sends payments of others by the plan until this long, or something, has come. */
    private void payFor(final long longestNs, final Until until) {
        final long beginNs = System.nanoTime();
        final long gapNs = SECOND_NS / perSecond;
        for (long at = 0; at < longestNs && !until.holds(); at += gapNs) {
            while (System.nanoTime() - beginNs < at) {
                LockSupport.parkNanos(20_000);
            }
            final int other = others++;
            plannedAtNs[other] = beginNs + at;
            insist(CAPACITY + other, pay(other));
        }
    }

    private static DirectBuffer pay(final int other) {
        return Commands.payment(KEY, "X" + other)
                .order("X" + other)
                .member("u" + other % MEMBERS)
                .amount(5_000)
                .encode();
    }

    private void report(final String when, final int from, final int to) {
        final long[] waitedNs = new long[to - from];
        for (int i = from; i < to; i++) {
            waitedNs[i - from] = answeredAtNs.get(i) - plannedAtNs[i];
        }
        Arrays.sort(waitedNs);
        System.out.printf(
                "%s: payments=%,d a second=%,d p50=%,d us p99=%,d us p99.9=%,d us max=%,d us%n",
                when,
                waitedNs.length,
                perSecond,
                at(waitedNs, 0.5),
                at(waitedNs, 0.99),
                at(waitedNs, 0.999),
                at(waitedNs, 1));
    }

    private static long at(final long[] sorted, final double part) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1_000;
    }

    private void check() {
        host.close();
        final long heldMinor = core.state().rosters().register(0, 2);
        if (heldMinor != (long) bookings * DEPOSIT || core.state().timers().count() < bookings) {
            throw new IllegalStateException(
                    "held=" + heldMinor + " timers=" + core.state().timers().count());
        }
        final List<String> violations = Invariants.check(core.state());
        if (!violations.isEmpty()) {
            throw new IllegalStateException(
                    violations.subList(0, Math.min(5, violations.size())).toString());
        }
        System.out.println("every booking is asked for its balance; invariants hold at "
                + Clock.systemUTC().instant());
    }

    private void send(final DirectBuffer command) {
        while (sent - answered.get() > WINDOW) {
            LockSupport.parkNanos(50_000);
        }
        insist(0, command);
    }

    private void insist(final long token, final DirectBuffer command) {
        sent++;
        SubmitCode code = host.submit(token, command, 0, command.capacity());
        while (code == SubmitCode.RING_FULL) {
            LockSupport.parkNanos(50_000);
            code = host.submit(token, command, 0, command.capacity());
        }
        if (code != SubmitCode.ACCEPTED) {
            throw new IllegalStateException("not accepted: code=" + code, host.haltCause());
        }
    }

    private void awaitAll() {
        while (answered.get() < sent && host.haltCause() == null) {
            LockSupport.parkNanos(100_000);
        }
    }

    @Override
    public void close() {
        host.close();
        journal.close();
        IoUtil.delete(directory.toFile(), false);
    }

    /** Notes when payments of others were answered. */
    private final class Sink implements ReplySink {
        private long count;

        @Override
        public void onOutcome(
                final long token,
                final AnswerType type,
                final long sequence,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            count++;
            if (token >= CAPACITY) {
                answeredAtNs.setPlain((int) (token - CAPACITY), System.nanoTime());
            }
        }

        @Override
        public void onEndOfBatch() {
            answered.set(count);
        }
    }
}
