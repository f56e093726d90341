package io.miaojie.journal;

/** A snapshot that can't be written, or looked for: the disk is at fault, and those before stay. */
public final class SnapshotException extends JournalException {
    private static final long serialVersionUID = 1L;

    SnapshotException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
