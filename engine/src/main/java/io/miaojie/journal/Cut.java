package io.miaojie.journal;

import java.nio.file.Path;

/**
 * A tail that nobody was answered for and that is left out for ever.
 *
 * @param file the cycle file it is in; the file is left as it is
 * @param position byte at which the unreadable part begins
 * @param bytes from there to the last byte that was written
 * @param reason what was found there
 */
public record Cut(Path file, long position, long bytes, String reason) {}
