package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Checkout;
import io.miaojie.settlement.campaign.CommandLines;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.RuleSet;
import io.miaojie.settlement.ledger.LargestRemainder;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.OrderSums;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PlaceOrderCommandDecoder;

/**
 * Settles {@code PlaceOrderCommand}: a checkout, all or nothing. It freezes what may reward the order and who, holds
 * the pool money and what campaigns sell, and awaits the payment until its deadline.
 *
 * <p>Units: minor, epoch nanoseconds. Allocates: nothing but slabs as they are reached.
 */
final class PlaceOrder {
    private static final long SECOND_NS = 1_000_000_000;
    private static final int PAY_WITHIN_DEFAULT_S = 1_800;
    private static final int PAY_WITHIN_MIN_S = 60;
    private static final int PAY_WITHIN_MAX_S = 604_800;

    /** A payment that was made just in time may take this long to arrive. */
    private static final long GRACE_NS = 120 * SECOND_NS;

    private final State state;
    private final Orders orders;
    private final Replies replies;
    private final Effects effects;
    private final RewardLines lines;
    private final PoolSpending spending;
    private final Rewards rewards;
    private final Attribution attribution;
    private final Seats seats;
    private final Bookings bookings;
    private final PlaceOrderCommandDecoder command = new PlaceOrderCommandDecoder();
    private final Checkout checkout = Checkout.ofOrder();
    private final LargestRemainder remainders = new LargestRemainder(OrderLines.PER_ORDER_MAX);
    private final long[] duesMinor = new long[OrderLines.PER_ORDER_MAX];
    private long shippingMinor;
    private long spendMinor;
    private int known;
    private int member;
    private int pool;

    PlaceOrder(final State state, final Replies replies, final OrderRoom room) {
        this.state = state;
        this.orders = state.orders();
        this.replies = replies;
        this.effects = room.effects();
        this.lines = room.lines();
        this.spending = room.spending();
        this.rewards = room.rewards();
        this.attribution = room.attribution();
        this.seats = room.seats();
        this.bookings = room.bookings();
    }

    /** Returns when the payment is due, of an order that is held until then; 0: it has no deadline yet. */
    static long payByNs(final long holdUntilNs) {
        return holdUntilNs == 0 ? 0 : holdUntilNs - GRACE_NS;
    }

    /** Returns until when an order is held that is to be paid within this time. */
    static long holdUntilNs(final long nowNs, final long withinNs) {
        final long holdNs = withinNs + GRACE_NS;
        return nowNs > Long.MAX_VALUE - holdNs ? Long.MAX_VALUE : nowNs + holdNs;
    }

    /** Refuses with what {@link #guard}, {@link Seats#admit} and {@link #guardAmounts} say, a full table. */
    int settle(final Call call) {
        decode(call);
        final int merchant = call.key().merchant();
        known = orders.find(merchant, checkout.orderId());
        member = checkout.memberId().isEmpty() ? -1 : state.members().find(merchant, checkout.memberId());
        pool = member < 0 ? -1 : state.pools().find(member, checkout.currency());
        final ResultCode refusal = guard(call);
        if (refusal != ResultCode.OK) {
            return replies.refuse(call, refusal);
        }
        final int taken = seats.admit(checkout, merchant, member, spendMinor > 0, call.nowNs());
        if (taken != 0) {
            return replies.refuse(call, taken, seats.refusedLine());
        }
        final ResultCode excess = guardAmounts();
        if (excess != ResultCode.OK) {
            return replies.refuse(call, excess);
        }
        joinLines();
        final ResultCode full = firstFull(merchant);
        if (full != ResultCode.OK) {
            return replies.turnAway(call, full);
        }
        effects.begin(member, known);
        place(call, merchant);
        return effects.write(call, OrderState.AWAITING.value(), checkout.currency());
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        shippingMinor = command.shippingMinor();
        spendMinor = command.poolSpendMinor();
        final long atNs = call.atNs();
        checkout.wrap(call.in(), command.limit(), 0, command.currency(), atNs == 0 ? call.nowNs() : atNs);
    }

    /**
     * Says why nothing is placed.
     *
     * @return {@code ROLE_FORBIDS}, {@code ORDER_EXISTS}, {@code MEMBER_UNKNOWN}, {@code CURRENCY_CONTRADICTS},
     *     {@code OK}
     */
    private ResultCode guard(final Call call) {
        if (!Roles.mayIngest(call.key()) || call.key().forbidsStore(checkout.storeId())) {
            return ResultCode.ROLE_FORBIDS;
        }
        if (known >= 0 && orders.state(known) != OrderState.PARKED) {
            return ResultCode.ORDER_EXISTS;
        }
        if (member < 0) {
            return ResultCode.MEMBER_UNKNOWN;
        }
        final int parkedCurrency = known < 0 ? 0 : orders.currency(known);
        final boolean isKnown = Currencies.byNumber(checkout.currency()) != null;
        return isKnown && (parkedCurrency == 0 || parkedCurrency == checkout.currency())
                ? ResultCode.OK
                : ResultCode.CURRENCY_CONTRADICTS;
    }

