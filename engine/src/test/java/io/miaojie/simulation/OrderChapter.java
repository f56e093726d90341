package io.miaojie.simulation;

import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lives of orders: each is thought out as a whole, and its facts are told in any order. */
final class OrderChapter {
    private static final List<String> CHANNELS = List.of("", "app", "mini");
    private static final List<String> STORES = List.of("", "", "s1", "s2");

    private final Story story;
    private final PeopleChapter people;
    private final SaleChapter sales;
    private final RiskChapter risk;

    OrderChapter(final Story story, final PeopleChapter people, final SaleChapter sales, final RiskChapter risk) {
        this.story = story;
        this.people = people;
        this.sales = sales;
        this.risk = risk;
    }

    /** An order that a payment makes, with everything that may befall it. */
    Deed paid() {
        final String merchant = story.merchant();
        final String order = story.fresh("o");
        final List<Deed.Line> lines = lines();
        final long shipping = story.below(3) * 300L;
        final long sum = sum(lines) + shipping;
        final Who who = who(merchant);
        final int parts = story.oneIn(5) ? 2 : 1;
        if (parts == 1) {
            story.later(pay(merchant, order, who, Instalment.FULL, amountOf(sum), shipping, lines));
        } else {
            final List<Deed.Line> deposit = cut(lines);
            story.later(pay(merchant, order, who, Instalment.DEPOSIT, sum(deposit), 0, deposit));
            final List<Deed.Line> balance = rest(lines, deposit);
            story.later(pay(merchant, order, who, Instalment.BALANCE, sum(balance) + shipping, shipping, balance));
        }
        if (story.oneIn(15)) {
            story.later(pay(merchant, order, who, Instalment.FULL, amountOf(sum), shipping, lines));
        }
        befall(merchant, order, lines, sum);
        return story.waiting();
    }

    /** A checkout, now and then with pool money, and its payments: in time, late, wrong, twice. */
    Deed placed() {
        final String merchant = story.merchant();
        final String order = story.oneIn(30) ? knownOrder(merchant) : story.fresh("o");
        final Deed.Line booking = story.oneIn(story.isCrowd ? 9 : 3) ? sales.booking(merchant) : null;
        final boolean isPlain = story.oneIn(story.isCrowd ? 6 : 2);
        final List<Deed.Line> lines = booking != null ? bookedLines(booking) : isPlain ? lines() : soldLines(merchant);
        final long shipping = story.below(3) * 300L;
        final Who who = who(merchant);
        final String member = who.member().isEmpty() ? people.member(merchant) : who.member();
        final long poolSpend =
                booking != null && !story.oneIn(12) ? 0 : poolSpend(merchant, member, sum(lines) + shipping);
        final String currency = currency(merchant);
        final int within = story.pick(1_800, 60, 600, 604_800);
        final Deed place = new Deed.Place(
                story.head(merchant, order, story.businessTime()),
                shipping,
                poolSpend,
                within,
                currency,
                story.oneIn(40) && !lines.isEmpty() ? repeat(lines) : lines,
                member,
                story.pick(CHANNELS),
                who.store(),
                who.clerk(),
                who.token());
        final long payable = Math.max(0, sum(lines) + shipping - poolSpend);
        final Who payer = story.oneIn(12) ? who(merchant) : new Who(member, 0, who.store(), "", "");
        if (booking != null && !story.oneIn(4)) {
            final long deposit = sales.deposit(merchant, booking);
            story.later(pay(merchant, order, payer, Instalment.DEPOSIT, amountOf(deposit), 0, List.of()));
            if (story.oneIn(2)) {
                final long balance = Math.max(0, payable - deposit);
                story.later(pay(merchant, order, payer, Instalment.BALANCE, balance, 0, List.of()));
            }
        } else if (story.oneIn(4)) {
            final long deposit = payable / 3;
            story.later(pay(merchant, order, payer, Instalment.DEPOSIT, deposit, 0, List.of()));
            story.later(pay(merchant, order, payer, Instalment.BALANCE, amountOf(payable - deposit), 0, List.of()));
        } else {
            story.later(pay(merchant, order, payer, Instalment.FULL, amountOf(payable), 0, List.of()));
        }
        if (story.oneIn(10)) {
            story.later(pay(merchant, order, payer, Instalment.FULL, payable, 0, List.of()));
        }
        if (story.oneIn(5)) {
            story.later(new Deed.Cancel(story.head(merchant, story.fresh("q")), order));
        }
        befall(merchant, order, lines, payable);
        if (story.oneIn(4)) {
            story.later(place);
            return story.waiting();
        }
        return place;
    }

