package io.miaojie.simulation;

import io.miaojie.wire.codec.RiskSignal;
import io.miaojie.wire.codec.RiskVerdict;
import java.util.ArrayList;
import java.util.List;

/** Rules of risk, what payments are sent from, and what operators say of orders that are held. */
final class RiskChapter {
    private static final int DEVICES = 7;
    private static final int PAYEES = 2;
    private static final List<RiskSignal> SIGNALS = List.of(
            RiskSignal.DEVICE,
            RiskSignal.ADDRESS,
            RiskSignal.PAYOUT,
            RiskSignal.SELF_REFERRAL,
            RiskSignal.RING,
            RiskSignal.REFUNDS);

    private final Story story;

    RiskChapter(final Story story) {
        this.story = story;
    }

    /** What a payment says that it was sent from. */
    List<String> signals() {
        final List<String> signals = new ArrayList<>();
        if (story.isWatched && !story.oneIn(3)) {
            signals.add(RiskSignal.DEVICE + " " + story.below(DEVICES));
        }
        if (story.isWatched && story.oneIn(2)) {
            signals.add(RiskSignal.ADDRESS + " " + story.below(DEVICES));
        }
        return signals;
    }

    String payee() {
        return story.oneIn(12) ? "" : "payee" + story.below(PAYEES);
    }

    Deed next() {
        return story.oneIn(4) ? rules() : review();
    }

    /** Rules by the first key of all, before anything else is told. */
    Deed firstRules(final String merchant) {
        final List<NaiveRisk.Rule> rules = new ArrayList<>();
        for (final RiskSignal signal : SIGNALS) {
            final RiskVerdict verdict = story.oneIn(4) ? RiskVerdict.REJECT : RiskVerdict.HOLD;
            rules.add(new NaiveRisk.Rule(signal, limit(signal), 9 * World.DAY_NS, verdict));
        }
        return new Deed.DefineRisk(
                new Deed.Head(1, merchant, story.fresh("z"), 0), World.DAY_NS, RiskVerdict.RELEASE, rules);
    }

    private Deed rules() {
        final String merchant = story.merchant();
        final List<NaiveRisk.Rule> rules = new ArrayList<>();
        for (final RiskSignal signal : SIGNALS) {
            if (story.oneIn(2)) {
                rules.add(rule(signal));
            }
        }
        if (story.oneIn(30)) {
            rules.add(rule(RiskSignal.DEVICE));
        }
        return new Deed.DefineRisk(
                story.head(merchant, story.fresh("z")),
                story.oneIn(40) ? 0 : World.SECOND_NS * (1 + story.below(9 * 86_400)),
                story.oneIn(40) ? RiskVerdict.HOLD : story.pick(RiskVerdict.RELEASE, RiskVerdict.REJECT),
                rules);
    }

    private NaiveRisk.Rule rule(final RiskSignal signal) {
        return new NaiveRisk.Rule(
                signal,
                story.oneIn(60) ? -1 : limit(signal),
                story.oneIn(60) ? 0 : World.SECOND_NS * (1 + story.below(30 * 86_400)),
                story.oneIn(60) ? RiskVerdict.RELEASE : story.oneIn(4) ? RiskVerdict.REJECT : RiskVerdict.HOLD);
    }

    private long limit(final RiskSignal signal) {
        return switch (signal) {
            case SELF_REFERRAL -> 0;
            case REFUNDS -> story.below(400_000);
            case PAYOUT -> 1 + story.below(2);
            default -> 1 + story.below(4);
        };
    }

    /** An operator decides on an order that is held, now and then on another. */
    private Deed review() {
        final String merchant = story.merchant();
        final List<String> held = story.world.shop(merchant).orders.values().stream()
                .filter(order -> NaiveRisk.isHeld(order) || story.oneIn(30))
                .map(order -> order.id)
                .sorted()
                .toList();
        return new Deed.Review(
                story.head(merchant, story.fresh("y")),
                held.isEmpty() ? "noorder" : story.pick(held),
                story.oneIn(30)
                        ? RiskVerdict.HOLD
                        : story.pick(RiskVerdict.RELEASE, RiskVerdict.RELEASE, RiskVerdict.REJECT));
    }
}
