package io.miaojie.simulation;

import io.miaojie.settlement.Invariants;
import io.miaojie.support.CoreRunner;
import io.miaojie.support.Reply;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.RefundStatus;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One merchant of a fresh core, for short stories. Each verb returns what the core said: the status, or the code of a
 * refusal, or {@code SEEN} or {@code CONFLICT}; then the codes of what didn't fit. After each of them the invariants
 * hold. Amounts are minor units of CNY.
 */
public final class OneShop {
    private static final String MERCHANT = "M";
    private static final String CNY = "CNY";
    private static final int KEY = 1;

    private final Machine machine = new Machine(CoreRunner.SMALL, CoreRunner.START_NS);
    private final List<Deed.Line> basket = new ArrayList<>();
    private final List<Deed.Part> parts = new ArrayList<>();
    private HoldPolicy hold = HoldPolicy.DAYS_AFTER_DELIVERY;
    private int holdDays = 7;
    private int instantPpm = 1_000_000;
    private List<Long> budgets = List.of(-1L, -1L, -1L, -1L);
    private String group = "";
    private int priority;
    private String refundOrder = "";
    private boolean isGoodwill;
    private int requestCount;
    private long lastSequence;
    private Heard lastHeard;

    /** Opens a shop that takes the first touch for ever and whose campaigns may take all of a line. */
    public OneShop() {
        this(BindingMode.FIRST_TOUCH, 0, 1_000_000);
    }

    public OneShop(final BindingMode mode, final int bindingDays, final int capPpm) {
        machine.settle(Machine.OPEN_LIVE);
        final Deed.Head node = new Deed.Head(0, "node", MERCHANT, 0);
        machine.settle(new Deed.Merchant(node, 480, CNY, mode, bindingDays, capPpm).encode());
        machine.settle(new Deed.MakeKey(node, "key", MERCHANT, Role.ADMIN, "").encode());
    }

    // what the next campaign has

    public OneShop holding(final HoldPolicy newHold, final int days, final int newInstantPpm) {
        hold = newHold;
        holdDays = days;
        instantPpm = newInstantPpm;
        return this;
    }

    /** Bounds the next campaigns; -1: unbounded. */
    public OneShop budgets(final long amount, final long count, final long perDay, final long perMember) {
        budgets = List.of(amount, count, perDay, perMember);
        return this;
    }

    public OneShop group(final String newGroup, final int newPriority) {
        group = newGroup;
        priority = newPriority;
        return this;
    }

    /** Defines or changes a rebate of a rate for the buyer. */
    public String rebate(final String id, final int after, final long ratePpm) {
        return campaign(id, after, NaiveKinds.REBATE, Map.of(0, ratePpm));
    }

    /** Defines a commission of rates; 0: that level isn't rewarded. */
    public String commission(final String id, final long levelOnePpm, final long levelTwoPpm, final long clerkPpm) {
        final Map<Integer, Long> scalars = new TreeMap<>(Map.of(0, levelOnePpm, 1, levelTwoPpm, 2, clerkPpm));
        scalars.values().removeIf(rate -> rate == 0);
        return campaign(id, 0, NaiveKinds.COMMISSION, scalars);
    }

    /** Defines a campaign of any kind by its scalars. */
    public String campaign(final String id, final int after, final int kind, final Map<Integer, Long> scalars) {
        return say(new Deed.Define(
                head("define" + requestCount++),
                id,
                after,
                kind,
                CNY,
                0,
                0,
                budgets,
                priority,
                group,
                hold,
                holdDays,
                instantPpm,
                "platform",
                scalars,
                Map.of(),
                Map.of(),
                List.of(),
                List.of()));
    }

    // what the next order, payment or refund has

    public OneShop line(final String id, final long amount) {
        basket.add(new Deed.Line(id, "sku" + id, "", amount, 1));
        return this;
    }

    /** A part of the next refund, in minor units, or of the next delivery, in pieces. */
    public OneShop part(final String line, final long amount) {
        parts.add(new Deed.Part(line, amount));
        return this;
    }

    public OneShop goodwill() {
        isGoodwill = true;
        return this;
    }