    private void befall(final String merchant, final String order, final List<Deed.Line> lines, final long paid) {
        for (int i = story.below(3); i > 0; i--) {
            story.later(refund(merchant, order, lines, paid));
        }
        if (!story.oneIn(3)) {
            story.later(deliver(merchant, order, List.of()));
        } else {
            for (final Deed.Line line : lines) {
                story.later(
                        deliver(merchant, order, List.of(new Deed.Part(line.id(), story.pick(0, 1, line.quantity())))));
            }
        }
        if (story.oneIn(6)) {
            story.later(afterSale(merchant, order, AfterSaleState.OPEN));
            story.later(afterSale(merchant, order, AfterSaleState.CLOSED));
        }
    }

    /** A refund or delivery of an order that is known for long, or of none. */
    Deed stray() {
        final String merchant = story.merchant();
        final String order = story.oneIn(8) ? story.pick(story.fresh("nowhere"), "") : knownOrder(merchant);
        return switch (story.below(9)) {
            case 6, 7, 8 -> refund(merchant, rewarded(merchant), List.of(), World.MOST / 4);
            case 5 ->
                pay(
                        merchant,
                        knownOrder(merchant),
                        who(merchant),
                        story.pick(Instalment.FULL, Instalment.FULL, Instalment.BALANCE),
                        story.amount(),
                        0,
                        List.of());
            case 0 -> deliver(merchant, order, List.of());
            case 1 -> new Deed.Cancel(story.head(merchant, story.fresh("q")), order);
            case 2 -> afterSale(merchant, order, story.pick(AfterSaleState.OPEN, AfterSaleState.CLOSED));
            case 3 -> refundOfOrder(merchant);
            default -> refund(merchant, order, List.of(), 10_000);
        };
    }

    /** A refund of an order that a rule of risk has hit, else of another. */
    Deed reviewed() {
        final String merchant = story.merchant();
        final List<World.Order> known = story.world.shop(merchant).orders.values().stream()
                .filter(order -> order.review != null && !order.grants.isEmpty())
                .sorted(Comparator.comparing(order -> order.id))
                .toList();
        if (known.isEmpty()) {
            return stray();
        }
        final World.Order order = story.pick(known);
        return refund(merchant, order.id, List.of(), order.captured);
    }

    private Deed refundOfOrder(final String merchant) {
        final List<String> known =
                List.copyOf(story.world.shop(merchant).refundOrders.keySet());
        final String id = known.isEmpty() || story.oneIn(10) ? "00000000000001" : story.pick(known);
        final World.RefundOrder refundOrder =
                story.world.shop(merchant).refundOrders.get(id);
        return new Deed.Refund(
                story.head(merchant, story.fresh("r"), story.businessTime()),
                refundOrder == null ? 1 : refundOrder.amount,
                currency(merchant),
                story.pick(RefundStatus.SUCCESS, RefundStatus.SUCCESS, RefundStatus.ABNORMAL, RefundStatus.PROCESSING),
                false,
                List.of(),
                refundOrder == null ? "o0" : refundOrder.order.id,
                id);
    }

