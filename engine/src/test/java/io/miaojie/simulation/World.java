package io.miaojie.simulation;

import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.WithdrawalState;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/** What the naive model remembers: plain objects in plain maps. Amounts are minor units, times epoch nanoseconds. */
final class World {
    static final int PENDING = 0;
    static final int SPENDABLE = 1;
    static final int WITHDRAWABLE = 2;
    static final int LOCKED = 3;
    static final int DEBT = 4;
    static final long SECOND_NS = 1_000_000_000L;
    static final long DAY_NS = 86_400 * SECOND_NS;
    static final long MOST = 9_007_199_254_740_991L;

    /** Something whose state stands in outcomes. */
    interface Told {
        String name();

        String told();
    }

    /** A merchant and all that is its own. */
    static final class Shop {
        int index;
        String id;
        int offsetMinutes;
        String currency;
        BindingMode mode;
        int bindingDays;
        int capPpm;
        final Map<String, Campaign> campaigns = new LinkedHashMap<>();
        final Map<String, Member> members = new HashMap<>();
        final Map<Long, Member> identities = new HashMap<>();
        final Map<String, Order> orders = new HashMap<>();
        final Map<String, Fund> funds = new LinkedHashMap<>();
        final Map<String, Withdrawal> withdrawals = new LinkedHashMap<>();
        final Map<String, RefundOrder> refundOrders = new LinkedHashMap<>();
        final Map<String, Integer> targets = new LinkedHashMap<>();
        final Map<String, Link> links = new HashMap<>();
        final Map<String, Link> linksByUse = new HashMap<>();
        final Map<String, Link> visitors = new HashMap<>();
        final Map<String, Long> visitedNs = new HashMap<>();
        final Map<Pool, Long> adjusted = new HashMap<>();
        final NaiveRisk.Book risk = new NaiveRisk.Book();
        final Map<String, PayoutTerms> payoutTerms = new HashMap<>();
    }

