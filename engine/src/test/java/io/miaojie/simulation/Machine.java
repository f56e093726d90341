package io.miaojie.simulation;

import io.miaojie.journal.Disk;
import io.miaojie.journal.Recovery;
import io.miaojie.journal.Replay;
import io.miaojie.journal.Snapshot;
import io.miaojie.journal.SnapshotException;
import io.miaojie.journal.SnapshotStore;
import io.miaojie.journal.StateHash;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.support.Commands;
import io.miaojie.support.MemoryJournal;
import io.miaojie.support.Reply;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A core with a journal in memory, the snapshots and the recovery of the real node, and a clock set by hand. It can die
 * and come back.
 */
final class Machine implements AutoCloseable {
    /** Opens a live shard, or a sandbox. Made once: what makes them is of one thread. */
    static final DirectBuffer OPEN_LIVE = Commands.openShard(1, false);

    static final DirectBuffer OPEN_SANDBOX = Commands.openShard(1, true);
    static final DirectBuffer TICK = Commands.tick();

    /** What is lost with the power is another harness's matter: here nothing waits for a device. */
    private static final Disk UNFORCED = new Disk() {
        @Override
        public void force(final FileChannel channel) {}

        @Override
        public void forceDirectory(final Path directory) {}

        @Override
        public long usableBytes(final Path directory) {
            return Long.MAX_VALUE;
        }
    };

    private final StateLimits limits;
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordLayout.RECORD_LENGTH_MAX]);
    private final MemoryJournal journal = new MemoryJournal();

    /** Made with the first snapshot; null: there is none. */
    private Path directory;

    private SnapshotStore snapshots;
    private Settlement core;
    private long unforced;
    private long wallNs;
    private long nowNs;

    Machine(final StateLimits limits, final long startNs) {
        this.limits = limits;
        this.core = new Settlement(limits);
        this.nowNs = startNs;
        this.wallNs = startNs;
    }

    Settlement core() {
        return core;
    }

    /** Returns engine time: the machine's clock, never below the time before. */
    long nowNs() {
        return nowNs;
    }

    void passTime(final long byNs) {
        wallNs += byNs;
        nowNs = Math.max(nowNs, wallNs);
    }

    /** Sets the machine's clock back; engine time stands until it gets there again. */
    void setBack(final long byNs) {
        wallNs -= byNs;
    }

    /** A command moves engine time, and it goes on from there. */
    void moveTo(final long toNs) {
        wallNs = toNs;
        nowNs = toNs;
    }

    /** Tells whether a timer is due. */
    boolean isDue() {
        return core.nextDeadlineNs() <= nowNs;
    }

    Reply tick() {
        return settle(TICK);
    }

    /** Settles a message; what gets a sequence is in the journal from then on. */
    Reply settle(final DirectBuffer message) {
        final Reply reply = settleUnforced(message);
        if (reply.isJournaled()) {
            journal.append(record, 0, RecordLayout.length(record, 0));
            journal.commit();
        }
        return reply;
    }

    /** Settles a message whose record is lost: what the core did of it dies with the process, which must follow. */
    void settleInVain(final DirectBuffer message) {
        unforced += settleUnforced(message).isJournaled() ? 1 : 0;
    }

    /**
     * Lets more come at once than the ring of the node has room for; what was not forced must be followed by a death.
     */
    FullRing.Burst burst(final List<? extends DirectBuffer> messages, final boolean isForced) {
        return new FullRing(journal, core).submit(messages, nowNs, isForced);
    }

    MemoryJournal journal() {
        return journal;
    }

    private Reply settleUnforced(final DirectBuffer message) {
        final long sequence = journal.durableSequence() + unforced + 1;
        final int commandLength = message.capacity();
        final int outcomeAt = RecordLayout.HEADER_LENGTH + commandLength;
        record.putBytes(RecordLayout.HEADER_LENGTH, message, 0, commandLength);
        final int length = core.settle(sequence, nowNs, message, 0, commandLength, record, outcomeAt);
        if (length > 0) {
            RecordLayout.putHeader(record, 0, commandLength, length, 1, sequence, nowNs);
        }
        return new Reply(
                length > 0 ? sequence : 0,
                Arrays.copyOfRange(record.byteArray(), outcomeAt, outcomeAt + Math.abs(length)));
    }

    /** Dies and comes back; the state is what it was. */
    void crash(final CrashPoint point, final Random random) {
        final String before = point == CrashPoint.BEFORE_FORCE ? null : hash();
        switch (point) {
            case AFTER_SNAPSHOT -> takeSnapshot(() -> true);
            case DURING_SNAPSHOT -> takeSnapshot(() -> false);
            case DAMAGED_SNAPSHOT -> {
                takeSnapshot(() -> true);
                damage(snapshots.newest().orElseThrow(), random);
            }
            case WITHOUT_SNAPSHOT -> close();
            case AFTER_FORCE, BEFORE_FORCE -> {
                // All that is forced is there, and nothing else.
            }
        }
        final String after = recover();
        if (before != null && !before.equals(after)) {
            throw new AssertionError("state hash after " + point + ": " + after + " before: " + before);
        }
    }

    private void takeSnapshot(final BooleanSupplier goesOn) {
        final long last = journal.durableSequence();
        final UnsafeBuffer lastRecord = journal.record(last);
        makeStore();
        try {
            snapshots.write(core, last, RecordLayout.crc(lastRecord, 0), RecordLayout.nowNs(lastRecord, 0), goesOn);
        } catch (final SnapshotException givenUp) {
            if (goesOn.getAsBoolean()) {
                throw givenUp;
            }
        }
    }

    private void makeStore() {
        if (snapshots != null) {
            return;
        }
        try {
            directory = Files.createTempDirectory("miaojie-simulation-");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        snapshots = new SnapshotStore(directory, UNFORCED);
    }

    private static void damage(final Snapshot snapshot, final Random random) {
        try {
            final byte[] bytes = Files.readAllBytes(snapshot.file());
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(snapshot.file(), bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String recover() {
        core = new Settlement(limits);
        unforced = 0;
        final Recovery recovery = snapshots == null
                ? Replay.until(core, journal::reader, Long.MAX_VALUE)
                : Replay.recover(core, snapshots, journal::reader);
        return recovery.stateHash();
    }

    String hash() {
        return StateHash.of(core);
    }

    /** Forgets every snapshot. */
    @Override
    public void close() {
        if (snapshots != null) {
            IoUtil.delete(directory.toFile(), true);
            snapshots = null;
        }
    }
}