    private Deed refund(final String merchant, final String order, final List<Deed.Line> lines, final long paid) {
        final List<Deed.Part> parts = new ArrayList<>();
        long amount = Math.max(1, story.oneIn(3) ? paid : paid / (1 + story.below(6)));
        if (!lines.isEmpty() && story.oneIn(2)) {
            amount = 0;
            for (final Deed.Line line : lines) {
                final long part = story.oneIn(2) ? line.amount() : line.amount() / (2 + story.below(4));
                if (story.oneIn(2) && part > 0) {
                    parts.add(new Deed.Part(story.oneIn(15) ? "zz" : line.id(), part));
                    amount += part;
                }
            }
        }
        return new Deed.Refund(
                story.head(merchant, story.fresh("r"), story.businessTime()),
                Math.max(1, story.oneIn(20) ? amount * 3 : amount),
                story.oneIn(40) ? "USD" : currency(merchant),
                story.oneIn(12)
                        ? story.pick(RefundStatus.CLOSED, RefundStatus.ABNORMAL, RefundStatus.PROCESSING)
                        : RefundStatus.SUCCESS,
                story.oneIn(8),
                parts,
                order,
                "");
    }

    private Deed deliver(final String merchant, final String order, final List<Deed.Part> parts) {
        return new Deed.Deliver(story.head(merchant, story.fresh("d"), story.businessTime()), order, parts);
    }

    private Deed afterSale(final String merchant, final String order, final AfterSaleState state) {
        return new Deed.AfterSale(story.head(merchant, story.fresh("a")), order, state);
    }

    private record Who(String member, long payer, String store, String clerk, String token) {}

    private Who who(final String merchant) {
        final int choice = story.below(20);
        final String member = choice == 0 || choice > 16 ? "" : people.memberOrNew(merchant);
        final long payer = choice > 16 || story.oneIn(30) ? people.identity() : 0;
        final String clerk = story.oneIn(4) ? people.memberOrNew(merchant) : "";
        return new Who(member, payer, story.pick(STORES), clerk, story.oneIn(4) ? people.token(merchant) : "");
    }

    private Deed pay(
            final String merchant,
            final String order,
            final Who who,
            final Instalment instalment,
            final long amount,
            final long shipping,
            final List<Deed.Line> lines) {
        return new Deed.Pay(
                story.head(merchant, story.fresh("p"), story.businessTime()),
                amount,
                shipping,
                story.oneIn(60) ? "USD" : currency(merchant),
                instalment,
                story.oneIn(12) ? List.of() : lines,
                order,
                who.member(),
                story.pick(CHANNELS),
                who.store(),
                who.clerk(),
                who.token(),
                who.payer(),
                1 + story.random.nextInt(Integer.MAX_VALUE),
                risk.signals());
    }

    private String knownOrder(final String merchant) {
        final List<String> known = List.copyOf(story.world.shop(merchant).orders.keySet());
        return known.isEmpty() ? "o0" : story.pick(known.stream().sorted().toList());
    }

    /** Returns an order whose rewards are spent in part, if there is one: a refund of all of it makes debt. */
    private String rewarded(final String merchant) {
        final List<String> known = story.world.shop(merchant).orders.values().stream()
                .filter(order -> order.grants.stream().anyMatch(OrderChapter::isSpent))
                .map(order -> order.id)
                .sorted()
                .toList();
        return known.isEmpty() ? knownOrder(merchant) : story.pick(known);
    }

    private static boolean isSpent(final World.Grant grant) {
        final long[] buckets = grant.pool().buckets;
        return grant.pending + buckets[World.SPENDABLE] + buckets[World.WITHDRAWABLE] < grant.credited - grant.clawed;
    }

    private String currency(final String merchant) {
        return story.world.shop(merchant).currency;
    }

    private long poolSpend(final String merchant, final String member, final long sum) {
        if (!story.oneIn(2)) {
            return 0;
        }
        final World.Member known = story.world.shop(merchant).members.get(member);
        final World.Pool pool = known == null ? null : known.pools.get(currency(merchant));
        final long free = pool == null ? 0 : pool.buckets[World.SPENDABLE] + pool.buckets[World.WITHDRAWABLE];
        final long most = Math.max(0, Math.min(free, sum - 1));
        return story.oneIn(15) ? sum : story.oneIn(15) ? free + 1 : story.oneIn(2) ? most : most / 2;
    }

    /** Returns the amount, now and then another. */
    private long amountOf(final long amount) {
        return story.oneIn(15) ? Math.max(0, amount + 1 - story.below(3)) : amount;
    }

