package io.miaojie.api.edge;

/**
 * How often one address may present a key that there is not. Secrets made here have 256 bits and can't be guessed; the
 * node's own key may be a word of the operator's.
 *
 * @param attemptsMax wrong keys in a row that are answered 401: a shop whose key was replaced needs a few
 * @param attemptMs after which one more is: ten a minute
 * @param addressesMax addresses remembered by one event loop, some 100 bytes each; the one that was quiet longest goes
 */
public record GuessLimits(int attemptsMax, long attemptMs, int addressesMax) {
    public static GuessLimits defaults() {
        return new GuessLimits(20, 6_000, 10_000);
    }
}
