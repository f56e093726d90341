package io.miaojie.node.report;

/**
 * Payout terms as they were defined; those with the greatest sequence hold for their currency. Units: minor.
 *
 * @param amount bounds of one withdrawal and of a member's payout day; null: none
 * @param feePpm with a least amount, for all but the first of a day
 * @param countPerDay null: any number
 * @param actor null: not said
 */
public record PayoutTermsEntry(
        Position position,
        String id,
        String currency,
        Bounds amount,
        long approvedUpToMinor,
        int feePpm,
        long feeMinMinor,
        int freePerDay,
        int taxPpm,
        Integer countPerDay,
        int cutOffMinute,
        String actor,
        long definedAtNs) {
    /** Least and most of a withdrawal, most of a day; null: none. */
    public record Bounds(Long minMinor, Long maxMinor, Long perDayMinor) {}
}
