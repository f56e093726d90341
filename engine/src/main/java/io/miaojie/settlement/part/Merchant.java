package io.miaojie.settlement.part;

import io.miaojie.wire.codec.BindingMode;

/**
 * One merchant.
 *
 * @param utcOffsetMinutes fixed: it decides the business day
 * @param bindingMode how its members get a parent
 * @param bindingDays how long a binding holds in mode {@code WINDOW}; else 0
 * @param rewardCapPpm most of a line's base that all grants by rates together take
 * @param definition the command that made it
 */
public record Merchant(
        int index,
        int utcOffsetMinutes,
        BindingMode bindingMode,
        int bindingDays,
        int rewardCapPpm,
        byte[] definition) {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long DAY_MINUTES = 24 * 60;
    private static final long DAY_NS = DAY_MINUTES * MINUTE_NS;

    /** Returns the business day of a time, counted from 1970. */
    public int day(final long atNs) {
        return (int) Math.floorDiv(Math.floorDiv(atNs, MINUTE_NS) + utcOffsetMinutes, DAY_MINUTES);
    }

    /** Returns the minute of the business day of a time, from 0. */
    public int minuteOfDay(final long atNs) {
        return (int) Math.floorMod(Math.floorDiv(atNs, MINUTE_NS) + utcOffsetMinutes, DAY_MINUTES);
    }

    /** Returns until when a binding of this time holds, exclusive; 0: for ever. */
    public long boundUntilNs(final long atNs) {
        final long daysNs = bindingDays * DAY_NS;
        return bindingDays == 0 || atNs > Long.MAX_VALUE - daysNs ? 0 : atNs + daysNs;
    }
}
