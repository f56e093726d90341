package io.miaojie.simulation;

import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.simulation.World.Shop;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RiskVerdict;
import java.util.Arrays;
import java.util.List;

/** Payments: captured, or to be given back. Returns the payment's status. */
final class NaivePayments {
    private static final String WHOLE = "v-1 L0 ";

    private final World world;
    private final NaivePools pools;
    private final NaiveMembers members;
    private final NaiveRewards rewards;
    private final NaiveClaws claws;
    private final NaiveSales sales;
    private final NaiveRisk risk;

    NaivePayments(
            final World world,
            final NaivePools pools,
            final NaiveMembers members,
            final NaiveRewards rewards,
            final NaiveClaws claws,
            final NaiveSales sales,
            final NaiveRisk risk) {
        this.world = world;
        this.pools = pools;
        this.members = members;
        this.rewards = rewards;
        this.claws = claws;
        this.sales = sales;
        this.risk = risk;
    }

    int pay(final Deed.Pay deed, final List<String> skips) {
        final Shop shop = Allowed.ingest(world, deed.head(), deed.store());
        final Order known = shop.orders.get(deed.order());
        final String said = known == null ? "OK" : refusal(known, deed);
        final String refusal = said.equals("LATE_PAYMENT") && sales.revives(known, deed) ? "OK" : said;
        if (!refusal.equals("OK")) {
            giveBack(known, deed, refusal);
            skips.add(WHOLE + refusal);
            return status(refusal).value();
        }
        final boolean isNew = known == null;
        final Order order = isNew ? NaiveOrders.make(world, shop, deed.order()) : world.touch(known);
        final boolean hasAmount = order.captured + deed.amount() <= World.MOST;
        final long amount = hasAmount ? deed.amount() : 0;
        final Member owner = order.member;
        final Member clerk = members.find(shop, deed.clerk());
        final Member payer = payer(shop, deed, owner, skips);
        final long base = addLines(order, deed, hasAmount, skips);
        final long atNs = deed.head().atNs() == 0 ? world.nowNs : deed.head().atNs();
        final boolean isInWindow = world.isSandbox
                || atNs >= world.nowNs - 7 * World.DAY_NS && atNs <= world.nowNs + 300 * World.SECOND_NS;
        final String guard = guard(order, payer, isInWindow, hasAmount, base, amount);
        if (!guard.equals("OK")) {
            skips.add(WHOLE + guard);
        }
        if (order.state == OrderState.PARKED) {
            order.currency = deed.currency();
            if (isInWindow) {
                NaiveOrders.freezeRules(order, atNs, deed.channel(), deed.store(), guard.equals("OK") ? skips : null);
            }
        }
        if (owner == null && payer != null) {
            order.member = payer;
            NaiveOrders.freezePeople(order, members, atNs, clerk, deed.token(), skips);
        }
        rewards.begin(order);
        capture(order, deed, amount);
        final boolean hasBase = Arrays.stream(NaiveNet.paid(order)).anyMatch(minor -> minor > 0);
        if (order.member != null && hasBase && order.member.firstPaid == null) {
            order.member.firstPaid = order;
        }
        if (guard.equals("OK")) {
            earn(order, deed, atNs, skips);
        }
        if (!isNew) {
            claws.settle(order);
            sales.refunded(order);
            sales.settleAtPayment(order);
        }
        return PaymentStatus.CAPTURED.value();
    }

    /** What rules of risk reject earns nothing; what they hold is pending, if it earns anything. */
    private void earn(final Order order, final Deed.Pay deed, final long atNs, final List<String> skips) {
        final NaiveRisk.Judgement judgement = risk.judge(order, deed);
        risk.see(order, deed);
        if (judgement.verdict() == RiskVerdict.REJECT) {
            risk.reject(order, judgement);
            return;
        }
        final boolean isHit = judgement.verdict() == RiskVerdict.HOLD;
        rewards.earn(order, deed.random(), atNs, skips, () -> {
            if (isHit && order.review == null) {
                risk.hold(order, judgement);
            }
        });
    }

    private String refusal(final Order order, final Deed.Pay deed) {
        if (order.state == OrderState.PARKED) {
            return "OK";
        }
        if (order.state == OrderState.EXPIRED || order.state == OrderState.CANCELLED) {
            return "LATE_PAYMENT";
        }
        if (!order.currency.equals(deed.currency())) {
            return "CURRENCY_MISMATCH";
        }
        if (order.paid.contains(deed.instalment())) {
            return "DUPLICATE_PAYMENT";
        }
        return !order.isPlaced || isDue(order, deed, sales.deposit(order)) ? "OK" : "AMOUNT_MISMATCH";
    }

