package io.miaojie.settlement.part;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.wire.codec.DefinePayoutTermsCommandDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the members of a merchant may draw out in one currency, and what it costs them. Units: minor; a bound of 0 is
 * none.
 *
 * @param amountPerDayMinor of one member on one payout day
 * @param approvedUpToMinor up to this amount nobody decides
 * @param feeMinMinor least fee of a withdrawal that is not free
 * @param countPerDay of one member on one payout day
 * @param freePerDay how many of them cost no fee, from the first
 * @param cutOffMinute minute of the business day at which the next payout day begins
 * @param definition the command that defined them
 */
public record PayoutTerms(
        Range amount,
        long amountPerDayMinor,
        long approvedUpToMinor,
        Fee fee,
        int countPerDay,
        int freePerDay,
        int cutOffMinute,
        byte[] definition) {
    /** No terms were defined: every amount, as often as there is money, for nothing, once somebody approves. */
    static final PayoutTerms NONE = new PayoutTerms(new Range(0, 0), 0, 0, new Fee(0, 0, 0), 0, 0, 0, new byte[0]);

    /** From least to most of one withdrawal. */
    public record Range(long minMinor, long maxMinor) {}

    /** What is kept of a withdrawal: a rate with a least amount, and a tax at a flat rate. */
    public record Fee(long minMinor, int ppm, int taxPpm) {}

    static PayoutTerms of(final byte[] definition) {
        final DefinePayoutTermsCommandDecoder in = new DefinePayoutTermsCommandDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(definition), 0, new MessageHeaderDecoder());
        return new PayoutTerms(
                new Range(in.amountMinMinor(), in.amountMaxMinor()),
                in.amountPerDayMinor(),
                in.approvedUpToMinor(),
                new Fee(in.feeMinMinor(), in.feePpm(), in.taxPpm()),
                in.countPerDay(),
                in.freePerDay(),
                in.cutOffMinute(),
                definition);
    }

    /** Returns the payout day of a time, from 1970: the business day, begun at the cut-off of the day before. */
    public int day(final Merchant merchant, final long atNs) {
        final boolean isNext = cutOffMinute > 0 && merchant.minuteOfDay(atNs) >= cutOffMinute;
        return merchant.day(atNs) + (isNext ? 1 : 0);
    }

    /**
     * Returns the fee of one more withdrawal, rounded down.
     *
     * @param earlierCount how many the member has on this payout day already
     */
    public long feeMinor(final long amountMinor, final int earlierCount) {
        return earlierCount < freePerDay ? 0 : Math.max(fee.minMinor(), Money.share(amountMinor, fee.ppm()));
    }

    /** Returns the tax withheld, rounded down. */
    public long taxMinor(final long amountMinor) {
        return Money.share(amountMinor, fee.taxPpm());
    }
}
