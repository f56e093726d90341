package io.miaojie.support;

import io.miaojie.journal.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that keeps a record of what it is asked, says how much room it has, and fails when told. */
public final class FaultyDisk implements Disk {
    private final List<String> calls = new ArrayList<>();
    private long usableBytes = Long.MAX_VALUE;
    private int forcesLeft = Integer.MAX_VALUE;
    private Runnable onForce = () -> {};

    @Override
    public void force(final FileChannel channel) throws IOException {
        onForce.run();
        calls.add("force");
        if (forcesLeft-- <= 0) {
            throw new IOException("Input/output error");
        }
        REAL.force(channel);
    }

    @Override
    public void forceDirectory(final Path directory) throws IOException {
        calls.add("forceDirectory");
        REAL.forceDirectory(directory);
    }

    @Override
    public long usableBytes(final Path directory) {
        return usableBytes;
    }

    /** Makes every force fail after so many more. */
    public void failAfter(final int forces) {
        forcesLeft = forces;
    }

    /** Says how much can still be written. */
    public void usableBytes(final long bytes) {
        usableBytes = bytes;
    }

    /** Is called when a force begins. */
    public void onForce(final Runnable action) {
        onForce = action;
    }

    /** Returns what was asked since the last time. */
    public List<String> takeCalls() {
        final List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }
}
