package io.miaojie.api.client;

/** The server answered and refused the request as a whole: sending it again would be refused again. */
public final class RequestRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RequestRefusedException(final String message) {
        super(message);
    }
}
