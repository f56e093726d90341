package io.miaojie.projection;

import io.miaojie.wire.KindDescriptor;
import java.util.List;

/**
 * Limits of the projection.
 *
 * @param shard whose records are projected, 0..255
 * @param kinds names for the terms of campaigns
 * @param batch size of a transaction
 * @param retry what follows a failure
 */
public record ProjectionConfig(int shard, List<KindDescriptor> kinds, Batch batch, Retry retry) {
    /**
     * How large a transaction grows and how long it waits to grow.
     *
     * @param recordsMax most records: in a larger transaction fewer rows of pools are written for as many payments, and
     *     more is lost when it is cut
     * @param bytesMax most journal bytes, bounds the memory of a batch: a record of many firings becomes a thousand
     *     rows, about ten times as many bytes
     * @param lingerMs how long a few records wait for more: bounds the forced writes that compete with the journal's
     */
    public record Batch(int recordsMax, long bytesMax, long lingerMs) {}

    /**
     * How to go on after a failure.
     *
     * @param firstMs pause after the first failure, doubled by each further one
     * @param mostMs longest pause between two attempts
     * @param answerMaxMs how long one transaction may take before the connection counts as lost
     */
    public record Retry(long firstMs, long mostMs, long answerMaxMs) {}

    private static final int SHARD_MAX = 255;

    public ProjectionConfig {
        kinds = List.copyOf(kinds);
        if (shard < 0 || shard > SHARD_MAX) {
            throw new IllegalArgumentException("out of 0..255: shard=" + shard);
        }
    }

    /** Returns the usual limits. */
    public static ProjectionConfig of(final int shard, final List<KindDescriptor> kinds) {
        return new ProjectionConfig(shard, kinds, new Batch(32_768, 8L << 20, 20), new Retry(50, 5_000, 60_000));
    }
}
