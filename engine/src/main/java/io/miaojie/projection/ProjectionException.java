package io.miaojie.projection;

/** A projection that can't start or can't go on: Postgres is not what the journal says, or can't be started. */
public final class ProjectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProjectionException(final String message) {
        super(message);
    }

    public ProjectionException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
