package io.miaojie.simulation;

/** A request that the rules forbid: thrown before anything has changed. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Refusal(final String code) {
        super(code, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }

    static void when(final boolean holds, final String code) {
        if (holds) {
            throw new Refusal(code);
        }
    }
}
