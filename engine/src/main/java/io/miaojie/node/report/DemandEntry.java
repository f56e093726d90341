package io.miaojie.node.report;

/**
 * What was booked of a presale within an hour, through a channel, in a region.
 *
 * @param hourNs when the hour begins, epoch nanoseconds
 * @param channel of the orders, null: none was said
 * @param region of the orders' metadata, null: none was said
 * @param placed bookings that were placed
 * @param booked of them, those that have paid and not gone back
 * @param pieces that these are about
 * @param depositsMinor deposits of these
 */
public record DemandEntry(
        Position position,
        long hourNs,
        String channel,
        String region,
        long placed,
        long booked,
        long pieces,
        long depositsMinor,
        String currency) {}
