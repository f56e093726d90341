package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.journal.Durability;
import io.miaojie.ring.RingConfig;
import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.StateLimits;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Limits that contradict each other are refused before anything is opened. */
@Timeout(60)
class EngineConfigTest {
    private final Path directory = Path.of("data");
    private final EngineConfig config = EngineConfig.of(directory);

    @Test
    void hasUsualLimits() {
        assertEquals(Durability.SYNC, config.journal().durability());
        assertEquals(8L << 30, config.projection().unprojectedBytesMax());
        assertTrue(config.projection().postgres().isEmpty());
        assertFalse(config.shard().isSandbox());
        assertEquals(directory.resolve("shard-0"), config.ring().poisonDirectory());
    }

    @Test
    void takesPlainOptions() {
        final EngineConfig changed =
                config.withSandbox(true, true).withoutForce().withPostgres("postgres://u:p@host:99/d");
        assertTrue(changed.shard().clockFollowsEvents());
        assertEquals(Durability.OS, changed.journal().durability());
        assertEquals(99, changed.projection().postgres().orElseThrow().port());
    }

    @Test
    void refusesAClockOfEventsOutsideASandbox() {
        refuses("sandbox", () -> config.withSandbox(false, true));
    }

    @Test
    void refusesAReserveThatDoesNotTakeWhatIsUnderWay() {
        refuses(
                "reserveBytes=1048576",
                () -> config.withJournal(new EngineConfig.JournalOptions(Durability.SYNC, 1 << 30, 1 << 20, 1, 0)));
    }

    @Test
    void stopsWithinTheTenSecondsThatArePromised() {
        assertTrue(config.stop().wholeMs() < 10_000, config.stop()::toString);
        refuses("wholeMs=4 drainMs=2 closeMs=3", () -> new EngineConfig.StopOptions(4, 2, 3));
    }

    @Test
    void refusesALagThatOneFullRingWouldReach() {
        refuses(
                "unprojectedBytesMax=1000",
                () -> config.withProjection(new EngineConfig.ProjectionOptions(Optional.empty(), 1_000)));
    }

    @Test
    void refusesTablesThatDoNotFitEachOther() {
        refuses("keysMax=1", () -> config.withState(new StateLimits(1, 1, 2, 1, 1, 1, 1, 1, 1, PeopleLimits.of(1))));
        refuses("poolsMax=1", () -> config.withState(new StateLimits(2, 1, 1, 1, 1, 1, 1, 1, 1, PeopleLimits.of(1))));
    }

    @Test
    void refusesARingOfAnotherShard() {
        refuses("shard=0", () -> config.withRing(RingConfig.defaults(4, directory)));
    }

    @Test
    void refusesRingsThatCannotTurn() {
        refuses("slotCount=1000", () -> new RingConfig(0, 1_000, 256, 1 << 26, 1024, 1, 250, 1, directory));
        refuses("slotBytes=16", () -> new RingConfig(0, 1_024, 16, 1 << 26, 1024, 1, 250, 1, directory));
        refuses("recordRingBytes=1048576", () -> new RingConfig(0, 1_024, 256, 1 << 20, 1024, 1, 250, 1, directory));
        refuses("recentRecordsMax=2", () -> new RingConfig(0, 1_024, 256, 1 << 26, 2, 1, 250, 1, directory));
        refuses("shard=256", () -> new RingConfig(256, 1_024, 256, 1 << 26, 1024, 1, 250, 1, directory));
    }

    private static void refuses(final String words, final Executable construction) {
        final String message =
                assertThrows(IllegalArgumentException.class, construction).getMessage();
        assertTrue(message.contains(words), message);
    }
}
