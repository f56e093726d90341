package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.RecordLog;
import io.miaojie.journal.Disk;
import io.miaojie.journal.Durability;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.ring.MachineClock;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.Reply;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clocks of the machine jump while the node runs and between two runs, with rolls of the journal on both sides. */
@Tag("postgres")
@Timeout(180)
class ClockJumpTest {
    private static final long BEGIN_NS = 1_767_225_600_000_000_000L;
    private static final long ROLL_BYTES = 256 << 10;
    private static final int PAYMENTS = 300;
    private static final int ROUNDS_MAX = 20;

    @TempDir
    static Path postgresDirectory;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private final NodeDriver driver = new NodeDriver();
    private final AtomicLong timeOfDayNs = new AtomicLong(BEGIN_NS);
    private final AtomicLong steadyNs = new AtomicLong(77);
    private EngineConfig config;
    private int paid;

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgres.start(postgresDirectory);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void configure(final TestInfo test) throws Exception {
        final String name = test.getTestMethod().orElseThrow().getName().toLowerCase();
        config = NodeRig.config(directory, NodeRig.freshDatabase(postgres.address(), name))
                .withJournal(new EngineConfig.JournalOptions(Durability.SYNC, ROLL_BYTES, 8 << 20, 5_000_000, 0));
    }

    @Test
    void theTimeOfDayOfARunningNodeReachesNothing() throws Exception {
        try (EngineNode node = start(new MachineClock(timeOfDayNs::get, steadyNs::get))) {
            driver.prepare(node.gate());
            payOverARoll(node);
            place(node, 1, 600);
            for (final long jumpNs : List.of(-hours(1), hours(24 * 40), -hours(24 * 400))) {
                timeOfDayNs.addAndGet(jumpNs);
                payOverARoll(node);
                assertEquals(BEGIN_NS, node.status().nowNs());
            }
            assertEquals(List.of(), expired(node));
            requireTimeNeverGoesBack(node);
        }
    }

    @Test
    void whatIsDueFiresOnceHoweverTheSteadyClockJumps() throws Exception {
        try (EngineNode node = start(new MachineClock(timeOfDayNs::get, steadyNs::get))) {
            driver.prepare(node.gate());
            payOverARoll(node);
            place(node, 1, 600);
            place(node, 2, 7_200);
            payOverARoll(node);
            steadyNs.addAndGet(TimeUnit.SECONDS.toNanos(800)); // the machine was asleep; late payments have two minutes
            NodeRig.await("the first has expired", () -> expired(node).equals(List.of("member-1")));
            steadyNs.addAndGet(-hours(1)); // no clock does that, but engine time would bear it
            final long standsNs = node.status().nowNs();
            payOverARoll(node);
            place(node, 3, 60);
            payOverARoll(node);
            assertEquals(standsNs, node.status().nowNs());
            assertEquals(List.of("member-1"), expired(node));
            steadyNs.addAndGet(hours(4));
            NodeRig.await("the others have", () -> expired(node).equals(List.of("member-1", "member-3", "member-2")));
            payOverARoll(node);
            assertEquals(List.of("member-1", "member-3", "member-2"), expired(node));
            requireTimeNeverGoesBack(node);
        }
    }

    @Test
    void aClockThatIsSetBetweenTwoRunsIsWaitedForRefusedOrFollowed() throws Exception {
        try (EngineNode node = start(new MachineClock(timeOfDayNs::get, steadyNs::get))) {
            driver.prepare(node.gate());
            payOverARoll(node);
            place(node, 1, 600);
            payOverARoll(node);
        }
        timeOfDayNs.addAndGet(-TimeUnit.SECONDS.toNanos(6));
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> start(new MachineClock(timeOfDayNs::get, steadyNs::get)));
        assertTrue(refused.getMessage().contains("lastJournaledNs=" + BEGIN_NS), refused.getMessage());
        timeOfDayNs.addAndGet(TimeUnit.SECONDS.toNanos(2));
        final MachineClock goingOn =
                new MachineClock(() -> timeOfDayNs.getAndAdd(TimeUnit.MILLISECONDS.toNanos(100)), steadyNs::get);
        try (EngineNode node = start(goingOn)) {
            assertTrue(node.status().nowNs() >= BEGIN_NS);
            payOverARoll(node);
            assertEquals(List.of(), expired(node));
        }
        timeOfDayNs.addAndGet(hours(24 * 90));
        try (EngineNode node = start(new MachineClock(timeOfDayNs::get, steadyNs::get))) {
            NodeRig.await("it has expired", () -> expired(node).equals(List.of("member-1")));
            payOverARoll(node);
            assertEquals(List.of("member-1"), expired(node));
            requireTimeNeverGoesBack(node);
        }
    }

    private EngineNode start(final MachineClock clock) {
        return EngineNode.start(config, driver, Disk.REAL, clock);
    }

    /** Places an order of a member of its own. */
    private void place(final EngineNode node, final int member, final int payWithinS) throws Exception {
        final OrderMessages.Line line = new OrderMessages.Line("1", "A", "t", 1_000, 1);
        final OrderMessages.Placing placing =
                new OrderMessages.Placing("O" + member, "member-" + member, "CNY", 0, 0, payWithinS, List.of(line));
        final NodeDriver.Answer answer =
                driver.ask(node.gate(), OrderMessages.placeOrder(NodeDriver.KEY, placing, "", "", 0));
        assertFalse(answer.reply().isRefusal());
    }

    /** Pays until the journal has begun another file. */
    private void payOverARoll(final EngineNode node) throws Exception {
        final long before = cycles();
        for (int round = 0; round < ROUNDS_MAX && cycles() == before; round++) {
            Future<NodeDriver.Answer> last = null;
            for (int i = 0; i < PAYMENTS; i++) {
                last = driver.pay(node.gate(), paid++);
            }
            last.get(20, TimeUnit.SECONDS);
        }
        assertTrue(cycles() > before, "no roll: cycles=" + before);
    }

    private long cycles() throws IOException {
        try (Stream<Path> files = Files.walk(config.journalDirectory())) {
            return files.filter(file -> file.toString().endsWith(".cq4")).count();
        }
    }

    /** Returns the members whose orders have expired, in the order of the journal. */
    private static List<String> expired(final EngineNode node) {
        final List<String> expired = new ArrayList<>();
        try (RecordLog.Cursor records = node.records().after(0)) {
            while (records.next()) {
                final DirectBuffer buffer = records.buffer();
                final byte[] outcome = new byte[RecordLayout.outcomeLength(buffer, records.offset())];
                buffer.getBytes(RecordLayout.outcomeOffset(buffer, records.offset()), outcome);
                final EffectsReader effects =
                        new Reply(RecordLayout.sequence(buffer, records.offset()), outcome).effects();
                while (effects.next()) {
                    if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.ORDER_EXPIRED) {
                        final byte[] id = new byte[effects.idLength()];
                        effects.buffer().getBytes(effects.idOffset(), id);
                        expired.add(new String(id, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return expired;
    }

    private static void requireTimeNeverGoesBack(final EngineNode node) {
        long lastNs = 0;
        try (RecordLog.Cursor records = node.records().after(0)) {
            while (records.next()) {
                final long nowNs = RecordLayout.nowNs(records.buffer(), records.offset());
                assertTrue(nowNs >= lastNs, "sequence=" + RecordLayout.sequence(records.buffer(), records.offset()));
                lastNs = nowNs;
            }
        }
        assertTrue(lastNs >= BEGIN_NS);
    }

    private static long hours(final long count) {
        return TimeUnit.HOURS.toNanos(count);
    }
}
