package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.support.CampaignDraft;
import io.miaojie.support.Commands;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.OrderMessages;
import io.miaojie.support.OrderMessages.Acting;
import io.miaojie.support.OrderMessages.Line;
import io.miaojie.support.OrderMessages.Placing;
import io.miaojie.support.OrderMessages.Refunding;
import io.miaojie.support.PaymentDraft;
import io.miaojie.support.PeopleMessages;
import io.miaojie.support.PeopleMessages.Registration;
import io.miaojie.support.Reply;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Shape;
import io.miaojie.wire.ViewDescriptor.Instances;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every registered campaign kind owes: random terms and commands from its own descriptor may not break it. */
@Timeout(240)
class KindContractTest {
    private static final int SEEDS = 12;
    private static final int STEPS = 250;

    /** Stories that a code is waited for: some take more in a row than chance brings often. */
    private static final int STORIES_MAX = 4_000;

    private static final int KEY = 1;
    private static final int ORDERS_OF_GROUPS = 300;
    private static final int MEMBERS = 10;
    private static final int NEEDED = 2;
    private static final int NEWCOMERS = 20;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long HOUR_NS = 60 * MINUTE_NS;

    /** What one run said, byte by byte, and the state it ended in. */
    private record Story(List<String> said, byte[] state, Set<Integer> codes) {}