    /** Lines of any amounts; in one order of four all are equal, so that what is shared among them ties. */
    private List<Deed.Line> lines() {
        final List<Deed.Line> lines = new ArrayList<>();
        final long equal = story.oneIn(4) ? 1L + story.below(500) : 0;
        for (int i = 1 + story.below(4); i > 0; i--) {
            final String id = Integer.toString(lines.size() + 1);
            lines.add(new Deed.Line(
                    id,
                    story.pick("A", "B", "C", "D"),
                    story.pick("t", "u"),
                    equal > 0 ? equal : Math.min(story.amount(), World.MOST / 2),
                    1 + story.below(3)));
        }
        return lines;
    }

    /** Lines of which campaigns sell some, now and then the same twice. */
    private List<Deed.Line> soldLines(final String merchant) {
        final List<Deed.Line> lines = new ArrayList<>();
        for (int i = 1 + story.below(2); i > 0; i--) {
            final Deed.Line line = sales.line(merchant, Integer.toString(lines.size() + 1));
            if (line != null) {
                lines.add(line);
            }
        }
        if (lines.isEmpty() || story.oneIn(3)) {
            lines.add(new Deed.Line("9", "D", "u", story.below(2_000), 1));
        }
        return lines;
    }

    /** A booking stands alone, as a rule. */
    private List<Deed.Line> bookedLines(final Deed.Line booking) {
        return story.oneIn(20) ? List.of(booking, new Deed.Line("9", "D", "u", 500, 1)) : List.of(booking);
    }

    /** The balance of a booking that asks for it, else a stray fact. */
    Deed balance() {
        final String merchant = story.merchant();
        final List<World.Order> due = story.world.shop(merchant).orders.values().stream()
                .filter(order -> order.isPlaced && order.paid.contains(Instalment.DEPOSIT))
                .filter(order -> order.captured < order.payable)
                .sorted(Comparator.comparing(order -> order.id))
                .toList();
        if (due.isEmpty()) {
            return stray();
        }
        final World.Order order = story.pick(due);
        final Who payer = new Who(order.member.id, 0, "", "", "");
        final long left = order.payable - order.captured;
        return pay(merchant, order.id, payer, Instalment.BALANCE, amountOf(left), 0, List.of());
    }

    /** Somebody with a seat in a group pays now, or wants all of the money back. */
    Deed seated() {
        final String merchant = story.merchant();
        final boolean pays = !story.oneIn(4);
        final World.Order leading = pays || story.oneIn(3) ? null : sales.leading(merchant);
        final World.Order order = leading != null
                ? leading
                : sales.seated(merchant, pays ? story.pick(OrderState.AWAITING, OrderState.EXPIRED) : OrderState.PAID);
        if (order == null) {
            return placed();
        }
        final Who payer = new Who(order.member.id, 0, "", "", "");
        return pays
                ? pay(merchant, order.id, payer, Instalment.FULL, order.payable, 0, List.of())
                : refund(merchant, order.id, List.of(), order.captured);
    }

    private static List<Deed.Line> repeat(final List<Deed.Line> lines) {
        final List<Deed.Line> repeated = new ArrayList<>(lines);
        repeated.add(lines.get(0));
        return repeated;
    }

    private List<Deed.Line> cut(final List<Deed.Line> lines) {
        final int percent = 5 + story.below(90);
        return lines.stream()
                .map(line -> new Deed.Line(line.id(), line.sku(), line.category(), line.amount() * percent / 100, 1))
                .toList();
    }

    private static List<Deed.Line> rest(final List<Deed.Line> lines, final List<Deed.Line> cut) {
        final List<Deed.Line> rest = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final Deed.Line line = lines.get(i);
            rest.add(new Deed.Line(
                    line.id(),
                    line.sku(),
                    line.category(),
                    line.amount() - cut.get(i).amount(),
                    line.quantity()));
        }
        return rest;
    }

    private static long sum(final List<Deed.Line> lines) {
        return lines.stream().mapToLong(Deed.Line::amount).sum();
    }
}