    /** Makes the next refund that of a refund order. */
    public OneShop closing(final String newRefundOrder) {
        refundOrder = newRefundOrder;
        return this;
    }

    // facts

    public String pay(final String id, final String order, final String member, final long amount) {
        return pay(id, order, member, Instalment.FULL, amount);
    }

    public String pay(
            final String id, final String order, final String member, final Instalment instalment, final long amount) {
        return say(payment(id, order, member, instalment, amount, "", 0));
    }

    public String payWithToken(
            final String id, final String order, final String member, final long amount, final String token) {
        return say(payment(id, order, member, Instalment.FULL, amount, token, 0));
    }

    /** Pays by an identity alone. */
    public String payAs(final String id, final String order, final long identity, final long amount) {
        return say(payment(id, order, "", Instalment.FULL, amount, "", identity));
    }

    Deed payment(
            final String id,
            final String order,
            final String member,
            final Instalment instalment,
            final long amount,
            final String token,
            final long identity) {
        return new Deed.Pay(
                head(id),
                amount,
                0,
                CNY,
                instalment,
                takeBasket(),
                order,
                member,
                "",
                "",
                "",
                token,
                identity,
                1,
                List.of());
    }

    public String refund(final String id, final String order, final long amount) {
        return say(refunding(id, order, amount));
    }

    Deed refunding(final String id, final String order, final long amount) {
        final Deed refund = new Deed.Refund(
                head(id), amount, CNY, RefundStatus.SUCCESS, isGoodwill, takeParts(), order, refundOrder);
        isGoodwill = false;
        refundOrder = "";
        return refund;
    }

    public String deliver(final String id, final String order) {
        return say(delivery(id, order));
    }

    Deed delivery(final String id, final String order) {
        return new Deed.Deliver(head(id), order, takeParts());
    }

    // requests

    public String place(final String order, final String member, final long poolSpend, final int withinS) {
        return say(new Deed.Place(head(order), 0, poolSpend, withinS, CNY, takeBasket(), member, "", "", "", ""));
    }

    public String cancel(final String order) {
        return say(new Deed.Cancel(head("cancel" + requestCount++), order));
    }

    public String afterSale(final String order, final boolean isOpen) {
        return say(new Deed.AfterSale(
                head("sale" + requestCount++), order, isOpen ? AfterSaleState.OPEN : AfterSaleState.CLOSED));
    }

    public String register(final String id, final String referrer, final long... identities) {
        final List<Long> all = new ArrayList<>();
        for (final long identity : identities) {
            all.add(identity);
        }
        return say(new Deed.Register(head(id), 0, all, referrer, "", 0, 1));
    }

    public String bind(final String member, final String referrer) {
        return say(new Deed.Bind(head("bind" + requestCount++), member, referrer));
    }

    /** Makes a link of this token. */
    public String link(final String token, final String owner) {
        say(new Deed.Target(head("target"), "https://shop.example/"));
        return say(new Deed.Link(head("link" + token), token, owner, "target", "", token, 0));
    }

    public String touch(final String member, final String token) {
        return say(new Deed.Touch(head("touch" + requestCount++), token, "", member));
    }

    public String withdraw(final String id, final String member, final long amount) {
        return say(new Deed.Withdraw(head(id), amount, CNY, member, "payee"));
    }

    public String approve(final String withdrawal) {
        return say(new Deed.Decide(head("decide" + requestCount++), withdrawal, Decision.APPROVE));
    }

    public String reject(final String withdrawal) {
        return say(new Deed.Decide(head("decide" + requestCount++), withdrawal, Decision.REJECT));
    }

    public String submit(final String withdrawal) {
        return say(new Deed.Submit(head("submit" + requestCount++), withdrawal));
    }

    public String report(final String withdrawal, final WithdrawalState state) {
        return say(new Deed.Report(head("report" + requestCount++), withdrawal, state));
    }

    public String adjust(final String member, final Bucket bucket, final long amount) {
        return say(new Deed.Adjust(head("adjust" + requestCount++), amount, CNY, member, bucket));
    }

