package io.miaojie.settlement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of payments once more, slowly: BigInteger and plain maps, no code shared with the core. */
final class NaiveModel {
    private static final BigInteger MOST = BigInteger.valueOf(9_007_199_254_740_991L);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** A line of a payment. */
    record Line(String sku, String category, long amount) {}

    /** A row of tiers; a rate or an amount of -1 isn't given. */
    record Tier(long from, long ratePpm, long fixed) {}

    /** A payment; times are in seconds from the start of the story. */
    record Payment(
            String order, String member, String instalment, long amount, long shipping, long at, List<Line> lines) {}

    /** A version of a campaign; -1: not given. */
    record Terms(
            long ratePpm,
            long lineCap,
            long fixed,
            List<Tier> tiers,
            Set<String> skus,
            long budget,
            long count,
            long perDay,
            long perMember) {}

    private static final class Campaign {
        private Terms terms;
        private boolean isPaused;
        private boolean isClosed;
        private BigInteger granted = BigInteger.ZERO;
        private long count;
        private final Map<Long, BigInteger> days = new HashMap<>();
        private final Map<String, BigInteger> members = new HashMap<>();
        private final Set<String> orders = new HashSet<>();
    }

    private final Map<String, Campaign> campaigns = new LinkedHashMap<>();
    private final Map<String, String> orderMembers = new HashMap<>();
    private final Map<String, Set<String>> orderInstalments = new HashMap<>();
    private final Map<String, BigInteger> pools = new HashMap<>();
    private BigInteger funder = BigInteger.ZERO;

    void define(final String id, final Terms terms) {
        campaigns.computeIfAbsent(id, key -> new Campaign()).terms = terms;
    }

    void change(final String id, final String state) {
        campaigns.get(id).isPaused = state.equals("PAUSED");
        campaigns.get(id).isClosed = state.equals("CLOSED");
    }

    boolean isOpen(final String id) {
        return campaigns.containsKey(id) && !campaigns.get(id).isClosed;
    }

    /** Tells whether the budgets of a new version lie below what was granted. */
    boolean isBelowGranted(final String id, final Terms terms) {
        final Campaign campaign = campaigns.get(id);
        return terms.budget >= 0 && BigInteger.valueOf(terms.budget).compareTo(campaign.granted) < 0
                || terms.count >= 0 && terms.count < campaign.count;
    }

    BigInteger pool(final String member) {
        return pools.getOrDefault(member, BigInteger.ZERO);
    }

    Set<String> members() {
        return pools.keySet();
    }

    /** Takes a payment at a time and returns status, grants and skips as a scenario says them. */
    List<String> pay(final Payment payment, final long now) {
        final Set<String> paid = orderInstalments.computeIfAbsent(payment.order, key -> new HashSet<>());
        if (paid.contains(payment.instalment)) {
            return List.of("DUPLICATE_REFUND_DUE", "*:DUPLICATE_PAYMENT");
        }
        paid.add(payment.instalment);
        final List<String> skips = new ArrayList<>();
        final BigInteger base = BigInteger.valueOf(payment.amount - payment.shipping);
        BigInteger sum = BigInteger.ZERO;
        for (final Line line : payment.lines) {
            sum = sum.add(BigInteger.valueOf(line.amount));
        }
        List<Line> lines = payment.lines;
        if (lines.isEmpty() || !sum.equals(base)) {
            if (!lines.isEmpty()) {
                skips.add("*:LINES_MISMATCH");
            }
            lines = List.of(new Line("", "", base.longValueExact()));
        }
        final String wrong = wrong(payment, base, now);
        if (!wrong.isEmpty()) {
            skips.add(wrong);
            return said(List.of(), skips);
        }
        final List<String> grants = new ArrayList<>();
        BigInteger together = BigInteger.ZERO;
        for (final Map.Entry<String, Campaign> entry : campaigns.entrySet()) {
            if (entry.getValue().isClosed) {
                continue;
            }
            final String result = reward(entry.getValue(), payment, lines, together);
            if (result.matches("\\d+")) {
                together = together.add(new BigInteger(result));
                grants.add(entry.getKey() + "=" + result);
            } else {
                skips.add(entry.getKey() + ":" + result);
            }
        }
        pools.put(payment.member, pool(payment.member).add(together));
        funder = funder.subtract(together);
        return said(grants, skips);
    }

