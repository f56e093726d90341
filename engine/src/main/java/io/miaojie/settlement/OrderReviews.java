package io.miaojie.settlement;

import io.miaojie.settlement.part.Grants;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Reviews;
import io.miaojie.settlement.part.RiskRules;
import io.miaojie.settlement.part.Timers;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RiskVerdict;

/**
 * What becomes of the rewards of an order that a rule of risk hit: held, with a timer, until somebody decides;
 * rejected, for good; or released. Allocates: nothing.
 */
final class OrderReviews {
    private final Orders orders;
    private final Grants grants;
    private final Reviews reviews;
    private final RiskRules rules;
    private final Timers timers;
    private final GrantMoney money;
    private final Effects effects;
    private final Slice id = new Slice();

    OrderReviews(final State state, final GrantMoney money, final Effects effects) {
        this.orders = state.orders();
        this.grants = state.grants();
        this.reviews = state.reviews();
        this.rules = state.riskRules();
        this.timers = state.timers();
        this.money = money;
        this.effects = effects;
    }

    /** Returns whether rules have their say about an order; -1: one that is not made yet. */
    boolean isOpen(final int order) {
        return reviews.state(order) == Reviews.NONE;
    }

    boolean isHeld(final int order) {
        return reviews.isHeld(order);
    }

    /** Holds the grants that are made from now on. */
    void hold(final int order, final ResultCode code, final long nowNs) {
        final long reviewNs = rules.reviewNs(orders.merchant(order));
        final long untilNs = nowNs > Long.MAX_VALUE - reviewNs ? Long.MAX_VALUE : nowNs + reviewNs;
        reviews.hold(order, code.number(), untilNs);
        timers.arm(untilNs, Timers.REVIEW_END, order);
        tell(RiskVerdict.HOLD, order, code.number(), untilNs);
    }

    /** Rejects an order that is not held: what it earned goes back, and it earns nothing any more. */
    void reject(final int order, final ResultCode code) {
        end(order, false, code.number());
    }

    /** Nobody decided in time. */
    void expire(final int order) {
        if (reviews.isHeld(order)) {
            end(order, rules.releasesAtEnd(orders.merchant(order)));
        }
    }

    /** Ends the review of an order that is held. */
    void end(final int order, final boolean isReleased) {
        end(order, isReleased, reviews.code(order));
    }

    /** Tells how the review of an order stands, if a rule has hit the order. */
    void tell(final int order) {
        final RiskVerdict verdict =
                switch (reviews.state(order)) {
                    case Reviews.HELD -> RiskVerdict.HOLD;
                    case Reviews.RELEASED -> RiskVerdict.RELEASE;
                    default -> RiskVerdict.REJECT;
                };
        if (!isOpen(order)) {
            tell(verdict, order, reviews.code(order), reviews.untilNs(order));
        }
    }

    private void end(final int order, final boolean isReleased, final int code) {
        reviews.end(order, isReleased ? Reviews.RELEASED : Reviews.REJECTED, code);
        effects.orders().touch(order);
        for (int grant = orders.lastGrant(order); grant >= 0; grant = grants.previous(grant)) {
            if (!isReleased) {
                money.reject(grant);
            } else if (grants.has(grant, Grants.SUSPENDED)) {
                money.resume(grant);
            }
        }
        if (!isReleased) {
            orders.freezeRules(order, orders.ruleSet(order), 0);
        }
        tell(isReleased ? RiskVerdict.RELEASE : RiskVerdict.REJECT, order, code, 0);
    }

    private void tell(final RiskVerdict verdict, final int order, final int code, final long untilNs) {
        effects.tellRisk(verdict.value(), order, code, untilNs, orders.merchant(order), orders.id(order, id));
    }
}
