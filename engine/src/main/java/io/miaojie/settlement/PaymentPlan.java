package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.RuleSet;
import java.util.Arrays;

/** What one payment will do, decided before anything is done: a struct that is filled, carried out and reused. */
final class PaymentPlan {
    private static final int GRANTS_MAX = Campaigns.OPEN_MAX * CampaignKind.LEVELS;

    /** One credit that is planned. */
    static final class Credit {
        /** Of its version in the rule set. */
        int place;

        /** Whose grant it is. */
        int level;

        /** Of the grant, -1: it is made. */
        int row;

        long amountMinor;

        /** What random terms drew, 0: they drew nothing. */
        long drawn;

        /** Where the campaign's counter of the day was found, -1: nowhere. */
        int dayCounter;

        /** Where the campaign's counter of the member was found, -1: nowhere. */
        int memberCounter;
    }

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
    private final Credit[] credits = new Credit[GRANTS_MAX];
    private int grantCount;
    private int versionFrom;
    private int newGrantCount;

    /** Levels that are credited, as bits. */
    private int creditedLevels;

    private long grantedMinor;

    PaymentPlan() {
        Arrays.setAll(credits, i -> new Credit());
    }

    void clear() {
        grantCount = 0;
        newGrantCount = 0;
        creditedLevels = 0;
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

    /** Notes where the counters of the next credit were found, -1: nowhere. */
    void noteCounters(final int dayCounter, final int memberCounter) {
        credits[grantCount].dayCounter = dayCounter;
        credits[grantCount].memberCounter = memberCounter;
    }

    /**
     * Plans a credit.
     *
     * @param row of the grant, -1: it is made
     */
    void grant(final int place, final int level, final int row, final long amountMinor, final long drawn) {
        final Credit credit = credits[grantCount];
        credit.place = place;
        credit.level = level;
        credit.row = row;
        credit.amountMinor = amountMinor;
        credit.drawn = drawn;
        grantCount++;
        creditedLevels |= 1 << level;
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

    /** Returns a planned credit, to be read. */
    Credit credit(final int index) {
        return credits[index];
    }

    CampaignVersion version(final Credit credit) {
        return rules.version(credit.place);
    }

    /** Returns the sum of the credits so far. */
    long grantedMinor() {
        return grantedMinor;
    }

    /** Returns what the version being planned credits to a member so far. */
    long versionMinorOf(final int member) {
        long sumMinor = 0;
        for (int i = versionFrom; i < grantCount; i++) {
            sumMinor += members[credits[i].level] == member ? credits[i].amountMinor : 0;
        }
        return sumMinor;
    }

    /** Returns what a funding account pays so far. */
    long fundedMinor(final int funding) {
        long sumMinor = 0;
        for (int i = 0; i < grantCount; i++) {
            sumMinor += version(credits[i]).funding() == funding ? credits[i].amountMinor : 0;
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
        return (creditedLevels & 1 << level) != 0;
    }

    private boolean isCreditedBelow(final int level) {
        boolean isCredited = false;
        for (int below = 0; below < level; below++) {
            isCredited |= members[below] == members[level] && isCredited(below);
        }
        return isCredited;
    }
}
