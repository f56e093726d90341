package io.miaojie.simulation;

import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.StateLimits;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.Reply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One seed, one story: told to the core and to the naive model, step by step, with crashes in between. */
final class Simulation {
    private static final int INSPECT_EVERY = 250;
    private static final int REMEMBERED = 12;
    private static final int LOST_MAX = 4;
    private static final int TINY_ONE_IN = 5;
    private static final int BURST_ONE_IN = 1_500;
    private static final long INSTANT_MAX_NS = 2 * World.DAY_NS;
    private static final long SCRAMBLE = 0x9E3779B97F4A7C15L;
    private static final int FINGERPRINT_AT = Words.BODY + Integer.BYTES + 2 * Long.BYTES;

    private final Random random;
    private final long seed;
    private final Coverage coverage;
    private final boolean isTiny;
    private final Machine machine;
    private final NaiveModel model = new NaiveModel();
    private final Story story;
    private final Plot plot;
    private final Map<String, Long> firstSequences = new HashMap<>();
    private final Deque<Object> lately = new ArrayDeque<>();
    private boolean isAboutToDie;
    private boolean isOver;
    private boolean isWatchedClosely;
    private Optional<Follower> follower = Optional.empty();

    /** Makes the story of a seed; in one of five a table is soon full. */
    static Simulation of(final long seed, final Coverage coverage) {
        final TinyLimits[] tables = TinyLimits.values();
        return seed % TINY_ONE_IN == 0
                ? new Simulation(seed, coverage, tables[(int) (seed / TINY_ONE_IN % tables.length)].limits(), true)
                : roomy(seed, coverage);
    }

    /** Makes the story of a seed with room for everything. */
    static Simulation roomy(final long seed, final Coverage coverage) {
        return new Simulation(seed, coverage, TinyLimits.roomy(), false);
    }

    private Simulation(final long seed, final Coverage coverage, final StateLimits limits, final boolean isTiny) {
        this.seed = seed;
        this.random = new Random(seed * SCRAMBLE); // neighbouring seeds begin alike
        this.coverage = coverage;
        this.isTiny = isTiny;
        this.machine = new Machine(limits, CoreRunner.START_NS);
        this.story = new Story(random, model.world);
        this.plot = new Plot(story);
    }

    /** Holds the eight invariants after every command, from answers alone. */
    Simulation watchClosely() {
        isWatchedClosely = true;
        return this;
    }

    /** Lets somebody read the journal along. */
    Simulation readBy(final Follower newFollower) {
        follower = Optional.of(newFollower);
        return this;
    }

    /** Reads the journal while the story is told; tells nothing that the story would hear. */
    interface Follower {
        /** A step was told. */
        void onStep(Machine machine);

        /** The story is over. */
        void onEnd(Machine machine, World world);
    }

    /** Tells a story of this many commands and returns the hash of the state that it ends in. */
    String run(final int commands) {
        try {
            begin();
            for (int step = 1; step <= commands; step++) {
                step();
                if (isOver) {
                    break;
                }
                follower.ifPresent(each -> each.onStep(machine));
                if (isWatchedClosely) {
                    new EightInvariants(machine, model.world).check();
                }
                if (step % INSPECT_EVERY == 0 || step == commands) {
                    inspect();
                }
            }
            follower.ifPresent(each -> each.onEnd(machine, model.world));
            machine.crash(CrashPoint.WITHOUT_SNAPSHOT, random);
            return machine.hash();
        } catch (final AssertionError | RuntimeException failure) {
            throw new AssertionError(
                    "seed=" + seed + " fails; run it alone with: mvn -pl engine test -Dtest=SimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.first=" + seed
                            + " -Dsimulation.seeds=1\n" + told() + failure.getMessage(),
                    failure);
        } finally {
            machine.close();
        }
    }

    private String told() {
        final StringBuilder told = new StringBuilder();
        lately.forEach(line -> told.append(line).append('\n'));
        return told.toString();
    }

