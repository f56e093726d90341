package io.miaojie.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right of one process to a directory. Held by the operating system for the life of the process: a dead owner, even
 * one whose process id has come back, holds nothing.
 */
public final class DataDirectoryLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private DataDirectoryLock(final FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, creating it if need be.
     *
     * @throws JournalException when another process, or another part of this one, has it
     */
    public static DataDirectoryLock take(final Path directory) {
        try {
            Files.createDirectories(directory);
            final FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new JournalException("directory is in use by another process: directory=" + directory);
            }
            return new DataDirectoryLock(channel);
        } catch (final IOException e) {
            throw new JournalException("directory can't be locked: directory=" + directory, e);
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("lock can't be released", e);
        }
    }
}
