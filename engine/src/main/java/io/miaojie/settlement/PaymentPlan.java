package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.PaymentStatus;

/** What one payment will do, decided before anything is done: a struct that is filled, carried out and reused. */
final class PaymentPlan {
    private static final int SKIPS_MAX = Campaigns.OPEN_MAX + 2;

    /** Merchant of the payment. */
    int merchant;

    /** The order; -1: the payment makes it. */
    int order;

    /** The member that is named; -1: none, or not yet known. */
    int member;

    /** The member's pool in the currency of the payment; -1: not yet open. */
    int pool;

    /** The payment counts for its member: captured, named, and nobody else's order. */
    boolean isOfMember;

    /** Business day of the payment, counted from 1970. */
    int day;

    int newCounterCount;

    private PaymentStatus status;
    private final Campaign[] grantCampaigns = new Campaign[Campaigns.OPEN_MAX];
    private final long[] grantsMinor = new long[Campaigns.OPEN_MAX];
    private final int[] dayCounters = new int[Campaigns.OPEN_MAX];
    private final int[] memberCounters = new int[Campaigns.OPEN_MAX];
    private final int[] skipVersions = new int[SKIPS_MAX];
    private final int[] skipCodes = new int[SKIPS_MAX];
    private int grantCount;
    private int skipCount;
    private long grantedMinor;

    void clear() {
        grantCount = 0;
        skipCount = 0;
        grantedMinor = 0;
        newCounterCount = 0;
        isOfMember = false;
    }

    /** Notes where the counters of the next grant were found, -1: nowhere. */
    void noteCounters(final int dayCounter, final int memberCounter) {
        dayCounters[grantCount] = dayCounter;
        memberCounters[grantCount] = memberCounter;
    }

    void grant(final Campaign campaign, final long amountMinor) {
        if (grantCampaigns[grantCount] != campaign) { // as in Slice
            grantCampaigns[grantCount] = campaign;
        }
        grantsMinor[grantCount] = amountMinor;
        grantCount++;
        grantedMinor += amountMinor;
    }

    /** Notes why one campaign grants nothing. */
    void skip(final Campaign campaign, final int code) {
        skip(campaign.current().index(), code);
    }

    /** Notes what is wrong with the payment as a whole. */
    void skipAll(final ResultCode code) {
        skip(-1, code.number());
    }

    PaymentStatus status() {
        return status;
    }

    void setStatus(final PaymentStatus newStatus) {
        if (status != newStatus) { // as in Slice
            status = newStatus;
        }
    }

    int grantCount() {
        return grantCount;
    }

    Campaign grantCampaign(final int grant) {
        return grantCampaigns[grant];
    }

    long grantMinor(final int grant) {
        return grantsMinor[grant];
    }

    int dayCounter(final int grant) {
        return dayCounters[grant];
    }

    int memberCounter(final int grant) {
        return memberCounters[grant];
    }

    /** Returns the sum of the grants so far. */
    long grantedMinor() {
        return grantedMinor;
    }

    int skipCount() {
        return skipCount;
    }

    /** Returns the campaign version that was skipped, -1: the whole payment. */
    int skipVersion(final int skip) {
        return skipVersions[skip];
    }

    int skipCode(final int skip) {
        return skipCodes[skip];
    }

    boolean makesOrder() {
        return order < 0;
    }

    boolean makesMember() {
        return isOfMember && member < 0;
    }

    boolean makesPool() {
        return grantCount > 0 && pool < 0;
    }

    private void skip(final int version, final int code) {
        skipVersions[skipCount] = version;
        skipCodes[skipCount] = code;
        skipCount++;
    }
}
