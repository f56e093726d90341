package io.miaojie.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Timers;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.Reply;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clock of a sandbox, moved through the ring with the settlement behind it: all that was held is released. */
@Timeout(120)
class SandboxClockTest {
    private static final int HELD = 256 * 256 + 1_000;
    private static final int KEY = 1;
    private static final int CLOCK = HELD + 10;
    private static final StateLimits LIMITS =
            new StateLimits(10, 10, HELD + 10, HELD + 10, HELD + 100, 10, 10, 10, 10, PeopleLimits.of(10));

    @TempDir
    Path directory;

    @Test
    void everyHoldThatIsDueHasEndedWhenTheMoveIsAnswered() {
        final Settlement core = new Settlement(LIMITS);
        try (RingRig rig = new RingRig(RingRig.config(directory, 4_096), core)) {
            rig.timeNs.set(CoreRunner.START_NS);
            rig.host.start(0, 0);
            rig.insist(1, Commands.openShard(1, true));
            rig.insist(2, Commands.createMerchant("M1", 480, "CNY"));
            rig.insist(3, Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
            rig.insist(
                    4,
                    Commands.campaign(KEY, "C1")
                            .ratePpm(100_000)
                            .hold(HoldPolicy.DAYS_AFTER_PAY, 7, 500_000)
                            .encode());
            for (int i = 0; i < HELD; i++) {
                rig.insist(
                        5 + i,
                        Commands.payment(KEY, "P" + i)
                                .order("O" + i)
                                .member("U1")
                                .amount(1_000)
                                .encode());
            }
            rig.sink.awaitToken(4L + HELD);
            rig.insist(
                    CLOCK,
                    OrderMessages.advanceClock(
                            KEY, "clock-1", Duration.ofDays(8).toNanos(), 0));
            final TestSink.Told moved = rig.sink.awaitToken(CLOCK);
            assertEquals(HELD, fired(new Reply(moved.sequence(), moved.bytes().byteArray()), Timers.RELEASE));
            assertTrue(
                    moved.sequence() > 4 + HELD + SettleStage.TICKS_PER_BATCH_MAX, "more ticks than others wait for");
            assertEquals(moved.sequence(), rig.host.lastSequence(), "no timer is left for whoever comes next");
            rig.host.close();
            for (int grant = 0; grant < HELD; grant++) {
                assertTrue(core.state().grants().has(grant, Grants.RELEASED), "grant=" + grant);
            }
            assertEquals(List.of(), Invariants.check(core.state()));
        }
    }

    private static long fired(final Reply reply, final int tag) {
        final EffectsReader effects = reply.effects();
        while (effects.next()) {
            if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.FIRED && effects.noteFirst() == tag) {
                return effects.noteSecond();
            }
        }
        return 0;
    }
}