    /**
     * Says why nothing is placed, now that campaigns have priced their lines.
     *
     * @return {@code AMOUNT_TOO_LARGE}, {@code LINE_REPEATED}, {@code POOL_SPEND_EXCEEDS}, {@code POOL_SHORT},
     *     {@code OK}
     */
    private ResultCode guardAmounts() {
        final long sumMinor = checkout.lines().sumMinor();
        if (!Money.isAmount(sumMinor) || !Money.isAmount(shippingMinor) || !Money.isAmount(sumMinor + shippingMinor)) {
            return ResultCode.AMOUNT_TOO_LARGE;
        }
        if (spendMinor < 0 || spendMinor > sumMinor || spendMinor > sumMinor + shippingMinor - 1) {
            return ResultCode.POOL_SPEND_EXCEEDS;
        }
        if (checkout.lines().count() <= OrderLines.PER_ORDER_MAX && repeatsLine()) {
            return ResultCode.LINE_REPEATED;
        }
        return spendMinor == 0 || spending.has(pool, spendMinor) ? ResultCode.OK : ResultCode.POOL_SHORT;
    }

    /** Joined to nothing, lines of one id would become one. */
    private boolean repeatsLine() {
        lines.load(-1);
        lines.join(checkout.lines(), checkout.lines().amountsMinor());
        return lines.count() < checkout.lines().count();
    }

    private void joinLines() {
        final CommandLines placed = checkout.lines();
        if (placed.count() > OrderLines.PER_ORDER_MAX) {
            return;
        }
        lines.load(known);
        remainders.spread(spendMinor, placed.sumMinor(), placed.amountsMinor(), placed.count(), duesMinor);
        for (int line = 0; line < placed.count(); line++) {
            duesMinor[line] = placed.amountMinor(line) - duesMinor[line];
        }
        if (lines.takes(placed.count())) {
            lines.join(placed, duesMinor);
        }
    }

    private ResultCode firstFull(final int merchant) {
        final int count = checkout.lines().count();
        if (count > OrderLines.PER_ORDER_MAX
                || lines.count() < count
                || lines.newCount() > state.orderLines().room()) {
            return ResultCode.LINES_FULL;
        }
        if (known < 0 && orders.room() == 0) {
            return ResultCode.ORDERS_FULL;
        }
        if (spendMinor > 0 && spending.lacksAccount(merchant, checkout.currency())) {
            return ResultCode.POOLS_FULL;
        }
        return state.timers().room() == 0 ? ResultCode.TIMERS_FULL : seats.firstFull();
    }

    private void place(final Call call, final int merchant) {
        final int order = known < 0 ? orders.add(merchant, checkout.orderId()) : known;
        effects.orders().name(order);
        effects.orders().touchMade(order, false);
        final RuleSet rules = state.campaigns().rules(merchant);
        orders.freezeRules(order, rules.index(), rewards.eligible(rules, checkout, true));
        final ResultCode token = attribution.decide(merchant, member, checkout, checkout.atNs());
        if (token != ResultCode.OK) {
            effects.skip(token);
        }
        orders.setMember(order, member);
        orders.freezeParents(order, attribution.levelOne(), attribution.levelTwo(), attribution.clerk());
        attribution.carryOut(member, effects);
        orders.setCurrency(order, checkout.currency());
        orders.setState(order, OrderState.AWAITING);
        orders.set(order, Orders.PLACED);
        lines.keep(order);
        final int sums = orders.addSums(order);
        orders.sums().set(sums, OrderSums.PAYABLE, checkout.lines().sumMinor() + shippingMinor - spendMinor);
        final long holdUntilNs = holdUntilNs(call.nowNs());
        orders.sums().set(sums, OrderSums.HOLD_UNTIL_NS, holdUntilNs);
        state.timers().arm(holdUntilNs, Timers.ORDER_EXPIRY, order);
        if (spendMinor > 0) {
            spending.hold(order, pool, spendMinor);
        }
        seats.hold(order, checkout, lines, call);
        bookings.tell(order);
    }

    private long holdUntilNs(final long nowNs) {
        final int saidS = command.payWithinS();
        final boolean isSaid = saidS != 0 && saidS != PlaceOrderCommandDecoder.payWithinSNullValue();
        final int withinS =
                isSaid ? Math.max(PAY_WITHIN_MIN_S, Math.min(PAY_WITHIN_MAX_S, saidS)) : PAY_WITHIN_DEFAULT_S;
        return holdUntilNs(nowNs, withinS * SECOND_NS);
    }
}
