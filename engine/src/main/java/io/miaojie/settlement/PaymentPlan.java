package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.RuleSet;

/** What one payment will do, decided before anything is done: a struct that is filled, carried out and reused. */
final class PaymentPlan {
    private static final int GRANTS_MAX = Campaigns.OPEN_MAX * CampaignKind.LEVELS;

    /** Merchant of the payment. */
    int merchant;

    /** The order; -1: the payment makes it. */
    int order;

    /** Somebody is named, or the order has a member: it may earn. */
    boolean hasBuyer;

    /** The payment names a buyer that is nobody yet, and makes it. */
    boolean makesMember;

    /** Currency of the payment. */
    int currency;

    /** Business day of the payment, counted from 1970. */
    int day;

    /** Which versions of the rule set may reward, as bits. */
    int eligible;

    /** Rules of risk were asked. */
    boolean isJudged;

    /** What rules of risk say of the order, see {@code RiskSignals}. */
    int verdict;

    /** How many counters will be added at most. */
    int newCounterCount;

    /** Of the version whose grants are being planned. */
    long versionMinor;

    int versionCount;

    /** Who is rewarded at each level; -1: nobody, or a buyer that is not made yet. */
    final int[] members = new int[CampaignKind.LEVELS];

    /** Their pools in the currency of the payment; -1: not open yet. */
    final int[] pools = new int[CampaignKind.LEVELS];

    private RuleSet rules;
    private final int[] places = new int[GRANTS_MAX];
    private final int[] levels = new int[GRANTS_MAX];
    private final int[] rows = new int[GRANTS_MAX];
    private final long[] amountsMinor = new long[GRANTS_MAX];
    private final long[] draws = new long[GRANTS_MAX];
    private final int[] dayCounters = new int[GRANTS_MAX];
    private final int[] memberCounters = new int[GRANTS_MAX];
    private int grantCount;
    private int versionFrom;
    private int newGrantCount;
    private long grantedMinor;

    void clear() {
        grantCount = 0;
        newGrantCount = 0;
        grantedMinor = 0;
        newCounterCount = 0;
        isJudged = false;
        verdict = 0;
        eligible = 0;
    }

    RuleSet rules() {
        return rules;
    }

    void setRules(final RuleSet newRules) {
        if (rules != newRules) { // as in Slice
            rules = newRules;
        }
    }

    /** Begins the grants of the next version. */
    void beginVersion() {
        versionFrom = grantCount;
        versionMinor = 0;
        versionCount = 0;
    }

    /** Notes where the counters of the next grant were found, -1: nowhere. */
    void noteCounters(final int dayCounter, final int memberCounter) {
        dayCounters[grantCount] = dayCounter;
        memberCounters[grantCount] = memberCounter;
    }

    /**
     * Plans a credit.
     *
     * @param row of the grant, -1: it is made
     */
    void grant(final int place, final int level, final int row, final long amountMinor, final long drawn) {
        places[grantCount] = place;
        levels[grantCount] = level;
        rows[grantCount] = row;
        amountsMinor[grantCount] = amountMinor;
        draws[grantCount] = drawn;
        grantCount++;
        newGrantCount += row < 0 ? 1 : 0;
        grantedMinor += amountMinor;
        versionMinor += amountMinor;
        versionCount += row < 0 ? 1 : 0;
    }

    int grantCount() {
        return grantCount;
    }

    int newGrantCount() {
        return newGrantCount;
    }

    CampaignVersion version(final int grant) {
        return rules.version(places[grant]);
    }

    int level(final int grant) {
        return levels[grant];
    }

    /** Returns the row of the grant, -1: it is made. */
    int row(final int grant) {
        return rows[grant];
    }

    long amountMinor(final int grant) {
        return amountsMinor[grant];
    }

    long drawn(final int grant) {
        return draws[grant];
    }

    int dayCounter(final int grant) {
        return dayCounters[grant];
    }

    int memberCounter(final int grant) {
        return memberCounters[grant];
    }

    /** Returns the sum of the credits so far. */
    long grantedMinor() {
        return grantedMinor;
    }

    /** Returns what the version being planned credits to a member so far. */
    long versionMinorOf(final int member) {
        long sumMinor = 0;
        for (int i = versionFrom; i < grantCount; i++) {
            sumMinor += members[levels[i]] == member ? amountsMinor[i] : 0;
        }
        return sumMinor;
    }

    /** Returns what a funding account pays so far. */
    long fundedMinor(final int funding) {
        long sumMinor = 0;
        for (int i = 0; i < grantCount; i++) {
            sumMinor += version(i).funding() == funding ? amountsMinor[i] : 0;
        }
        return sumMinor;
    }

    /** Returns how many pools have to be opened: one for each member that is credited and has none. */
    int newPoolCount() {
        int count = 0;
        for (int level = 0; level < CampaignKind.LEVELS; level++) {
            count += pools[level] < 0 && isCredited(level) && !isCreditedBelow(level) ? 1 : 0;
        }
        return count;
    }

    private boolean isCredited(final int level) {
        boolean isCredited = false;
        for (int i = 0; i < grantCount; i++) {
            isCredited |= levels[i] == level;
        }
        return isCredited;
    }

    private boolean isCreditedBelow(final int level) {
        boolean isCredited = false;
        for (int below = 0; below < level; below++) {
            isCredited |= members[below] == members[level] && isCredited(below);
        }
        return isCredited;
    }
}
