package io.miaojie.settlement.part;

import io.miaojie.settlement.state.SparseColumn;
import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.Map;
import java.util.TreeMap;

/**
 * The payout terms of each merchant and currency, and what each pool drew out on its newest payout day. Bounds: one
 * definition for each merchant and currency, two longs for each pool that ever drew out.
 */
public final class Payouts implements StatePart {
    private static final int CURRENCY_BITS = 16;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    private final Map<Long, PayoutTerms> terms = new TreeMap<>();

    /** Payout day in the high half, how many withdrawals count for it in the low. */
    private final SparseColumn dayCounts = new SparseColumn();

    private final SparseColumn amounts = new SparseColumn();

    /** Puts the terms of a {@code DefinePayoutTermsCommand}, header included, in place of those before. */
    public void define(final int merchant, final int currency, final byte[] definition) {
        terms.put(key(merchant, currency), PayoutTerms.of(definition));
    }

    /** Returns the terms that hold, which ask for nothing when none were defined. */
    public PayoutTerms terms(final int merchant, final int currency) {
        return terms.getOrDefault(key(merchant, currency), PayoutTerms.NONE);
    }

    /**
     * Returns the payout day that a withdrawal of now counts for. It never goes back, so that a cut-off that is moved
     * opens no day anew.
     */
    public int day(final PayoutTerms terms, final Merchant merchant, final int pool, final long nowNs) {
        return Math.max(newestDay(pool), terms.day(merchant, nowNs));
    }

    /** Returns how many withdrawals of the pool count for this payout day. */
    public int count(final int pool, final int day) {
        return isOf(pool, day) ? (int) (dayCounts.get(pool) & LOW_HALF) : 0;
    }

    /** Returns what the withdrawals of the pool that count for this payout day amount to. */
    public long amountMinor(final int pool, final int day) {
        return isOf(pool, day) ? amounts.get(pool) : 0;
    }

    /** Counts one more withdrawal. Time goes on: of the days before nothing is kept. */
    public void count(final int pool, final int day, final long amountMinor) {
        final int count = count(pool, day);
        amounts.set(pool, amountMinor(pool, day) + amountMinor);
        dayCounts.set(pool, (long) day << Integer.SIZE | count + 1);
    }

    /** A withdrawal that ended without being paid counts no more. */
    public void giveBack(final Withdrawals withdrawals, final int withdrawal) {
        final int pool = withdrawals.pool(withdrawal);
        if (count(pool, withdrawals.day(withdrawal)) > 0) {
            dayCounts.set(pool, dayCounts.get(pool) - 1);
            amounts.set(pool, amounts.get(pool) - withdrawals.amountMinor(withdrawal));
        }
    }

    @Override
    public void save(final StateWriter out) {
        out.putInt(terms.size());
        terms.forEach((key, of) -> {
            out.putLong(key);
            out.putBytes(of.definition());
        });
        dayCounts.save(out);
        amounts.save(out);
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            final long key = in.nextLong();
            terms.put(key, PayoutTerms.of(in.nextBytes()));
        }
        dayCounts.load(in);
        amounts.load(in);
    }

    private boolean isOf(final int pool, final int day) {
        return newestDay(pool) == day;
    }

    private int newestDay(final int pool) {
        return (int) (dayCounts.get(pool) >> Integer.SIZE);
    }

    private static long key(final int merchant, final int currency) {
        return (long) merchant << CURRENCY_BITS | currency;
    }
}