    /** What may be drawn out in a currency; 0: no bound. */
    record PayoutTerms(
            long min,
            long max,
            long perDay,
            long approvedUpTo,
            long feeMin,
            int feePpm,
            int taxPpm,
            int countPerDay,
            int freePerDay,
            int cutOffMinute) {
        static final PayoutTerms NONE = new PayoutTerms(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** An API key; without a shop: the node's own. */
    static final class Key {
        int index;
        String id;
        Shop shop;
        Role role;
        String store = "";
        boolean isRevoked;
    }

    /** A campaign and what it granted. */
    static final class Campaign implements Told {
        int index;
        Shop shop;
        String id;
        CampaignState state = CampaignState.ACTIVE;
        final List<Version> versions = new ArrayList<>();
        long granted;
        long count;
        final Map<Long, Long> days = new HashMap<>();
        final Map<Member, Long> members = new HashMap<>();

        Version current() {
            return versions.get(versions.size() - 1);
        }

        @Override
        public String name() {
            return Names.campaign(current().index);
        }

        @Override
        public String told() {
            return Short.toString(state.value());
        }
    }

    /** One version of a campaign. */
    static final class Version {
        int index;
        int number;
        Campaign campaign;
        Deed.Define terms;
        Fund funder;
        final Deque<Grant> holds = new ArrayDeque<>();
    }

    /** A funder's account or one of the merchant's own. */
    static final class Fund implements Told {
        String key;
        FundingMode mode = FundingMode.ACCRUE;
        long balance;

        @Override
        public String name() {
            return "account " + key;
        }

        @Override
        public String told() {
            return Long.toString(balance);
        }
    }

    /** A member. */
    static final class Member implements Told {
        int index;
        Shop shop;
        String id;
        boolean isProvisional;
        boolean isRegistered;
        Member parent;
        long boundUntilNs;
        Order firstPaid;
        int roles;
        final Set<Long> identities = new HashSet<>();
        final Map<String, Pool> pools = new LinkedHashMap<>();

        @Override
        public String name() {
            return Names.member(index);
        }

        @Override
        public String told() {
            return (isProvisional ? "provisional" : "full") + " parent=" + (parent == null ? -1 : parent.index)
                    + " until=" + boundUntilNs;
        }
    }

    /** What a member has in one currency. */
    static final class Pool implements Told {
        Member member;
        String currency;
        final long[] buckets = new long[5];
        long adjustedPending;
        long kept;
        long lapsing;
        long lapsingActive;

        @Override
        public String name() {
            return Names.pool(member.index, Words.currency(currency));
        }

        @Override
        public String told() {
            return Names.buckets(buckets);
        }
    }

    /** A line; one that only refunds and deliveries have named is of no pieces. */
    static final class OrderLine {
        String id;
        String sku = "";
        String category = "";
        long due;
        int quantity;
        long refunded;
        int delivered;

        boolean isDelivered() {
            return quantity > 0 && delivered >= quantity;
        }
    }

    /** An order: sums, and what was frozen when it began. */
    static final class Order implements Told {
        int index;
        Shop shop;
        String id;
        String currency;
        Member member;
        OrderState state;
        boolean isPlaced;
        final List<OrderLine> lines = new ArrayList<>();
        long shipping;
        long payable;
        long captured;
        long refunded;
        long openRefund;
        long goodwill;
        long poolSpendable;
        long poolWithdrawable;
        long poolReturned;
        long poolKept;
        long poolLapsing;
        long payByNs;
        long holdUntilNs;
        boolean isAfterSale;
        boolean isDelivered;
        boolean isDeliveredWhole;
        boolean isPoolCaptured;
        long atNs;
        Member level1;
        Member level2;
        Member clerk;

        /** Null: no rule of risk has hit. */
        NaiveRisk.Review review;

        final Set<Instalment> paid = new HashSet<>();
        final Deque<Part> parts = new ArrayDeque<>();
        final List<Version> rules = new ArrayList<>();
        final List<Version> candidates = new ArrayList<>();
        final List<Grant> grants = new ArrayList<>();

        /** Returns the grants in the order in which they end holds together: the pool's debt takes of the first. */
        List<Grant> newestFirst() {
            final List<Grant> reversed = new ArrayList<>(grants);
            Collections.reverse(reversed);
            return reversed;
        }

        @Override
        public String name() {
            return Names.order(index);
        }

        @Override
        public String told() {
            final int flags = (isAfterSale ? 1 : 0) | (isDelivered ? 2 : 0);
            return state.value() + " m" + (member == null ? -1 : member.index)
                    + " payable=" + payable + " captured=" + captured + " refunded=" + Math.min(captured, refunded)
                    + " pool=" + poolSpendable + "+" + poolWithdrawable + "-" + poolReturned + " by=" + payByNs
                    + " until=" + holdUntilNs + " flags=" + flags;
        }
    }

    /** A reward. */
    static final class Grant implements Told {
        Order order;
        Version version;
        Member member;
        int level;
        long credited;
        long clawed;
        long pending;
        long instant;
        long drawn;
        boolean isReleased;
        boolean isDue;
        long releaseAtNs;
        boolean isExpired;

        /** All of it is pending until the order is reviewed. */
        boolean isSuspended;

        /** The order was rejected: it is worth nothing, for good. */
        boolean isVoid;

        Pool pool() {
            return member.pools.get(version.terms.currency());
        }

        @Override
        public String name() {
            return Names.grant(order == null ? -1 : order.index, member.index, version.index, level);
        }

        @Override
        public String told() {
            return "m" + member.index + " credited=" + credited + " pending=" + pending + " instant=" + instant
                    + " clawed=" + clawed + " released=" + isReleased + " at=" + releaseAtNs + " drawn=" + drawn;
        }
    }

    /** A captured payment of a placed order: that of a sequence. */
    record Part(long sequence, long amount) {}

    /** Money that somebody outside is to give back. */
    static final class RefundOrder implements Told {
        Order order;
        String currency;
        long paymentSequence;
        long sequence;
        int ordinal;
        long amount;
        String reason;
        int state;

        @Override
        public String name() {
            return Names.refundOrder(sequence, ordinal);
        }

        @Override
        public String told() {
            return state + " " + amount + " " + reason + " " + Words.currency(currency) + " of " + paymentSequence;
        }
    }

    /** A withdrawal. */
    static final class Withdrawal implements Told {
        int index;
        Shop shop;
        String id;
        long sequence;
        Pool pool;
        long amount;
        long fee;
        long tax;
        LocalDate day;
        WithdrawalState state = WithdrawalState.REQUESTED;
        boolean isQueryDue;

        @Override
        public String name() {
            return Names.withdrawal(index);
        }

        @Override
        public String told() {
            return state.value() + (isQueryDue ? " due" : "") + " m" + pool.member.index + " " + sequence + " " + amount
                    + " " + fee + " " + tax;
        }
    }

    /** A share link. */
    static final class Link implements Told {
        int index;
        String token;
        Member owner;
        long expiresNs;

        @Override
        public String name() {
            return Names.link(index);
        }

        @Override
        public String told() {
            return token + " until=" + expiresNs;
        }
    }

    /** Something due: fired by a tick, in order of deadline, then of arming. */
    record Timer(long deadlineNs, long id, Runnable firing) {}

    long nowNs;
    long sequence;
    boolean isSandbox;
    int refundOrdinal;

    /** Of ticks: the record that made it, for each refund order that is made. */
    final Queue<Long> tickSequences = new ArrayDeque<>();

    long timerId;
    int targetCount;
    int linkCount;
    final List<Shop> shops = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();
    final List<Campaign> campaigns = new ArrayList<>();
    final List<Version> versions = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final List<Order> orders = new ArrayList<>();
    final List<Withdrawal> withdrawals = new ArrayList<>();
    final List<Grant> freeGrants = new ArrayList<>();
    final List<NaiveSales.Sale> sales = new ArrayList<>();
    final List<NaiveSales.Seat> seats = new ArrayList<>();
    final Queue<Timer> timers =
            new PriorityQueue<>(Comparator.comparingLong(Timer::deadlineNs).thenComparingLong(Timer::id));
    final List<String> skips = new ArrayList<>();
    final Map<String, String> bound = new HashMap<>();
    final Set<Member> newlyBound = new HashSet<>();
    private final Map<Told, String> touched = new LinkedHashMap<>();

    Shop shop(final String id) {
        return shops.stream().filter(shop -> shop.id.equals(id)).findFirst().orElse(null);
    }

    /** Remembers how an entity was before this step. */
    <T extends Told> T touch(final T entity) {
        touched.computeIfAbsent(entity, Told::told);
        return entity;
    }

    /** Notes an entity that this step makes. */
    <T extends Told> T make(final T entity) {
        touched.putIfAbsent(entity, "");
        return entity;
    }

    void beginStep() {
        touched.clear();
        newlyBound.clear();
        skips.clear();
        refundOrdinal = 0;
    }

    /** Makes a refund order of a payment, which this step makes. */
    RefundOrder giveBack(
            final Order order,
            final long amount,
            final String reason,
            final String currency,
            final long paymentSequence) {
        final long made = tickSequences.isEmpty() ? sequence : tickSequences.remove();
        if (made != sequence) {
            sequence = made;
            refundOrdinal = 0;
        }
        final RefundOrder refundOrder = new RefundOrder();
        refundOrder.order = order;
        refundOrder.currency = currency;
        refundOrder.paymentSequence = paymentSequence;
        refundOrder.sequence = sequence;
        refundOrder.ordinal = refundOrdinal++;
        refundOrder.amount = amount;
        refundOrder.reason = reason;
        order.shop.refundOrders.put(Names.refundOrderId(refundOrder.sequence, refundOrder.ordinal), refundOrder);
        return make(refundOrder);
    }

    /** Returns what this step touched, with its state before. */
    Map<Told, String> touched() {
        return touched;
    }

    /** Returns everything whose state stands in outcomes. */
    Stream<Told> all() {
        final List<Told> all = new ArrayList<>(members);
        members.forEach(member -> all.addAll(member.pools.values()));
        all.addAll(orders);
        orders.forEach(order -> all.addAll(order.grants));
        orders.stream().filter(order -> order.review != null).forEach(order -> all.add(order.review));
        all.addAll(freeGrants);
        all.addAll(withdrawals);
        all.addAll(sales);
        all.addAll(seats);
        shops.forEach(shop -> all.addAll(shop.refundOrders.values()));
        shops.forEach(shop -> all.addAll(shop.links.values()));
        return all.stream();
    }

    void arm(final long deadlineNs, final Runnable firing) {
        timers.add(new Timer(deadlineNs, timerId++, firing));
    }
}