    private void begin() {
        model.world.isSandbox = random.nextInt(3) == 0;
        note(Heard.of(machine.tick()));
        machine.settle(model.world.isSandbox ? Machine.OPEN_SANDBOX : Machine.OPEN_LIVE);
        note(Heard.of(machine.settle(Machine.OPEN_SANDBOX)));
        final World.Key node = new World.Key();
        node.id = "";
        node.role = io.miaojie.wire.codec.Role.ADMIN;
        model.world.keys.add(node);
        model.world.nowNs = machine.nowNs();
        for (final Deed deed : plot.opening()) {
            tell(deed);
        }
    }

    private void step() {
        final int dice = random.nextInt(100);
        if (random.nextInt(BURST_ONE_IN) == 0) {
            burst();
        } else if (dice < 4) {
            pass(plot.pause());
        } else if (dice < 5) {
            crash();
            jump();
        } else if (dice < 12 && !story.told.isEmpty()) {
            tell(story.pick(story.told));
        } else if (dice < 14 && !story.told.isEmpty()) {
            tellOtherwise(story.pick(story.told));
        } else if (dice < 16) {
            tellInTheInstant();
        } else {
            tell(plot.next());
        }
    }

    private void pass(final long byNs) {
        machine.passTime(byNs);
        model.world.nowNs = machine.nowNs();
        fireTimers();
    }

    /** Whoever comes back may find another clock: set ahead, or so far back that engine time stands for a while. */
    private void jump() {
        final ClockJump jump = ClockJump.values()[random.nextInt(ClockJump.values().length)];
        coverage.note("clock." + jump);
        switch (jump) {
            case NONE -> {
                // It goes on as before.
            }
            case AHEAD -> pass(World.SECOND_NS * (1 + random.nextInt(90 * 86_400)));
            case BACK -> machine.setBack(World.SECOND_NS * (1 + random.nextInt(40)));
        }
    }

    /** A message comes in the instant in which something is due: before it, or behind it. */
    private void tellInTheInstant() {
        final long awayNs = machine.core().nextDeadlineNs() - machine.nowNs();
        final Deed deed = plot.inTheInstant();
        if (awayNs > INSTANT_MAX_NS || awayNs < 0) {
            tell(deed);
            return;
        }
        machine.moveTo(machine.nowNs() + awayNs);
        model.world.nowNs = machine.nowNs();
        if (deed instanceof Deed.Clock || random.nextBoolean()) {
            fireTimers();
        }
        tellNow(deed);
    }

    private void crash() {
        final CrashPoint point = CrashPoint.values()[random.nextInt(CrashPoint.values().length)];
        remember("crash " + point);
        coverage.note("crash." + point);
        if (point == CrashPoint.BEFORE_FORCE) {
            isAboutToDie = true;
        } else {
            machine.crash(point, random);
        }
    }

    private void tell(final Deed deed) {
        machine.passTime(random.nextInt(2_000_000_000));
        model.world.nowNs = machine.nowNs();
        fireTimers();
        tellNow(deed);
    }

    private void tellNow(final Deed deed) {
        final DirectBuffer message = deed.encode();
        moveClock(deed, message);
        if (isAboutToDie) {
            isAboutToDie = false;
            machine.settleInVain(message);
            for (int more = random.nextInt(LOST_MAX); more > 0; more--) {
                final Deed lost = plot.next();
                if (!(lost instanceof Deed.Clock)) { // the host moves the clock first
                    machine.settleInVain(lost.encode());
                }
                story.later(lost);
            }
            machine.crash(CrashPoint.BEFORE_FORCE, random);
        }
        if (!hear(deed, machine.settle(message))) {
            machine.crash(CrashPoint.AFTER_FORCE, random);
        }
    }

