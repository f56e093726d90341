package io.miaojie.simulation;

import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Rules of risk once more, from {@code docs/RISK.md}: what was seen, what it says of an order, who decides. */
final class NaiveRisk {
    private static final long SPAN_MAX_NS = 3_660 * World.DAY_NS;
    private static final long PPM = 1_000_000;
    private static final int PAYMENTS_MIN = 10;

    /** What a merchant set, and what was seen of it since. */
    static final class Book {
        private final Map<RiskSignal, Rule> rules = new HashMap<>();
        private final Map<String, Seen> seen = new HashMap<>();
        private final Map<Member, Tally> tallies = new HashMap<>();
        private long reviewNs;
        private boolean isReleasedAtEnd;
    }

    /** A rule; limits are members, parts of a million or nothing. */
    record Rule(RiskSignal signal, long limit, long windowNs, RiskVerdict verdict) {
        boolean isSound() {
            final boolean isLimit =
                    switch (signal) {
                        case SELF_REFERRAL -> limit == 0;
                        case REFUNDS -> limit >= 0 && limit <= PPM;
                        default -> limit >= 1;
                    };
            return isLimit && isSpan(windowNs) && verdict != RiskVerdict.RELEASE;
        }
    }

    /** Who was seen with something, since its window began. */
    private static final class Seen {
        private long sinceNs;
        private final Set<Member> members = new HashSet<>();
    }

    /** Judged payments of a referrer's members, and first refunds of their orders. */
    private static final class Tally {
        private long payments;
        private long refunds;
    }

    /** What the rules say; the verdict is null when none has hit. */
    record Judgement(RiskVerdict verdict, RiskSignal signal) {
        String code() {
            return switch (signal) {
                case DEVICE -> "DEVICE_SHARED";
                case ADDRESS -> "ADDRESS_SHARED";
                case PAYOUT -> "PAYOUT_SHARED";
                case SELF_REFERRAL -> "REFERRER_SHARES";
                case RING -> "REFERRAL_RING";
                default -> "REFUNDS_HIGH";
            };
        }
    }

    /** What became of an order that a rule hit. */
    static final class Review implements World.Told {
        private final Order order;
        private final String code;
        private RiskVerdict verdict;
        private long untilNs;

        Review(final Order order, final String code) {
            this.order = order;
            this.code = code;
        }

        @Override
        public String name() {
            return Names.review(order.index);
        }

        @Override
        public String told() {
            return verdict + " " + code + " until=" + untilNs + " " + order.id;
        }
    }

    private final World world;
    private final NaiveGrants grants;
    private final NaiveClaws claws;

    NaiveRisk(final World world, final NaiveGrants grants, final NaiveClaws claws) {
        this.world = world;
        this.grants = grants;
        this.claws = claws;
    }

    private static boolean isSpan(final long ns) {
        return ns > 0 && ns <= SPAN_MAX_NS;
    }

    void define(final Deed.DefineRisk deed) {
        final Book book = Allowed.operate(world, deed.head()).risk;
        final long signals = deed.rules().stream().map(Rule::signal).distinct().count();
        final boolean isSound = isSpan(deed.reviewNs())
                && deed.atEnd() != RiskVerdict.HOLD
                && signals == deed.rules().size()
                && deed.rules().stream().allMatch(Rule::isSound);
        Refusal.when(!isSound, "TERMS_CONTRADICT");
        book.rules.clear();
        deed.rules().forEach(rule -> book.rules.put(rule.signal(), rule));
        book.reviewNs = deed.reviewNs();
        book.isReleasedAtEnd = !deed.rules().isEmpty() && deed.atEnd() == RiskVerdict.RELEASE;
    }

    /** What the rules say of a payment of this order, whose people are known; an order is judged until one hits. */
    Judgement judge(final Order order, final Deed.Pay deed) {
        final List<Rule> hits = new ArrayList<>();
        final Book book = order.shop.risk;
        for (final Rule rule : order.review == null ? book.rules.values() : List.<Rule>of()) {
            final Stream<String> signals = deed.signals().stream();
            final boolean isHit =
                    switch (rule.signal()) {
                        case DEVICE, ADDRESS ->
                            signals.filter(signal ->
                                            signal.startsWith(rule.signal().name()))
                                    .anyMatch(signal -> passes(book, rule, signal, order.member));
                        case SELF_REFERRAL -> signals.anyMatch(signal -> hasParent(book, rule, signal, order));
                        case RING ->
                            order.level1 != null
                                    && signals.anyMatch(
                                            signal -> passes(book, rule, ring(signal, order), order.member));
                        case REFUNDS -> order.level1 != null && refundsTooOften(book, rule, order.level1);
                        default -> false;
                    };
            if (isHit) {
                hits.add(rule);
            }
        }
        return strictest(hits);
    }

    private static Judgement strictest(final List<Rule> hits) {
        return hits.stream()
                .min((one, other) -> one.verdict() == other.verdict()
                        ? Integer.compare(one.signal().value(), other.signal().value())
                        : one.verdict() == RiskVerdict.REJECT ? -1 : 1)
                .map(rule -> new Judgement(rule.verdict(), rule.signal()))
                .orElse(new Judgement(null, RiskSignal.NULL_VAL));
    }

    private boolean passes(final Book book, final Rule rule, final String what, final Member member) {
        final Seen seen = inWindow(book, rule, what);
        final int count = seen == null ? 0 : seen.members.size();
        final boolean isNew = seen == null || !seen.members.contains(member);
        return count + (isNew ? 1 : 0) > rule.limit();
    }