    private String wrong(final Payment payment, final BigInteger base, final long now) {
        if (payment.member.isEmpty()) {
            return "*:NO_MEMBER";
        }
        if (!orderMembers.computeIfAbsent(payment.order, key -> payment.member).equals(payment.member)) {
            return "*:MEMBER_MISMATCH";
        }
        pools.putIfAbsent(payment.member, BigInteger.ZERO);
        if (payment.at < now - 7 * 86_400 || payment.at > now + 300) {
            return "*:OUT_OF_WINDOW";
        }
        return base.signum() == 0 ? "*:ZERO_BASE" : "";
    }

    private String reward(
            final Campaign campaign, final Payment payment, final List<Line> lines, final BigInteger together) {
        if (campaign.isPaused) {
            return "CAMPAIGN_PAUSED";
        }
        final Terms terms = campaign.terms;
        final List<Line> eligible = lines.stream()
                .filter(line -> terms.skus.isEmpty() || terms.skus.contains(line.sku))
                .toList();
        if (eligible.isEmpty()) {
            return "NO_LINE_ELIGIBLE";
        }
        final BigInteger sum =
                eligible.stream().map(line -> BigInteger.valueOf(line.amount)).reduce(BigInteger.ZERO, BigInteger::add);
        if (sum.signum() == 0) {
            return "ZERO_BASE";
        }
        long ratePpm = terms.ratePpm;
        long fixed = terms.fixed;
        if (!terms.tiers.isEmpty()) {
            Tier reached = null;
            for (final Tier tier : terms.tiers) {
                reached = sum.compareTo(BigInteger.valueOf(tier.from)) >= 0 ? tier : reached;
            }
            if (reached == null) {
                return "BELOW_FIRST_TIER";
            }
            ratePpm = reached.ratePpm;
            fixed = reached.fixed;
        }
        if (fixed >= 0) {
            return campaign.orders.contains(payment.order)
                    ? "ORDER_REWARDED"
                    : spend(campaign, payment, BigInteger.valueOf(fixed), together);
        }
        BigInteger share = BigInteger.ZERO;
        for (final Line line : eligible) {
            final BigInteger part = BigInteger.valueOf(line.amount)
                    .multiply(BigInteger.valueOf(ratePpm))
                    .divide(MILLION);
            share = share.add(terms.lineCap >= 0 ? part.min(BigInteger.valueOf(terms.lineCap)) : part);
        }
        return share.signum() == 0 ? "ZERO_REWARD" : spend(campaign, payment, share, together);
    }

    private String spend(
            final Campaign campaign, final Payment payment, final BigInteger amount, final BigInteger together) {
        final Terms terms = campaign.terms;
        final long day = Math.floorDiv(payment.at + 8 * 3_600, 86_400);
        if (isOver(terms.budget, campaign.granted, amount)) {
            return "BUDGET_EXHAUSTED";
        }
        if (terms.count >= 0 && campaign.count >= terms.count) {
            return "COUNT_EXHAUSTED";
        }
        if (isOver(terms.perDay, campaign.days.getOrDefault(day, BigInteger.ZERO), amount)) {
            return "DAY_BUDGET_EXHAUSTED";
        }
        if (isOver(terms.perMember, campaign.members.getOrDefault(payment.member, BigInteger.ZERO), amount)) {
            return "MEMBER_BUDGET_EXHAUSTED";
        }
        final BigInteger more = together.add(amount);
        if (campaign.granted.add(amount).compareTo(MOST) > 0
                || funder.subtract(more).negate().compareTo(MOST) > 0
                || pool(payment.member).add(more).compareTo(MOST) > 0) {
            return "AMOUNT_OVERFLOW";
        }
        campaign.granted = campaign.granted.add(amount);
        campaign.count++;
        campaign.orders.add(payment.order);
        if (terms.perDay >= 0) {
            campaign.days.merge(day, amount, BigInteger::add);
        }
        if (terms.perMember >= 0) {
            campaign.members.merge(payment.member, amount, BigInteger::add);
        }
        return amount.toString();
    }

    private static boolean isOver(final long budget, final BigInteger used, final BigInteger more) {
        return budget >= 0 && used.add(more).compareTo(BigInteger.valueOf(budget)) > 0;
    }

    private static List<String> said(final List<String> grants, final List<String> skips) {
        final List<String> said = new ArrayList<>(List.of("CAPTURED"));
        said.addAll(grants);
        said.addAll(skips);
        return said;
    }
}