    /** Holds what was said of a deed against the model; false: a table was full, and nothing was done. */
    private boolean hear(final Deed deed, final Reply reply) {
        remember(deed);
        final Heard heard = Heard.of(reply);
        coverage.note("deed." + deed.getClass().getSimpleName());
        note(heard);
        if (deed instanceof Deed.Define define && heard.end == Heard.End.DONE) {
            coverage.note("kind." + define.kind());
        }
        if (heard.end == Heard.End.TURNED_AWAY && heard.code.endsWith("_FULL")) {
            require(isTiny, "a full table: " + heard.code);
            return false;
        }
        final NaiveModel.Verdict verdict = model.decide(deed, machine.nowNs(), reply.sequence());
        remember(heard);
        hold(heard, verdict);
        holdSequence(deed, heard, reply);
        story.told.add(deed);
        return true;
    }

    /**
     * More comes at once than the ring has room for, and the device lets it wait: who is refused comes again, and so
     * does everybody when the process dies before anything is forced.
     */
    private void burst() {
        pass(random.nextInt(2_000_000_000));
        final List<Deed> deeds = new ArrayList<>();
        final List<DirectBuffer> messages = new ArrayList<>();
        while (deeds.size() < FullRing.TOO_MANY) {
            final Deed deed = random.nextInt(4) > 0 || story.told.isEmpty() ? plot.next() : story.pick(story.told);
            final DirectBuffer message = deed.encode();
            if (deed instanceof Deed.Clock || message.capacity() > FullRing.MESSAGE_LENGTH_MAX) {
                story.later(deed);
            } else {
                deeds.add(deed);
                messages.add(message);
            }
        }
        final boolean isForced = random.nextInt(3) > 0;
        final FullRing.Burst burst = machine.burst(messages, isForced);
        remember("burst taken=" + burst.takenCount() + " forced=" + isForced);
        coverage.note(isForced ? "burst.FORCED" : "burst.LOST");
        deeds.subList(isForced ? burst.takenCount() : 0, deeds.size()).forEach(story::later);
        if (!isForced) {
            machine.crash(CrashPoint.BEFORE_FORCE, random);
        }
        for (int i = 0; i < burst.answers().size() && !isOver; i++) {
            final FullRing.Answer answer = burst.answers().get(i);
            if (!answer.isRepeat()) {
                hearTicks(answer.ticks());
            }
            if (!isOver) {
                hear(deeds.get(i), answer.reply());
            }
        }
        if (!isOver && !burst.lastTicks().isEmpty()) {
            hearTicks(burst.lastTicks());
        }
    }

    /** As the host does: the clock is moved and what is due fires before the command is settled. */
    private void moveClock(final Deed deed, final DirectBuffer message) {
        final long toNs = machine.core().timeNs(machine.nowNs(), message, 0);
        require(toNs == model.timeNs(deed), deed + " moves the clock", model.timeNs(deed), toNs);
        if (toNs > machine.nowNs()) {
            machine.moveTo(toNs);
            model.world.nowNs = toNs;
            fireTimers();
        }
    }

    /** Sends a known id with other fields. */
    private void tellOtherwise(final Deed deed) {
        final UnsafeBuffer message = deed.encode();
        message.putLong(FINGERPRINT_AT, message.getLong(FINGERPRINT_AT) ^ 1);
        final Heard heard = Heard.of(machine.settle(message));
        final boolean isRevoked = model.world.keys.get(deed.head().key()).isRevoked;
        require(heard.end == (isRevoked ? Heard.End.TURNED_AWAY : Heard.End.CONFLICT), deed + " otherwise: " + heard);
        note(heard);
    }

    private void fireTimers() {
        final List<Reply> ticks = new ArrayList<>();
        while (machine.isDue()) {
            ticks.add(machine.tick());
        }
        hearTicks(ticks);
    }

    private void hearTicks(final List<Reply> ticks) {
        Heard heard = null;
        final List<Long> sequences = new ArrayList<>();
        for (final Reply reply : ticks) {
            final Heard more = Heard.of(reply);
            note(more);
            more.entities.keySet().stream()
                    .filter(name -> name.startsWith("refund-order "))
                    .forEach(made -> sequences.add(reply.sequence()));
            if (heard == null) {
                heard = more;
            } else {
                heard.join(more);
            }
        }
        final NaiveModel.Verdict verdict = model.tick(machine.nowNs(), sequences);
        if (heard != null) {
            heard.changes.clear();
            remember("tick");
            remember(heard);
            hold(heard, verdict);
        } else {
            require(verdict.changed.isEmpty(), "nothing fired, and the model has " + verdict.changed);
        }
    }

