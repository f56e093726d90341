package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.JournalConfig;
import io.miaojie.journal.RecordReader;
import io.miaojie.journal.Recovery;
import io.miaojie.journal.Replay;
import io.miaojie.settlement.Settlement;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.Reply;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine's clock jumps while the host runs, and between its lives, each of which writes a cycle of its own: engine
 * time never goes back, and what is due fires once.
 */
@Timeout(60)
class ClockJumpTest {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int ORDERS = 40;
    private static final int PAY_WITHIN_S = 60;
    private static final int KEY = 1;

    /** Goes on a little whenever it is asked, as a clock does. */
    private final AtomicLong wallNs = new AtomicLong(CoreRunner.START_NS);

    private final AtomicLong steadyNs = new AtomicLong(77);
    private ChronicleJournal journal;
    private int placed;
    private int submitted;

    @TempDir
    private Path directory;

    @Test
    void engineTimeNeverGoesBackAndTimersFireOnce() {
        live(host -> {
            submit(host, Commands.openShard(3, false));
            submit(host, Commands.createMerchant("m1", 480, "CNY"));
            submit(host, Commands.createKey(Commands.NODE_KEY, "k1", "m1", Role.ADMIN, ""));
            submit(host, Commands.payment(KEY, "p0").member("u1").amount(1_000).encode());
            place(host);
            steadyNs.addAndGet(3_600 * SECOND_NS);
            awaitExpired(host);
            place(host);
            final long beforeNs = host.nowNs();
            steadyNs.addAndGet(-1_800 * SECOND_NS);
            place(host);
            assertEquals(beforeNs, host.nowNs(), "it stands until the clock is there again");
            steadyNs.addAndGet((1_800 + PAY_WITHIN_S) * SECOND_NS);
            awaitExpired(host);
            place(host);
        });
        wallNs.addAndGet(-4 * SECOND_NS);
        live(host -> {
            place(host);
            steadyNs.addAndGet(PAY_WITHIN_S * SECOND_NS);
            awaitExpired(host);
            place(host);
        });
        wallNs.addAndGet(86_400 * SECOND_NS);
        live(this::awaitExpired);
        wallNs.addAndGet(-3_600 * SECOND_NS);
        assertThrows(IllegalStateException.class, () -> live(host -> {}));
        holdTheJournal();
    }

    private void live(final Consumer<RingHost> story) {
        final List<Throwable> faults = new ArrayList<>();
        try (ChronicleJournal opened = ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 3))) {
            journal = opened;
            final Settlement core = new Settlement(CoreRunner.SMALL);
            final Recovery recovery = Replay.until(core, journal::reader, Long.MAX_VALUE);
            final EngineClock clock = WallClock.startedBehind(
                    recovery.lastNowNs(), () -> wallNs.addAndGet(SECOND_NS / 10), steadyNs::get);
            try (RingHost host = new RingHost(
                    new RingConfig(3, 256, 256, 4 << 20, 1_024, 32, 250, 4, directory),
                    core,
                    journal,
                    clock,
                    new TestSink(),
                    faults::add)) {
                submitted = 0;
                host.start(recovery.lastSequence(), recovery.lastNowNs());
                assertTrue(host.nowNs() >= recovery.lastNowNs());
                story.accept(host);
                wallNs.accumulateAndGet(host.nowNs(), Math::max);
            }
        }
        assertEquals(List.of(), faults);
    }

    private void submit(final RingHost host, final DirectBuffer message) {
        submitted++;
        Eventually.holds("room", () -> host.submit(7, message, 0, message.capacity()) == SubmitCode.ACCEPTED);
    }

    /** Places orders that nobody pays. */
    private void place(final RingHost host) {
        for (int i = 0; i < ORDERS; i++) {
            final OrderMessages.Placing order = new OrderMessages.Placing(
                    "o" + placed++,
                    "u1",
                    "CNY",
                    0,
                    0,
                    PAY_WITHIN_S,
                    List.of(new OrderMessages.Line("1", "A", "t", 100, 1)));
            submit(host, OrderMessages.placeOrder(KEY, order, "", "", 0));
        }
        Eventually.holds("orders are answered", () -> host.answeredCount() == submitted);
    }

    /** Waits until every order that was placed has expired. */
    private void awaitExpired(final RingHost host) {
        Eventually.holds(
                "no order waits: nowNs=" + host.nowNs(), () -> expired().size() == placed);
    }

    /** Returns how often each order has expired, as the journal says. */
    private Map<Long, Integer> expired() {
        final Map<Long, Integer> expired = new HashMap<>();
        try (RecordReader reader = journal.reader(0)) {
            while (reader.next()) {
                final byte[] outcome = new byte[RecordLayout.outcomeLength(reader.buffer(), reader.offset())];
                reader.buffer().getBytes(RecordLayout.outcomeOffset(reader.buffer(), reader.offset()), outcome);
                final EffectsReader effects = new Reply(1, outcome).effects();
                while (effects.next()) {
                    if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.ORDER_EXPIRED) {
                        expired.merge(effects.noteFirst(), 1, Integer::sum);
                    }
                }
            }
        }
        return expired;
    }

    private void holdTheJournal() {
        try (ChronicleJournal opened = ChronicleJournal.open(JournalConfig.of(directory.resolve("journal"), 3))) {
            journal = opened;
            final Map<Long, Integer> expired = expired();
            assertEquals(placed, expired.size());
            assertEquals(Set.of(1), Set.copyOf(expired.values()), "each once");
            long before = 0;
            try (RecordReader reader = journal.reader(0)) {
                while (reader.next()) {
                    final long nowNs = RecordLayout.nowNs(reader.buffer(), reader.offset());
                    assertTrue(nowNs >= before, "nowNs=" + nowNs + " before=" + before);
                    before = nowNs;
                }
            }
        }
    }
}
