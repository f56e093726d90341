package io.miaojie.settlement;

/**
 * The bounds of the core's tables, as counts. A full table refuses with its {@code ..._FULL} code and remembers
 * nothing. Indexes are sized for the maximum at once, so that none is ever rebuilt; rows are allocated in slabs as they
 * are used.
 *
 * @param membersMax members of all merchants
 * @param poolsMax reward pools (member and currency) and funding accounts
 * @param ordersMax orders
 * @param grantsMax grants
 * @param keysMax remembered ids (idempotency keys)
 * @param merchantsMax merchants
 * @param apiKeysMax API keys, revoked ones included
 * @param campaignsMax campaign versions
 * @param countersMax budget counters (campaign and day, campaign and member)
 */
public record StateLimits(
        int membersMax,
        int poolsMax,
        int ordersMax,
        int grantsMax,
        int keysMax,
        int merchantsMax,
        int apiKeysMax,
        int campaignsMax,
        int countersMax) {
    /** Fits a default JVM on 8 GB: about 1 GB of state when full. */
    public static StateLimits defaults() {
        return new StateLimits(
                1_000_000, 1_200_000, 5_000_000, 10_000_000, 6_000_000, 1_000, 10_000, 20_000, 2_000_000);
    }
}
