package io.miaojie.api.client;

/** The server can't be reached, or the connection broke before the answer: whatever was sent may be sent again. */
public final class ServerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ServerUnavailableException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
