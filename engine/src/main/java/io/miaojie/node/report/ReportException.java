package io.miaojie.node.report;

/** Why there is no report now; asking again later may help. */
public final class ReportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Postgres has not come as far as the window asks. */
        PROJECTION_LAGGING,
        /** Postgres does not answer. */
        POSTGRES_UNAVAILABLE
    }

    private final Reason reason;

    ReportException(final Reason reason, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
