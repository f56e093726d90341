package io.miaojie.node.report;

/**
 * A line of a statement.
 *
 * @param atNs when the engine decided, to the microsecond
 * @param reason {@code GRANT}, or the command that changed the pool, as {@code bi.pool_entries} names it
 * @param orderId null: no order, or several
 * @param reference id of the campaign, payment, refund, delivery, withdrawal or adjustment; null: none
 * @param moved what changed; below zero: taken
 * @param after what was there then
 */
public record PoolEntry(
        Position position, long atNs, String reason, String orderId, String reference, Buckets moved, Buckets after) {}
