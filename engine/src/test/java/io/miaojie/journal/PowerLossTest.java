package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seeded power losses: what the device may hold is enumerated out of what was written and what was forced, and recovery
 * must make the answered records of it, whole, or refuse a damaged one. The build looks at {@code power.states}; in
 * full: {@code mvn -pl engine test -Dtest=PowerLossTest -Dpower.states=10000}.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class PowerLossTest {
    private static final Logger LOG = LoggerFactory.getLogger(PowerLossTest.class);
    private static final long FIRST = Long.getLong("power.first", 1);
    private static final int STATES = Integer.getInteger("power.states", 600);

    private static final int STATES_FOR_COVERAGE = 600;

    @TempDir
    private Path directory;

    @Test
    void noAnsweredRecordIsLostAndNoDamagedOneIsTaken() throws Exception {
        final Map<PowerLoss.Loss, LongAdder> losses = new EnumMap<>(PowerLoss.Loss.class);
        final Map<PowerLoss.Damage, LongAdder> refused = new EnumMap<>(PowerLoss.Damage.class);
        int states = 0;
        int cuts = 0;
        long seed = FIRST;
        for (; states < STATES; seed++) {
            final PowerLossStory story = new PowerLossStory(seed, directory.resolve("story-" + seed));
            try {
                story.tell();
            } catch (final AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        "seed=" + seed + " fails; run it alone with: mvn -pl engine test -Dtest=PowerLossTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dpower.first=" + seed
                                + " -Dpower.states=1\n" + story.told() + failure.getMessage(),
                        failure);
            }
            states += story.states();
            cuts += story.cuts();
            story.losses().forEach(loss -> losses.computeIfAbsent(loss, each -> new LongAdder())
                    .increment());
            story.refused().forEach(damage -> refused.computeIfAbsent(damage, each -> new LongAdder())
                    .increment());
        }
        LOG.info(
                "seeds {} to {}: states={} losses={} cuts={} refused={}",
                FIRST,
                seed - 1,
                states,
                losses,
                cuts,
                refused);
        if (STATES >= STATES_FOR_COVERAGE) {
            assertEquals(PowerLoss.Loss.values().length, losses.size(), losses::toString);
            assertEquals(PowerLoss.Damage.values().length, refused.size(), refused::toString);
            assertTrue(cuts > states / 20, "cuts=" + cuts);
        }
    }
}
