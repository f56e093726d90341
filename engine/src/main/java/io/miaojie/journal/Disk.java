package io.miaojie.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the journal asks of the disk. A seam: tests put a faulty or a slow disk here. */
public interface Disk {
    /** The disk of this machine. */
    Disk REAL = new Disk() {
        @Override
        public void force(final FileChannel channel) throws IOException {
            channel.force(false);
        }

        @Override
        public void forceDirectory(final Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }

        @Override
        public long usableBytes(final Path directory) {
            return directory.toFile().getUsableSpace();
        }
    };

    /** Returns once every byte of the file is on the device, or throws: then nothing is known of them any more. */
    void force(FileChannel channel) throws IOException;

    /** Returns once the names in the directory are on the device. */
    void forceDirectory(Path directory) throws IOException;

    /** Returns the bytes that can still be written. */
    long usableBytes(Path directory);
}
