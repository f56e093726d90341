package io.miaojie.node;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Tells from how many records become durable, and from how busy the processors are, what time is left for work that
 * nobody waits for: none at all in a burst, and none for moments while processors are taken. Means over about half a
 * second, so that one stall or one batch says nothing.
 *
 * <p>Thread: one.
 */
final class Burst {
    /** Records a second that few cores settle but do not bring to Postgres as well, whatever else they do. */
    private static final double MANY_PER_S = 30_000;

    /** Records a second below which busy processors are busy with something else: no burst, however long it lasts. */
    private static final double SOME_PER_S = 5_000;

    /** Share of all processors from which on somebody waits for one. */
    private static final double BUSY_SHARE = 0.85;

    /** Share of all processors from which on none is idle for work that can wait. */
    private static final double TAKEN_SHARE = 0.6;

    /**
     * Records a second that sparing turns keep up with: rows of so few need not wait, however busy the processors are.
     */
    private static final double FEW_PER_S = 1_800;

    private static final double MEAN_OVER_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** How busy the processors are is not known before records have come for so long. */
    private static final long UNKNOWN_NS = TimeUnit.SECONDS.toNanos(1);

    private long lookedNs;

    /** More than a few records a second have come since. */
    private long manySinceNs;

    private boolean isMany;
    private long lookedSequence;
    private double perSecond;
    private double busyShare;

    Burst(final long nowNs, final long durableSequence) {
        lookedNs = nowNs;
        lookedSequence = durableSequence;
    }

    /**
     * Takes a look into account and returns whether this is a burst.
     *
     * @param busy tells the share of all processors since it was asked last, 0 to 1; less or NaN: not known, counts as
     *     idle. Asked only while there are records enough for it to matter: it reads several files
     */
    boolean look(final long nowNs, final long durableSequence, final DoubleSupplier busy) {
        final long elapsedNs = nowNs - lookedNs;
        if (elapsedNs > 0) {
            final double weight = Math.min(1, elapsedNs / MEAN_OVER_NS);
            final double nowPerSecond =
                    (double) (durableSequence - lookedSequence) * TimeUnit.SECONDS.toNanos(1) / elapsedNs;
            perSecond += weight * (nowPerSecond - perSecond);
            final double nowBusy = Math.max(nowPerSecond, perSecond) > FEW_PER_S ? busy.getAsDouble() : 0;
            busyShare += weight * ((nowBusy > 0 ? nowBusy : 0) - busyShare);
            lookedNs = nowNs;
            lookedSequence = durableSequence;
            if (isMany ? perSecond < FEW_PER_S / 2 : perSecond > FEW_PER_S) {
                isMany = !isMany;
                manySinceNs = nowNs;
            }
        }
        return perSecond > MANY_PER_S || perSecond > SOME_PER_S && busyShare > BUSY_SHARE;
    }

    /**
     * Tells whether processors are busy while records come, too busy for work that can wait. Where many have begun to
     * come they are taken to be, until the mean tells: else the first callers of a peak would wait behind that work.
     */
    boolean isTaken() {
        return busyShare > TAKEN_SHARE || isMany && lookedNs - manySinceNs < UNKNOWN_NS;
    }

    /** Returns how many records have become durable a second of late. */
    double perSecond() {
        return perSecond;
    }
}