    static Stream<KindDescriptor> kinds() {
        return Settlement.kinds().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void sameSeedSameOutcomesAndState(final KindDescriptor kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            final Story first = tell(kind, seed, false);
            final Story second = tell(kind, seed, false);
            assertEquals(first.said(), second.said());
            assertArrayEquals(first.state(), second.state());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRestartInMidRunChangesNothing(final KindDescriptor kind) {
        for (int seed = 0; seed < SEEDS; seed++) {
            final Story undisturbed = tell(kind, seed, false);
            final Story restarted = tell(kind, seed, true);
            assertEquals(undisturbed.said(), restarted.said());
            assertArrayEquals(undisturbed.state(), restarted.state());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyCodeOfTheKindIsSaid(final KindDescriptor kind) {
        final Map<Integer, String> missing = new HashMap<>();
        kind.codes().forEach(code -> missing.put(code.number(), code.name()));
        final int seeds = kind.actions().isEmpty() ? 60 : STORIES_MAX;
        for (int seed = 0; seed < seeds && !missing.isEmpty(); seed++) {
            missing.keySet().removeAll(tell(kind, seed, false).codes());
        }
        assertEquals(Map.of(), missing);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void itsCodesAreItsOwn(final KindDescriptor kind) {
        assertTrue(kind.number() >= 1 && kind.number() <= 255);
        kind.codes().forEach(code -> assertEquals(kind.number(), code.number() >>> Byte.SIZE, code.name()));
        assertEquals(1, kinds().filter(other -> other.number() == kind.number()).count());
    }

    private static Story tell(final KindDescriptor kind, final int seed, final boolean restarts) {
        final Random random = new Random(seed);
        final CoreRunner runner = new CoreRunner(CoreRunner.SMALL);
        final List<String> said = new ArrayList<>();
        final Set<Integer> codes = new HashSet<>();
        runner.settle(Commands.openShard(1, false));
        runner.settle(Commands.createMerchant("M1", 480, "CNY"));
        runner.settle(Commands.createKey(Commands.NODE_KEY, "K1", "M1", Role.ADMIN, ""));
        for (int member = 0; member < MEMBERS; member++) {
            final Registration registration = Registration.of("U" + member);
            runner.settle(PeopleMessages.register(
                    KEY, "register-" + member, member < 3 ? registration : registration.referredBy("U" + member / 3)));
        }
        for (int step = 0; step < STEPS; step++) {
            final byte[] before = runner.savedWithoutIds();
            final Reply reply = runner.settle(command(kind, random, step, runner));
            if (reply.isRefusal()) {
                assertArrayEquals(before, runner.savedWithoutIds(), "seed=" + seed + " step=" + step);
            }
            assertEquals(List.of(), Invariants.check(runner.core().state()), "seed=" + seed + " step=" + step);
            if (!reply.isSeen()) {
                codes.add(reply.codeNumber());
            }
            final EffectsReader effects = reply.effects();
            while (effects.next()) {
                if (effects.type() == EffectType.SKIP) {
                    codes.add(effects.skipCode());
                } else if (effects.type() == EffectType.REFUND_ORDER) {
                    codes.add(effects.reason());
                }
            }
            said.add(reply.sequence() + Arrays.toString(reply.bytes()));
            runner.listen((sequence, nowNs, message, outcome) -> codes.addAll(reasons(outcome)));
            runner.advance(random.nextInt(20) * (random.nextInt(20) == 0 ? HOUR_NS : MINUTE_NS));
            if (restarts && step % 10 == 0) {
                runner.restart(CoreRunner.SMALL);
            }
        }
        return new Story(said, runner.saved(), codes);
    }

    /** Why what was paid goes back: nobody but a tick may say so. */
    private static Set<Integer> reasons(final byte[] outcome) {
        final Set<Integer> reasons = new HashSet<>();
        final EffectsReader effects = new Reply(1, outcome).effects();
        while (effects.next()) {
            if (effects.type() == EffectType.REFUND_ORDER) {
                reasons.add(effects.reason());
            }
        }
        return reasons;
    }

    private static UnsafeBuffer command(
            final KindDescriptor kind, final Random random, final int step, final CoreRunner runner) {
        final String campaign = "C" + random.nextInt(kind.view().instances() == Instances.ENTRIES ? 3 : 6);
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> define(kind, random, campaign);
            case 4, 5 ->
                OrderMessages.refund(KEY, Refunding.of("F" + step, "O" + random.nextInt(60), random.nextInt(5_000)));
            case 6 -> OrderMessages.deliver(KEY, "D" + step, "O" + random.nextInt(60), List.of());
            case 7 -> kind.actions().isEmpty() ? place(random, step) : act(kind, random, step, campaign, runner);
            case 3 ->
                Commands.changeState(
                        KEY,
                        "R" + step,
                        campaign,
                        random.nextInt(6) == 0 ? CampaignState.CLOSED : CampaignState.ACTIVE);
            case 8, 9 -> register(random, step);
            case 10, 11, 12 -> kind.actions().isEmpty() ? pay(random, step) : take(kind, random, step, runner);
            default -> pay(random, step);
        };
    }

    private static UnsafeBuffer register(final Random random, final int step) {
        final byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : 16];
        random.nextBytes(bytes);
        final String referrer = random.nextBoolean() ? "" : member(random);
        final List<String> identities = List.of("id-" + random.nextInt(2 * NEWCOMERS));
        return PeopleMessages.register(
                KEY, "N" + step, new Registration(newcomer(random), identities, referrer, "", 0, 0, bytes));
    }

    private static String member(final Random random) {
        return random.nextInt(4) == 0 ? newcomer(random) : "U" + random.nextInt(MEMBERS);
    }

    /** Returns a member that is registered in the course of the story, or never. */
    private static String newcomer(final Random random) {
        return "V" + random.nextInt(NEWCOMERS);
    }

    private static UnsafeBuffer define(final KindDescriptor kind, final Random random, final String id) {
        final CampaignDraft draft = Commands.campaign(KEY, id)
                .kind(kind.number())
                .after(random.nextInt(3))
                .budgetAmount(random.nextBoolean() ? -1 : random.nextInt(100_000))
                .budgetPerMember(random.nextBoolean() ? -1 : random.nextInt(10_000));
        final boolean sells = !kind.actions().isEmpty();
        final int given = random.nextInt(kind.terms().size());
        // Mostly one term is all there may be of a kind that rewards.
        final int others = sells ? Math.max(3, kind.terms().size() - 8) : random.nextBoolean() ? Integer.MAX_VALUE : 4;
        for (int term = 0; term < kind.terms().size(); term++) {
            final boolean isGiven = term == given || random.nextInt(others) == 0;
            // What sells needs the first few together, whatever else is given.
            if (sells && isGiven && kind.terms().get(term).shape() == Shape.TABLE && random.nextBoolean()) {
                fillSpan(draft, term, kind.terms().get(term));
            } else if (isGiven || sells && term < NEEDED && random.nextInt(12) > 0) {
                fill(draft, term, kind.terms().get(term), random);
            }
        }
        return draft.encode();
    }

    private static void fill(
            final CampaignDraft draft, final int term, final TermDescriptor descriptor, final Random random) {
        switch (descriptor.shape()) {
            case SCALAR -> draft.scalar(term, between(descriptor.min(), descriptor.max(), random));
            case IDS ->
                draft.listed(
                        term,
                        descriptor.name().equals("members") ? "U" + random.nextInt(3) : "sku-" + random.nextInt(3));
            case TABLE -> {
                for (int row = 0; row <= random.nextInt(3); row++) {
                    fillRow(draft, term, row, descriptor, random);
                }
            }
            default -> throw new IllegalArgumentException(descriptor.name());
        }
    }

    private static void fillRow(
            final CampaignDraft draft,
            final int term,
            final int row,
            final TermDescriptor descriptor,
            final Random random) {
        for (int column = 0; column < descriptor.columns().size(); column++) {
            final TermDescriptor.Column cell = descriptor.columns().get(column);
            if (cell.required() || random.nextBoolean()) {
                draft.cell(term, row, column, between(cell.min(), cell.max(), random));
            }
        }
    }

    /** The first row of a table of spans: from about the least to about the greatest. */
    private static void fillSpan(final CampaignDraft draft, final int term, final TermDescriptor descriptor) {
        draft.cell(term, 0, 0, descriptor.columns().get(0).min());
        draft.cell(term, 0, 1, descriptor.columns().get(1).max());
    }

    /** Mostly small values, so that kinds have something to decide; at times anything within the bounds, or beyond. */
    private static long between(final long min, final long max, final Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> min + (random.nextLong() >>> 1) % (max - min + 1);
            case 1 -> max + 1;
            case 2, 3, 4, 5 -> min + random.nextInt(4) % (max - min + 1);
            default -> min + random.nextInt(3_000) % (max - min + 1);
        };
    }

    private static UnsafeBuffer place(final Random random, final int step) {
        final List<Line> lines = List.of(new Line("1", "sku-" + random.nextInt(4), "tea", random.nextInt(6_000), 1));
        final Placing placing = new Placing(
                "O" + random.nextInt(90), "U" + random.nextInt(MEMBERS), "CNY", 0, random.nextInt(100), 0, lines);
        return Commands.withKey(
                OrderMessages.placeOrder(KEY, placing, "U" + random.nextInt(MEMBERS), "", 0), KEY, "place-" + step);
    }

    /** Places an order whose line takes part in a campaign of the kind, or cancels one, or pays one as it asks. */
    private static UnsafeBuffer take(
            final KindDescriptor kind, final Random random, final int step, final CoreRunner runner) {
        final boolean opensGroups = kind.view().instances() == Instances.GROUPS;
        final String order = "O" + random.nextInt(opensGroups ? ORDERS_OF_GROUPS : 60);
        if (random.nextInt(opensGroups ? 20 : 5) == 0) {
            return OrderMessages.cancelOrder(KEY, "cancel-" + step, order);
        }
        if (random.nextInt(3) == 0) {
            final String awaiting = order(kind, random, runner);
            return Commands.payment(KEY, "X" + step)
                    .order(awaiting)
                    .amount(payable(runner, awaiting))
                    .encode();
        }
        final int group = group(kind, random, runner);
        final String campaign = campaign(runner, group, "C" + random.nextInt(3));
        final List<String> actions = kind.actions().stream()
                .filter(action -> action.caller() == ActionDescriptor.Caller.ORDER)
                .map(ActionDescriptor::name)
                .toList();
        final String action = actions.get(random.nextInt(actions.size()));
        final String sku = "sku-" + random.nextInt(4);
        final Line line = new Line("1", sku, "tea", 0, 1 + random.nextInt(3), campaign, action, id(runner, group));
        final Placing placing = new Placing(
                order,
                "U" + random.nextInt(3),
                "CNY",
                0,
                spend(random),
                random.nextInt(3) * (opensGroups ? 40_000 : 100),
                List.of(line));
        return Commands.withKey(OrderMessages.placeOrder(KEY, placing, "", "", 0), KEY, "take-" + step);
    }

    private static long spend(final Random random) {
        return random.nextInt(12) == 0 ? 1 : 0;
    }

    /** Returns one of the newest groups, of a kind that opens groups; -1: none. */
    private static int group(final KindDescriptor kind, final Random random, final CoreRunner runner) {
        final int count = runner.core().state().rosters().groupCount();
        final boolean isNone = kind.view().instances() != Instances.GROUPS || count == 0 || random.nextInt(4) == 0;
        return isNone ? -1 : Math.max(0, count - 1 - random.nextInt(4));
    }

    private static String id(final CoreRunner runner, final int group) {
        final Rosters rosters = runner.core().state().rosters();
        return group < 0 ? "" : EngineId.of(EngineId.GROUP, 1, rosters.sequence(group), rosters.ordinal(group));
    }

    /** Returns the campaign of a group, without one the other. */
    private static String campaign(final CoreRunner runner, final int group, final String other) {
        final State state = runner.core().state();
        for (int i = 0; i < 6 && group >= 0; i++) {
            final Campaign campaign =
                    state.campaigns().find(0, Slice.of(("C" + i).getBytes(StandardCharsets.US_ASCII)));
            if (campaign != null && campaign.index() == state.rosters().campaign(group)) {
                return "C" + i;
            }
        }
        return other;
    }

    /** Returns an order; of a kind that opens groups mostly one that awaits its payment. */
    private static String order(final KindDescriptor kind, final Random random, final CoreRunner runner) {
        final Orders orders = runner.core().state().orders();
        final int from = random.nextInt(60);
        for (int i = 0; kind.view().instances() == Instances.GROUPS && i < ORDERS_OF_GROUPS; i++) {
            final String id = "O" + (from + i) % ORDERS_OF_GROUPS;
            final int order = orders.find(0, Slice.of(id.getBytes(StandardCharsets.US_ASCII)));
            if (order >= 0 && orders.state(order) == OrderState.AWAITING) {
                return id;
            }
        }
        return "O" + from;
    }

    private static long payable(final CoreRunner runner, final String order) {
        final EffectsReader effects =
                runner.settle(OrderMessages.orderQuery(KEY, order)).effects();
        boolean isFound = false;
        while (!isFound && effects.next()) {
            isFound = effects.type() == EffectType.ORDER && effects.isOrderExtended();
        }
        return isFound ? effects.payableMinor() : 1;
    }

    private static UnsafeBuffer act(
            final KindDescriptor kind,
            final Random random,
            final int step,
            final String campaign,
            final CoreRunner runner) {
        final int action = random.nextInt(kind.actions().size());
        final List<Long> arguments = kind.actions().get(action).arguments().stream()
                .map(argument -> random.nextInt(9) == 0 ? null : between(argument.min(), argument.max(), random))
                .toList();
        final int group = group(kind, random, runner);
        return OrderMessages.act(
                KEY,
                new Acting(
                        "act-" + step,
                        campaign(runner, group, campaign),
                        action,
                        member(random),
                        id(runner, group),
                        arguments));
    }

    private static byte[] bytes(final Random random) {
        final byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return bytes;
    }

    private static UnsafeBuffer pay(final Random random, final int step) {
        final PaymentDraft draft = Commands.payment(KEY, "P" + step)
                .order("O" + random.nextInt(60))
                .member(member(random))
                .clerk(random.nextBoolean() ? "" : "U" + random.nextInt(MEMBERS))
                .random(random.nextBoolean() ? new byte[0] : bytes(random))
                .instalment(Instalment.get((short) (1 + random.nextInt(3))));
        long sum = 0;
        for (int line = random.nextInt(4); line > 0; line--) {
            final long amount = random.nextInt(5) == 0 ? 0 : random.nextInt(6_000);
            draft.line("sku-" + random.nextInt(4), "tea", amount);
            sum += amount;
        }
        return draft.amount(sum == 0 ? random.nextInt(3_000) : sum).encode();
    }
}