    private void note(final Heard heard) {
        coverage.note("end." + heard.end);
        coverage.note("code." + heard.code);
        heard.skips.forEach(skip -> coverage.note("code." + skip.substring(skip.lastIndexOf(' ') + 1)));
        heard.entities.forEach((name, told) -> {
            if (name.startsWith("refund-order ")) {
                coverage.note("code." + told.split(" ")[2]);
            }
        });
    }

    private void hold(final Heard heard, final NaiveModel.Verdict verdict) {
        if (heard.skips.stream().anyMatch(skip -> skip.endsWith("_FULL"))) { // no model knows how full a table is
            require(isTiny, "a full table: " + heard.skips);
            isOver = true;
            return;
        }
        require(heard.end == verdict.end, "end", verdict.end, heard.end + " " + heard.code);
        final boolean isRepeat = heard.end == Heard.End.SEEN || heard.end == Heard.End.CONFLICT;
        require(isRepeat || heard.code.equals(verdict.code), "code", verdict.code, heard.code);
        if (heard.end != Heard.End.DONE) {
            return;
        }
        require(heard.status == verdict.status, "status", verdict.status, heard.status);
        require(sorted(heard.skips).equals(sorted(verdict.skips)), "skips", sorted(verdict.skips), sorted(heard.skips));
        if (!verdict.defined.isEmpty()) {
            require(
                    verdict.defined.equals(heard.entities.get("defined")),
                    "defined",
                    verdict.defined,
                    heard.entities.get("defined"));
            return;
        }
        final Map<String, String> missing = new TreeMap<>(verdict.changed);
        missing.keySet().removeAll(heard.entities.keySet());
        missing.keySet().removeIf(name -> name.startsWith("account "));
        require(missing.isEmpty(), "not told", missing, heard.entities);
        heard.entities.forEach((name, told) -> holdEntity(name, told, verdict));
        heard.changes.forEach((name, change) -> require(
                change.equals(verdict.changes.getOrDefault(name, Heard.NO_CHANGE)),
                "change of " + name,
                verdict.changes.get(name),
                change));
    }

    private void holdEntity(final String name, final String told, final NaiveModel.Verdict verdict) {
        final String expected = verdict.told.containsKey(name) ? verdict.told.get(name) : model.told(name);
        final boolean isShort = name.startsWith("order ") && !told.contains("payable");
        require(
                isShort ? expected != null && expected.startsWith(told + " ") : told.equals(expected),
                name,
                expected,
                told);
        if (name.startsWith("review ")) {
            coverage.note("review." + told.substring(0, told.indexOf(' ')));
        }
        model.world.sales.stream().filter(sale -> sale.name().equals(name)).forEach(coverage::noteState);
        model.world.seats.stream().filter(seat -> seat.name().equals(name)).forEach(coverage::noteState);
    }

    private void holdSequence(final Deed deed, final Heard heard, final Reply reply) {
        final String name = NaiveModel.boundName(deed);
        if (reply.isJournaled()) {
            firstSequences.put(name, reply.sequence());
        } else if (heard.firstSequence > 0) {
            require(heard.firstSequence == firstSequences.get(name), "first sequence of " + name);
        }
    }

    private void inspect() {
        final List<String> violations = Invariants.check(machine.core().state());
        require(violations.isEmpty(), "invariants: " + violations);
        new Inspection(machine, model.world).all();
    }

    private void remember(final Object line) {
        lately.add(line);
        if (lately.size() > REMEMBERED) {
            lately.remove();
        }
    }

    private static List<String> sorted(final List<String> words) {
        return words.stream().sorted().toList();
    }

    private static void require(final boolean holds, final String what, final Object expected, final Object said) {
        require(holds, what + "\n  model: " + expected + "\n  core:  " + said);
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
