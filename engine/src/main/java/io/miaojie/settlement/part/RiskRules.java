package io.miaojie.settlement.part;

import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import java.util.Arrays;

/**
 * What each merchant wants its orders judged by: for each signal, by its number, at most one rule of a limit, a window
 * and a verdict; and how long what is held waits for a person. A merchant that set none has none.
 *
 * <p>Units: nanoseconds.
 */
public final class RiskRules implements StatePart {
    /** Signals are numbered below this, from 1. */
    public static final int SIGNALS = 8;

    /** No rule. */
    public static final int ALLOW = 0;

    private static final int LIMIT = 0;
    private static final int WINDOW_NS = 1;
    private static final int VERDICT = 2;
    private static final int COLUMNS = 3;

    /** Where the two that are of the merchant stand: at the place of signal 0, which there is not. */
    private static final int REVIEW_NS = 0;

    private static final int RELEASES_AT_END = 1;
    private static final int WIDTH = SIGNALS * COLUMNS;

    private long[][] byMerchant = new long[16][];

    /** Returns whether a merchant has rules at all. */
    public boolean has(final int merchant) {
        return merchant >= 0 && merchant < byMerchant.length && byMerchant[merchant] != null;
    }

    /**
     * Puts an empty set of rules in the place of what there is.
     *
     * @param reviewNs how long an order is held
     * @param releasesAtEnd what nobody reviewed is released; else rejected
     */
    public void begin(final int merchant, final long reviewNs, final boolean releasesAtEnd) {
        if (merchant >= byMerchant.length) {
            byMerchant = Arrays.copyOf(byMerchant, Math.max(merchant + 1, 2 * byMerchant.length));
        }
        byMerchant[merchant] = new long[WIDTH];
        byMerchant[merchant][REVIEW_NS] = reviewNs;
        byMerchant[merchant][RELEASES_AT_END] = releasesAtEnd ? 1 : 0;
    }

    /** Forgets the rules of a merchant. */
    public void clear(final int merchant) {
        if (has(merchant)) {
            byMerchant[merchant] = null;
        }
    }

    /** Sets the rule of a signal. */
    public void set(final int merchant, final int signal, final long limit, final long windowNs, final int verdict) {
        final long[] rules = byMerchant[merchant];
        rules[signal * COLUMNS + LIMIT] = limit;
        rules[signal * COLUMNS + WINDOW_NS] = windowNs;
        rules[signal * COLUMNS + VERDICT] = verdict;
    }

    /** Returns what the rule of a signal says when it hits, {@link #ALLOW}: there is none. */
    public int verdict(final int merchant, final int signal) {
        return has(merchant) ? (int) byMerchant[merchant][signal * COLUMNS + VERDICT] : ALLOW;
    }

    public long limit(final int merchant, final int signal) {
        return byMerchant[merchant][signal * COLUMNS + LIMIT];
    }

    public long windowNs(final int merchant, final int signal) {
        return byMerchant[merchant][signal * COLUMNS + WINDOW_NS];
    }

    public long reviewNs(final int merchant) {
        return has(merchant) ? byMerchant[merchant][REVIEW_NS] : 0;
    }

    /** Returns whether what nobody reviewed is released; else it is rejected, also when the rules have gone. */
    public boolean releasesAtEnd(final int merchant) {
        return has(merchant) && byMerchant[merchant][RELEASES_AT_END] != 0;
    }

    @Override
    public void save(final StateWriter out) {
        int count = 0;
        for (final long[] rules : byMerchant) {
            count += rules == null ? 0 : 1;
        }
        out.putInt(count);
        for (int merchant = 0; merchant < byMerchant.length; merchant++) {
            if (byMerchant[merchant] != null) {
                out.putInt(merchant);
                for (final long value : byMerchant[merchant]) {
                    out.putLong(value);
                }
            }
        }
    }

    @Override
    public void load(final StateReader in) {
        for (int left = in.nextInt(); left > 0; left--) {
            final int merchant = in.nextInt();
            begin(merchant, 0, false);
            for (int i = 0; i < WIDTH; i++) {
                byMerchant[merchant][i] = in.nextLong();
            }
        }
    }
}
