package io.miaojie.ring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/** The message that the core threw on, saved as {@code poison-<sequence>} for whoever has to find out why. */
final class PoisonFile {
    private PoisonFile() {}

    /** Saves the bytes; a failure to do so is added to the fault and does not hide it. */
    static void save(
            final Path directory,
            final long sequence,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Throwable fault) {
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        try {
            Files.write(directory.resolve("poison-" + sequence), message);
        } catch (IOException e) {
            fault.addSuppressed(new UncheckedIOException("poison message not saved: sequence=" + sequence, e));
        }
    }
}
