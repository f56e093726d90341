package io.miaojie.api.history;

/**
 * What a caller was told.
 *
 * @param sequence of the record that decided it; of a read, the last one that it has seen
 * @param isReplay said to be the first answer again
 * @param said what the operation came to
 */
record Answer(long sequence, boolean isReplay, Said said) {
    /**
     * What an operation comes to, as the model and the server must both say.
     *
     * @param code {@code OK} or why it was refused
     * @param withdrawable of the pool behind it; of the bank, the sum of its accounts
     * @param locked of the pool behind it
     */
    record Said(String code, long withdrawable, long locked) {
        static final String OK = "OK";

        static Said refused(final String code) {
            return new Said(code, 0, 0);
        }
    }
}
