package io.miaojie.benchmarks.rig;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A plan whose rate follows the counts of recorded steps, scaled to a peak. */
final class ShapedPlan implements Plan {
    /** First request of each step; one more at the end. */
    private final int[] firsts;

    private final double stepNs;

    ShapedPlan(final long[] shape, final int peakPerSecond, final int seconds) {
        final long peak = Arrays.stream(shape).max().orElseThrow();
        this.stepNs = (double) TimeUnit.SECONDS.toNanos(seconds) / shape.length;
        this.firsts = new int[shape.length + 1];
        double sum = 0;
        for (int i = 0; i < shape.length; i++) {
            sum += (double) peakPerSecond * seconds / shape.length * shape[i] / peak;
            firsts[i + 1] = (int) sum;
        }
    }

    @Override
    public int count() {
        return firsts[firsts.length - 1];
    }

    @Override
    public long offsetNs(final int request) {
        final int found = Arrays.binarySearch(firsts, request);
        int step = found >= 0 ? found : -found - 2;
        while (firsts[step + 1] == firsts[step]) {
            step++;
        }
        final double within = (double) (request - firsts[step]) / (firsts[step + 1] - firsts[step]);
        return (long) ((step + within) * stepNs);
    }
}
