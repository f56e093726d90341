package io.miaojie.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.settlement.Settlement;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Seeded stories: the core says what the naive model says, survives its deaths, and says everything that it can say.
 * {@code -Dsimulation.first=}, {@code -Dsimulation.seeds=} and {@code -Dsimulation.commands=} set another run.
 */
@Timeout(7_200)
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 1_000);
    private static final int COMMANDS = Integer.getInteger("simulation.commands", 2_000);
    private static final int SEEDS_FOR_COVERAGE = 1_000;

    /** What no story can be told, each with its reason. */
    private static final Map<String, String> UNTOLD = Map.ofEntries(
            Map.entry("code.ENTRY_UNKNOWN", "answers a query of the directory alone"),
            Map.entry("code.REFERRAL_TOO_DEEP", "10,000 members in one line: PeopleTest"),
            Map.entry("code.TARGETS_MAX", "1,000 targets of one merchant: PeopleTest"),
            Map.entry("code.LINES_FULL", "more than 2,000 lines"),
            Map.entry(
                    "code.ROSTERS_FULL",
                    "every member of a tiny shard would have to buy in three sales: flash-sales.scenario"),
            Map.entry("code.TIMERS_FULL", "the bounds of the other tables leave room for every timer"),
            Map.entry("code.NEEDS_HISTORY", "reserved"),
            Map.entry(
                    "code.group-buy.NOTHING_TO_COMPLETE",
                    "a group whose seats are all taken, not all paid, when an operator looks: group-buys.scenario"));

    @Test
    void theCoreSaysWhatTheModelSays() {
        final Coverage coverage = new Coverage();
        final Map<Long, String> failures = new ConcurrentSkipListMap<>(); // a pool loses the words of what it throws
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> run(seed, coverage, failures));
        assertEquals("", failures.values().stream().findFirst().orElse(""), failures.keySet() + " failed");
        if (SEEDS >= SEEDS_FOR_COVERAGE) {
            assertEquals(Set.of(), coverage.missing(expected()), coverage::toString);
        }
    }

    @Test
    void theSameSeedEndsInTheSameState() {
        for (long seed = FIRST; seed < FIRST + Math.min(SEEDS, 3); seed++) {
            assertEquals(run(seed, new Coverage()), run(seed, new Coverage()), "seed=" + seed);
        }
    }

    private static void run(final long seed, final Coverage coverage, final Map<Long, String> failures) {
        if (failures.isEmpty()) {
            try {
                run(seed, coverage);
            } catch (final AssertionError failure) {
                failures.put(seed, failure.getMessage());
            }
        }
    }

    private static String run(final long seed, final Coverage coverage) {
        return Simulation.of(seed, coverage).run(COMMANDS);
    }

    private static Stream<String> expected() {
        final Stream<String> codes = Arrays.stream(ResultCode.values()).map(code -> "code." + code.name());
        final Stream<String> ofKinds = Settlement.kinds().stream().flatMap(SimulationTest::codes);
        final Stream<String> kinds = Settlement.kinds().stream().map(kind -> "kind." + kind.number());
        final Stream<String> deeds =
                Arrays.stream(Deed.class.getPermittedSubclasses()).map(type -> "deed." + type.getSimpleName());
        final Stream<String> crashes = Arrays.stream(CrashPoint.values()).map(point -> "crash." + point);
        final Stream<String> jumps = Arrays.stream(ClockJump.values()).map(jump -> "clock." + jump);
        final Stream<String> bursts =
                Stream.of("burst.FORCED", "burst.LOST", "review.HOLD", "review.RELEASE", "review.REJECT");
        final Stream<String> states = Settlement.kinds().stream().flatMap(SimulationTest::states);
        return Stream.of(codes, ofKinds, kinds, deeds, crashes, jumps, bursts, states)
                .flatMap(stream -> stream)
                .filter(name -> !UNTOLD.containsKey(name));
    }

    private static Stream<String> codes(final KindDescriptor kind) {
        return kind.codes().stream().map(CodeDescriptor::name).map(code -> "code." + kind.name() + "." + code);
    }

    /** States of seats begin at 1, those of what they are in at 0. */
    private static Stream<String> states(final KindDescriptor kind) {
        final Stream<String> seats = IntStream.range(
                        1, kind.view().entryStates().size())
                .mapToObj(state -> Coverage.state(kind.number(), "seat", state));
        final Stream<String> sales = IntStream.range(
                        0, kind.view().groupStates().size())
                .mapToObj(state -> Coverage.state(kind.number(), "sale", state));
        return Stream.concat(seats, sales);
    }
}
