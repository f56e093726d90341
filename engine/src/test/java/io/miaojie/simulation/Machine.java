package io.miaojie.simulation;

import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.support.Commands;
import io.miaojie.support.Reply;
import io.miaojie.wire.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A core with a journal and snapshots in memory, which can die and come back. */
final class Machine {
    /** Opens a live shard, or a sandbox. Made once: what makes them is of one thread. */
    static final DirectBuffer OPEN_LIVE = Commands.openShard(1, false);

    static final DirectBuffer OPEN_SANDBOX = Commands.openShard(1, true);
    static final DirectBuffer TICK = Commands.tick();

    private record Entry(long sequence, long nowNs, byte[] command, byte[] outcome) {}

    private final StateLimits limits;
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final List<Entry> journal = new ArrayList<>();
    private Settlement core;
    private byte[] snapshot;
    private int snapshotAt;
    private long nowNs;

    Machine(final StateLimits limits, final long startNs) {
        this.limits = limits;
        this.core = new Settlement(limits);
        this.nowNs = startNs;
    }

    Settlement core() {
        return core;
    }

    long nowNs() {
        return nowNs;
    }

    void passTime(final long byNs) {
        nowNs += byNs;
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
        final long sequence = journal.size() + 1L;
        final int length = core.settle(sequence, nowNs, message, 0, message.capacity(), out, 0);
        final byte[] bytes = Arrays.copyOf(out.byteArray(), Math.abs(length));
        if (length > 0) {
            final byte[] command = new byte[message.capacity()];
            message.getBytes(0, command);
            journal.add(new Entry(sequence, nowNs, command, bytes));
        }
        return new Reply(length > 0 ? sequence : 0, bytes);
    }

    /** Settles a message whose record is lost: what the core did of it dies with the process. */
    void settleInVain(final DirectBuffer message) {
        final int kept = journal.size();
        settle(message);
        while (journal.size() > kept) {
            journal.remove(kept);
        }
    }

    /** Dies and comes back; the state is what it was. */
    void crash(final CrashPoint point) {
        final String before = point == CrashPoint.BEFORE_FORCE ? null : hash();
        if (point == CrashPoint.AFTER_SNAPSHOT) {
            snapshot = saved();
            snapshotAt = journal.size();
        } else if (point == CrashPoint.WITHOUT_SNAPSHOT) {
            snapshot = null;
            snapshotAt = 0;
        }
        restore();
        if (before != null && !before.equals(hash())) {
            throw new AssertionError("state hash after " + point + ": " + hash() + " before: " + before);
        }
    }

    private void restore() {
        core = new Settlement(limits);
        if (snapshot != null) {
            final ByteBuffer source = ByteBuffer.wrap(snapshot);
            core.load((buffer, offset, length) -> {
                buffer.putBytes(offset, source, source.position(), length);
                source.position(source.position() + length);
            });
        }
        for (final Entry entry : journal.subList(snapshotAt, journal.size())) {
            settleAgain(entry);
        }
    }

    private void settleAgain(final Entry entry) {
        final UnsafeBuffer command = new UnsafeBuffer(entry.command());
        final int length = core.settle(entry.sequence(), entry.nowNs(), command, 0, command.capacity(), out, 0);
        final byte[] outcome = Arrays.copyOf(out.byteArray(), Math.abs(length));
        if (length <= 0 || !Arrays.equals(outcome, entry.outcome())) {
            throw new AssertionError("another outcome on replay: sequence=" + entry.sequence());
        }
    }

    private byte[] saved() {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        core.save((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            stream.writeBytes(bytes);
        });
        return stream.toByteArray();
    }

    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(saved()));
        } catch (final NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
