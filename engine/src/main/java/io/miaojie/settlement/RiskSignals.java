package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.part.RiskRules;
import io.miaojie.settlement.part.Sightings;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RiskSignal;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the rules of a merchant say of a payment or a payout, by what was seen before. {@link #judge} changes nothing;
 * {@link #see} notes what was judged once it is taken.
 *
 * <p>Allocates: nothing.
 */
final class RiskSignals {
    /** Payments of a referrer's members below which refunds say nothing. */
    static final int REFUNDS_PAYMENTS_MIN = 10;

    private static final int HASH_LENGTH = 16;
    private static final int SIGNAL_LENGTH = 1 + HASH_LENGTH;
    private static final int SIGNALS_MAX = 2;
    private static final int PPM = 1_000_000;
    private static final int PAYMENTS = 0;
    private static final int REFUNDS = 1;

    private static final ResultCode[] CODES = {
        ResultCode.OK,
        ResultCode.DEVICE_SHARED,
        ResultCode.ADDRESS_SHARED,
        ResultCode.PAYOUT_SHARED,
        ResultCode.REFERRER_SHARES,
        ResultCode.REFERRAL_RING,
        ResultCode.REFUNDS_HIGH
    };

    private final RiskRules rules;
    private final Sightings sightings;
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[Sightings.SUBJECT_MAX]);
    private final Slice subject = new Slice();
    private int merchant;
    private int verdict;
    private int signal;

    RiskSignals(final State state) {
        this.rules = state.riskRules();
        this.sightings = state.sightings();
    }

    /** Judges a payment whose buyer and parents are known. */
    void judge(final PaymentPlan plan, final Slice signals, final long nowNs) {
        begin(plan.merchant);
        if (!rules.has(merchant)) {
            return;
        }
        for (int i = 0; i < count(signals); i++) {
            judgeSignal(plan, signals, i * SIGNAL_LENGTH, nowNs);
        }
        if (hasRule(RiskSignal.REFUNDS) && plan.members[1] >= 0) {
            judgeRefunds(plan.members[1]);
        }
    }

    /** Notes what a payment was sent from, and that it was, of a buyer who exists. */
    void see(final PaymentPlan plan, final Slice signals, final long nowNs) {
        final int buyer = plan.members[CampaignKind.BUYER];
        if (!rules.has(plan.merchant) || buyer < 0) {
            return;
        }
        merchant = plan.merchant;
        for (int i = 0; i < count(signals); i++) {
            final int at = i * SIGNAL_LENGTH;
            seeMember(type(signals, at), buyer, nowNs, signals, at, -1);
            seeMember(RiskSignal.SELF_REFERRAL.value(), buyer, nowNs, signals, at, -1);
            if (plan.members[1] >= 0) {
                seeMember(RiskSignal.RING.value(), buyer, nowNs, signals, at, plan.members[1]);
            }
        }
        if (hasRule(RiskSignal.REFUNDS) && plan.members[1] >= 0) {
            sightings.raise(merchant, ofReferrer(plan.members[1]), 1, 0);
        }
    }

    /** Notes that an order of this referrer's members was refunded for the first time. */
    void seeRefund(final int ofMerchant, final int referrer) {
        merchant = ofMerchant;
        if (hasRule(RiskSignal.REFUNDS) && referrer >= 0) {
            sightings.raise(merchant, ofReferrer(referrer), 0, 1);
        }
    }

    /** Judges a payout to this account, a reference of the caller's; none: nothing is said. */
    void judgePayout(final int ofMerchant, final Slice payee, final int member, final long nowNs) {
        begin(ofMerchant);
        if (hasRule(RiskSignal.PAYOUT) && isSubject(payee)) {
            count(RiskSignal.PAYOUT.value(), ofPayee(payee), member, nowNs);
        }
    }

    /** Notes a payout that was requested. */
    void seePayout(final int ofMerchant, final Slice payee, final int member, final long nowNs) {
        merchant = ofMerchant;
        if (hasRule(RiskSignal.PAYOUT) && isSubject(payee)) {
            final long windowNs = rules.windowNs(merchant, RiskSignal.PAYOUT.value());
            sightings.see(merchant, ofPayee(payee), member, windowNs, nowNs);
        }
    }

    /** Returns what was judged last: a number of {@code RiskVerdict}, {@link RiskRules#ALLOW}: no rule has hit. */
    int verdict() {
        return verdict;
    }

    /** Returns why. */
    ResultCode code() {
        return CODES[signal];
    }

    private void begin(final int ofMerchant) {
        merchant = ofMerchant;
        verdict = RiskRules.ALLOW;
        signal = 0;
    }

    private void judgeSignal(final PaymentPlan plan, final Slice signals, final int at, final long nowNs) {
        final int buyer = plan.members[CampaignKind.BUYER];
        final int type = type(signals, at);
        if (rules.verdict(merchant, type) != RiskRules.ALLOW) {
            count(type, ofSignal(type, signals, at, -1), buyer, nowNs);
        }
        if (hasRule(RiskSignal.SELF_REFERRAL)
                && (isSeen(plan, 1, signals, at, nowNs) || isSeen(plan, 2, signals, at, nowNs))) {
            hit(RiskSignal.SELF_REFERRAL.value());
        }
        if (hasRule(RiskSignal.RING) && plan.members[1] >= 0) {
            final int ring = RiskSignal.RING.value();
            count(ring, ofSignal(ring, signals, at, plan.members[1]), buyer, nowNs);
        }
    }

    private void judgeRefunds(final int referrer) {
        final long payments = sightings.register(merchant, ofReferrer(referrer), PAYMENTS);
        final long refunds = sightings.register(merchant, ofReferrer(referrer), REFUNDS);
        final long limitPpm = rules.limit(merchant, RiskSignal.REFUNDS.value());
        if (payments >= REFUNDS_PAYMENTS_MIN && refunds * PPM > limitPpm * payments) {
            hit(RiskSignal.REFUNDS.value());
        }
    }

    private void count(final int ofSignal, final Slice ofSubject, final int member, final long nowNs) {
        final long windowNs = rules.windowNs(merchant, ofSignal);
        if (sightings.count(merchant, ofSubject, member, windowNs, nowNs) > rules.limit(merchant, ofSignal)) {
            hit(ofSignal);
        }
    }

    /** The stricter verdict stands; of two that are alike, that of the signal with the lower number. */
    private void hit(final int ofSignal) {
        final int said = rules.verdict(merchant, ofSignal);
        if (said > verdict || said == verdict && ofSignal < signal) {
            verdict = said;
            signal = ofSignal;
        }
    }

    private boolean isSeen(
            final PaymentPlan plan, final int level, final Slice signals, final int at, final long nowNs) {
        final int self = RiskSignal.SELF_REFERRAL.value();
        final int parent = plan.members[level];
        return parent >= 0
                && parent != plan.members[CampaignKind.BUYER]
                && sightings.has(
                        merchant, ofSignal(self, signals, at, -1), parent, rules.windowNs(merchant, self), nowNs);
    }

    private void seeMember(
            final int ofSignal,
            final int member,
            final long nowNs,
            final Slice signals,
            final int at,
            final int referrer) {
        if (rules.verdict(merchant, ofSignal) != RiskRules.ALLOW) {
            final long windowNs = rules.windowNs(merchant, ofSignal);
            sightings.see(merchant, ofSignal(ofSignal, signals, at, referrer), member, windowNs, nowNs);
        }
    }

    private boolean hasRule(final RiskSignal of) {
        return rules.verdict(merchant, of.value()) != RiskRules.ALLOW;
    }

    private static int count(final Slice signals) {
        return Math.min(SIGNALS_MAX, signals.length() / SIGNAL_LENGTH);
    }

    /** Returns the signal at this place; what a payment can't bring is none, 0, which has no rule. */
    private static int type(final Slice signals, final int at) {
        final int type = signals.buffer().getByte(signals.offset() + at);
        return type == RiskSignal.DEVICE.value() || type == RiskSignal.ADDRESS.value() ? type : 0;
    }

    private Slice ofSignal(final int ofSignal, final Slice signals, final int at, final int referrer) {
        bytes.putByte(0, (byte) ofSignal);
        bytes.putInt(1, referrer);
        bytes.putBytes(1 + Integer.BYTES, signals.buffer(), signals.offset() + at, SIGNAL_LENGTH);
        return subject.wrap(bytes, 0, 1 + Integer.BYTES + SIGNAL_LENGTH);
    }

    private Slice ofReferrer(final int referrer) {
        bytes.putByte(0, (byte) RiskSignal.REFUNDS.value());
        bytes.putInt(1, referrer);
        return subject.wrap(bytes, 0, 1 + Integer.BYTES);
    }

    private static boolean isSubject(final Slice payee) {
        return !payee.isEmpty() && payee.length() < Sightings.SUBJECT_MAX;
    }

    private Slice ofPayee(final Slice payee) {
        bytes.putByte(0, (byte) RiskSignal.PAYOUT.value());
        bytes.putBytes(1, payee.buffer(), payee.offset(), payee.length());
        return subject.wrap(bytes, 0, 1 + payee.length());
    }
}