    /** A booking asks for its deposit, then for the rest; other orders for instalments that don't pass what is due. */
    static boolean isDue(final Order order, final Deed.Pay deed, final long deposit) {
        if (deed.instalment() == Instalment.FULL) {
            return order.captured == 0 && deed.amount() == order.payable;
        }
        final long left = order.payable - order.captured;
        if (deposit == 0) {
            return deed.amount() <= left;
        }
        return deed.instalment() == Instalment.DEPOSIT
                ? deed.amount() == deposit && order.captured == 0
                : order.paid.contains(Instalment.DEPOSIT) && deed.amount() == left;
    }

    private static PaymentStatus status(final String refusal) {
        return switch (refusal) {
            case "LATE_PAYMENT" -> PaymentStatus.LATE_REFUND_DUE;
            case "DUPLICATE_PAYMENT" -> PaymentStatus.DUPLICATE_REFUND_DUE;
            default -> PaymentStatus.AMOUNT_MISMATCH;
        };
    }

    private void giveBack(final Order order, final Deed.Pay deed, final String reason) {
        world.touch(order);
        if (deed.amount() == 0 || deed.amount() > World.MOST) {
            return; // nothing that is an amount was paid
        }
        world.giveBack(order, deed.amount(), reason, deed.currency(), world.sequence);
    }

    /** Returns whom the payment earns for, who is made when nobody is of that name. */
    private Member payer(final Shop shop, final Deed.Pay deed, final Member owner, final List<String> skips) {
        final boolean namesPayer = deed.member().isEmpty() && deed.payer() != 0;
        if (deed.member().isEmpty() && !namesPayer) {
            return owner;
        }
        final Member named = namesPayer ? members.payer(shop, deed.payer()) : members.find(shop, deed.member());
        if (owner != null) {
            if (named != owner) {
                skips.add(WHOLE + "MEMBER_MISMATCH");
            }
            return owner;
        }
        if (named != null) {
            return named;
        }
        return namesPayer ? members.makeProvisional(shop, deed.payer()) : members.make(shop, deed.member());
    }

    /** Adds what was paid to the lines of an order that was not placed; returns what rewards rest on. */
    private static long addLines(
            final Order order, final Deed.Pay deed, final boolean hasAmount, final List<String> skips) {
        final long base = hasAmount ? Math.max(0, deed.amount() - deed.shipping()) : 0;
        if (order.isPlaced) {
            return base;
        }
        if (order.state == OrderState.PARKED && order.currency != null && !order.currency.equals(deed.currency())) {
            NaiveRefunds.forget(order);
            skips.add(WHOLE + "CURRENCY_MISMATCH");
        }
        final long sum = deed.lines().stream().mapToLong(Deed.Line::amount).sum();
        final boolean isMatching =
                deed.shipping() <= deed.amount() && (deed.lines().isEmpty() || sum == base);
        if (hasAmount && !isMatching) {
            skips.add(WHOLE + "LINES_MISMATCH");
        }
        if (!hasAmount || !isMatching || deed.lines().isEmpty()) {
            add(order, new Deed.Line("", "", "", base, 1));
        } else {
            deed.lines().forEach(line -> add(order, line));
        }
        return base;
    }

    private static void add(final Order order, final Deed.Line said) {
        final OrderLine line = NaiveRefunds.line(order, said.id());
        if (line.quantity == 0) {
            line.sku = said.sku();
            line.category = said.category();
        }
        line.due += said.amount();
        line.quantity += said.quantity();
    }

    private static String guard(
            final Order order,
            final Member payer,
            final boolean isInWindow,
            final boolean hasAmount,
            final long base,
            final long amount) {
        if (payer == null) {
            return "NO_MEMBER";
        }
        if (!isInWindow) {
            return "OUT_OF_WINDOW";
        }
        if (!hasAmount) {
            return "AMOUNT_OVERFLOW";
        }
        return amount == 0 || base == 0 && !order.isPlaced ? "ZERO_BASE" : "OK";
    }

    private void capture(final Order order, final Deed.Pay deed, final long amount) {
        order.paid.add(deed.instalment());
        order.captured += amount;
        if (!order.isPlaced) {
            order.payable = order.captured;
            order.state = order.state == OrderState.PARKED ? OrderState.PAID : order.state;
        } else if (order.state == OrderState.AWAITING && order.captured == order.payable) {
            order.state = OrderState.PAID;
            if (sales.sells(order)) {
                order.parts.push(new World.Part(world.sequence, amount));
            }
            sales.paid(order);
            final long held = order.poolSpendable + order.poolWithdrawable;
            if (!NaivePools.takes(order.shop, "~redeemed", order.currency, held)) {
                throw new IllegalStateException("more was redeemed than an account holds: " + order.name());
            }
            if (held > 0) {
                pools.take(order.member.pools.get(order.currency), World.LOCKED, held);
                pools.move(pools.fund(order.shop, "~redeemed", order.currency), held);
                order.isPoolCaptured = true;
            }
        } else {
            order.parts.push(new World.Part(world.sequence, amount));
            sales.deposited(order);
        }
    }
}
