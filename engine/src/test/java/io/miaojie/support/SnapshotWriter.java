package io.miaojie.support;

import io.miaojie.journal.SnapshotStore;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A process that writes one large snapshot after the other and says which it has written, until it is killed. */
public final class SnapshotWriter {
    /** Long enough to write that a kill falls into it. */
    public static final int STATE_BYTES = 32 << 20;

    private SnapshotWriter() {}

    /** Takes the directory, and the record behind which it goes on. */
    public static void main(final String[] arguments) {
        final SnapshotStore snapshots = new SnapshotStore(Path.of(arguments[0]));
        final EchoCore core = new EchoCore(STATE_BYTES);
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
        for (long sequence = Long.parseLong(arguments[1]) + 1; ; sequence++) {
            core.settle(sequence, sequence, bytes, 0, 8, bytes, 8);
            snapshots.write(core, sequence, (int) sequence, sequence, () -> true);
            System.out.println(sequence);
        }
    }
}
