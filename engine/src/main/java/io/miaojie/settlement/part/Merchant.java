package io.miaojie.settlement.part;

/**
 * One merchant.
 *
 * @param utcOffsetMinutes fixed: it decides the business day
 * @param definition the command that made it
 */
public record Merchant(int index, int utcOffsetMinutes, byte[] definition) {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long DAY_MINUTES = 24 * 60;

    /** Returns the business day of a time, counted from 1970. */
    public int day(final long atNs) {
        return (int) Math.floorDiv(Math.floorDiv(atNs, MINUTE_NS) + utcOffsetMinutes, DAY_MINUTES);
    }
}
