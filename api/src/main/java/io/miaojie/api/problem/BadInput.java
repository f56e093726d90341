package io.miaojie.api.problem;

/** Input that breaks a rule of the edge. It carries no stack trace: it is an answer, not a fault. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final EdgeCode code;
    private final String pointer;

    /**
     * Makes a refusal.
     *
     * @param pointer RFC 6901 into the body, or the name of a parameter or header; null: the request as a whole
     */
    public BadInput(final EdgeCode code, final String pointer, final String detail) {
        super(detail, null, false, false);
        this.code = code;
        this.pointer = pointer;
    }

    public EdgeCode code() {
        return code;
    }

    /** Returns where, null when the request as a whole is meant. */
    public String pointer() {
        return pointer;
    }
}
