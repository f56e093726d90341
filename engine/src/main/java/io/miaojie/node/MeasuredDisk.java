package io.miaojie.node;

import io.miaojie.journal.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** A disk that tells how long each force took. Thread: any; what listens is called on the thread that forces. */
final class MeasuredDisk implements Disk {
    private final Disk disk;
    private volatile LongConsumer listener = durationNs -> {};

    MeasuredDisk(final Disk disk) {
        this.disk = disk;
    }

    /** From now on this hears the duration of each force of a file, nanoseconds. It must not wait. */
    void onForce(final LongConsumer hears) {
        listener = hears;
    }

    @Override
    public void force(final FileChannel channel) throws IOException {
        final long startNs = System.nanoTime();
        disk.force(channel);
        listener.accept(System.nanoTime() - startNs);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        disk.forceDirectory(directory);
    }

    @Override
    public long usableBytes(final Path directory) {
        return disk.usableBytes(directory);
    }
}
