package io.miaojie.journal;

/** A journal that can't be written, forced or trusted any more. The node stops on it. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(final String message) {
        super(message);
    }

    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