    private boolean hasParent(final Book book, final Rule rule, final String what, final Order order) {
        final Seen seen = inWindow(book, rule, "SELF " + what);
        return seen != null
                && Stream.of(order.level1, order.level2)
                        .filter(parent -> parent != order.member)
                        .anyMatch(seen.members::contains);
    }

    private static boolean refundsTooOften(final Book book, final Rule rule, final Member referrer) {
        final Tally tally = book.tallies.getOrDefault(referrer, new Tally());
        final BigInteger refunds = BigInteger.valueOf(tally.refunds).multiply(BigInteger.valueOf(PPM));
        final BigInteger most = BigInteger.valueOf(rule.limit()).multiply(BigInteger.valueOf(tally.payments));
        return tally.payments >= PAYMENTS_MIN && refunds.compareTo(most) > 0;
    }

    /** Returns what was seen within the window, null: it is over, or nothing was. */
    private Seen inWindow(final Book book, final Rule rule, final String what) {
        final Seen seen = book.seen.get(what);
        return seen == null || world.nowNs - seen.sinceNs >= rule.windowNs() ? null : seen;
    }

    private static String ring(final String signal, final Order order) {
        return "RING " + order.level1.index + " " + signal;
    }

    /** Notes what a judged payment was sent from. */
    void see(final Order order, final Deed.Pay deed) {
        final Book book = order.shop.risk;
        for (final Rule rule : book.rules.values()) {
            for (final String signal : deed.signals()) {
                if (signal.startsWith(rule.signal().name())) {
                    see(book, rule, signal, order.member);
                } else if (rule.signal() == RiskSignal.SELF_REFERRAL) {
                    see(book, rule, "SELF " + signal, order.member);
                } else if (rule.signal() == RiskSignal.RING && order.level1 != null) {
                    see(book, rule, ring(signal, order), order.member);
                }
            }
        }
        if (book.rules.containsKey(RiskSignal.REFUNDS) && order.level1 != null) {
            book.tallies.computeIfAbsent(order.level1, key -> new Tally()).payments++;
        }
    }

    private void see(final Book book, final Rule rule, final String what, final Member member) {
        Seen seen = inWindow(book, rule, what);
        if (seen == null) {
            seen = new Seen();
            seen.sinceNs = world.nowNs;
            book.seen.put(what, seen);
        }
        seen.members.add(member);
    }

    /** Notes the first refund of an order. */
    void seeRefund(final Order order) {
        final Book book = order.shop.risk;
        if (book.rules.containsKey(RiskSignal.REFUNDS) && order.level1 != null) {
            book.tallies.computeIfAbsent(order.level1, key -> new Tally()).refunds++;
        }
    }

    /** What the rules say of a payout to this account. */
    Judgement judgePayout(final Shop shop, final String payee, final Member member) {
        final Rule rule = shop.risk.rules.get(RiskSignal.PAYOUT);
        final boolean isHit = rule != null && !payee.isEmpty() && passes(shop.risk, rule, "PAYOUT " + payee, member);
        return strictest(isHit ? List.of(rule) : List.of());
    }

    /** Notes a payout that was asked for. */
    void seePayout(final Shop shop, final String payee, final Member member) {
        final Rule rule = shop.risk.rules.get(RiskSignal.PAYOUT);
        if (rule != null && !payee.isEmpty()) {
            see(shop.risk, rule, "PAYOUT " + payee, member);
        }
    }

    /** What is granted from now on is pending, until somebody decides or nobody has for too long. */
    void hold(final Order order, final Judgement judgement) {
        final Book book = order.shop.risk;
        final Review review = begin(order, judgement);
        review.verdict = RiskVerdict.HOLD;
        review.untilNs = world.nowNs + book.reviewNs;
        world.arm(review.untilNs, () -> {
            if (isHeld(order)) {
                end(order, book.isReleasedAtEnd);
            }
        });
    }

    void reject(final Order order, final Judgement judgement) {
        begin(order, judgement);
        end(order, false);
    }

    private Review begin(final Order order, final Judgement judgement) {
        world.skips.add("v-1 L0 " + judgement.code());
        order.review = world.make(new Review(order, judgement.code()));
        return order.review;
    }

    /** Tells whether what an order earns is out of reach until somebody decides. */
    static boolean isHeld(final Order order) {
        return order.review != null && order.review.verdict == RiskVerdict.HOLD;
    }

    int review(final Deed.Review deed) {
        final Shop shop = Allowed.operate(world, deed.head());
        Refusal.when(deed.verdict() == RiskVerdict.HOLD, "TERMS_CONTRADICT");
        final Order order = shop.orders.get(deed.order());
        Refusal.when(order == null, "NO_SUCH_ORDER");
        Refusal.when(!isHeld(order), "ORDER_STATE_FORBIDS");
        end(order, deed.verdict() == RiskVerdict.RELEASE);
        return order.state.value();
    }

    private void end(final Order order, final boolean isReleased) {
        world.touch(order);
        final Review review = world.touch(order.review);
        review.verdict = isReleased ? RiskVerdict.RELEASE : RiskVerdict.REJECT;
        review.untilNs = 0;
        if (isReleased) {
            order.newestFirst().forEach(grants::resume);
        } else {
            order.newestFirst().forEach(claws::reject);
            order.candidates.clear();
        }
    }
}