    /** Makes a member with this much in the two buckets. */
    public OneShop having(final String member, final long spendable, final long withdrawable) {
        register(member, "");
        if (spendable > 0) {
            adjust(member, Bucket.SPENDABLE, spendable);
        }
        if (withdrawable > 0) {
            adjust(member, Bucket.WITHDRAWABLE, withdrawable);
        }
        return this;
    }

    public String fund(final long amount, final FundingMode mode) {
        return say(new Deed.Fund(head("fund" + requestCount++), amount, CNY, "platform", mode));
    }

    /** Lets time pass; what falls due happens. */
    public OneShop pass(final long seconds) {
        machine.passTime(seconds * World.SECOND_NS);
        while (machine.isDue()) {
            machine.tick();
        }
        check();
        return this;
    }

    /** Dies and comes back from the journal alone. */
    public OneShop crash() {
        machine.crash(CrashPoint.WITHOUT_SNAPSHOT, new java.util.Random(1));
        return this;
    }

    // what there is

    /** Returns pending, spendable, withdrawable, locked and debt of a member. */
    public String pool(final String member) {
        final long[] buckets = ask().pools(member).get(Words.currency(CNY));
        return buckets == null ? "none" : Names.buckets(buckets);
    }

    /** Returns the state of an order and what its grants have credited and clawed, without times. */
    public String order(final String id) {
        return ask().order(id).toString().replaceAll("at=\\d+ ", "");
    }

    private Questions ask() {
        return new Questions(machine, KEY);
    }

    /** Returns the id of the refund order that the last record made first. */
    public String refundOrderOfLast() {
        return Names.refundOrderId(lastSequence, 0);
    }

    /** Returns state, amount and reason of the first refund order that the last record tells of. */
    public String refundOrder() {
        return last("refund-order").replaceAll(" \\d+ of \\d+$", "");
    }

    /** Returns the last record's state of the entities whose name begins so. */
    public String last(final String nameBegins) {
        return lastHeard.entities.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(nameBegins))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("none");
    }

    String say(final Deed deed) {
        machine.passTime(World.SECOND_NS);
        while (machine.isDue()) {
            machine.tick();
        }
        final Reply reply = machine.settle(deed.encode());
        final Heard heard = Heard.of(reply);
        if (reply.isJournaled()) {
            lastSequence = reply.sequence();
            lastHeard = heard;
        }
        check();
        return words(deed, heard);
    }

    private void check() {
        final List<String> violations = Invariants.check(machine.core().state());
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.toString());
        }
    }

    private static String words(final Deed deed, final Heard heard) {
        if (heard.end == Heard.End.SEEN || heard.end == Heard.End.CONFLICT) {
            return heard.end.name();
        }
        if (heard.end != Heard.End.DONE) {
            return heard.code;
        }
        final StringBuilder words = new StringBuilder(status(deed, heard.status));
        heard.skips.stream()
                .filter(skip -> skip.startsWith("v-1"))
                .forEach(skip -> words.append(skip.substring(skip.lastIndexOf(' '))));
        return words.toString();
    }

    private static String status(final Deed deed, final int number) {
        if (number == 0) {
            return "OK";
        }
        if (deed instanceof Deed.Pay) {
            return PaymentStatus.get((short) number).name();
        }
        if (deed instanceof Deed.Refund || deed instanceof Deed.Deliver) {
            return RefundResult.get((short) number).name();
        }
        final boolean isOfOrder =
                deed instanceof Deed.Place || deed instanceof Deed.Cancel || deed instanceof Deed.AfterSale;
        return isOfOrder
                ? OrderState.get((short) number).name()
                : WithdrawalState.get((short) number).name();
    }

    private List<Deed.Line> takeBasket() {
        final List<Deed.Line> taken = List.copyOf(basket);
        basket.clear();
        return taken;
    }

    private List<Deed.Part> takeParts() {
        final List<Deed.Part> taken = List.copyOf(parts);
        parts.clear();
        return taken;
    }

    private static Deed.Head head(final String id) {
        return new Deed.Head(KEY, MERCHANT, id, 0);
    }
}
