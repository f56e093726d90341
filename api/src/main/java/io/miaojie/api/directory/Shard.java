package io.miaojie.api.directory;

/**
 * What the data directory is, for ever: the first record of the shard.
 *
 * @param digestKeyHigh key of the idempotency digest
 */
public record Shard(int number, boolean isSandbox, boolean clockFollowsEvents, long digestKeyHigh, long digestKeyLow) {}
