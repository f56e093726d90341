package io.miaojie.support;

import io.miaojie.settlement.PeopleLimits;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import io.miaojie.settlement.campaign.CampaignKind;
import io.miaojie.settlement.kind.CampaignKinds;
import io.miaojie.wire.RecordLayout;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Runs a core as a host would: counts sequences, moves the time, keeps it single-threaded. */
public final class CoreRunner {
    /** 2026-01-01T00:00:00Z. */
    public static final long START_NS = 1_767_225_600_000_000_000L;

    /** Bounds that hold what a test does and are cheap to allocate. */
    public static final StateLimits SMALL =
            new StateLimits(1_000, 1_000, 2_000, 5_000, 5_000, 20, 100, 200, 1_000, PeopleLimits.of(1_000));

    /** Hears of what a host would journal. */
    public interface RecordListener {
        void onRecord(long sequence, long nowNs, DirectBuffer command, byte[] outcome);
    }

    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final List<CampaignKind> kinds;
    private Settlement core;
    private long sequence;
    private long nowNs = START_NS;
    private RecordListener listener = (recordSequence, recordNowNs, command, outcome) -> {};

    /** Starts with an empty core whose shard isn't open. */
    public CoreRunner(final StateLimits limits) {
        this(limits, CampaignKinds.all());
    }

    /** Starts with an empty core that knows these kinds. */
    public CoreRunner(final StateLimits limits, final List<CampaignKind> kinds) {
        this.kinds = kinds;
        core = new Settlement(limits, kinds);
    }

    /** Tells this listener of every record from here on. */
    public void listen(final RecordListener newListener) {
        listener = newListener;
    }

    /** Settles one message at the present time. */
    public Reply settle(final DirectBuffer message) {
        final long askedNs = core.timeNs(nowNs, message, 0);
        if (askedNs > nowNs) {
            moveTo(askedNs);
        }
        final int length = core.settle(sequence + 1, nowNs, message, 0, message.capacity(), out, 0);
        if (length > 0) {
            sequence++;
        }
        final byte[] bytes = new byte[Math.abs(length)];
        out.getBytes(0, bytes);
        if (length > 0) {
            listener.onRecord(sequence, nowNs, message, bytes);
        }
        return new Reply(length > 0 ? sequence : 0, bytes);
    }

    /** Moves the time and lets every timer that is due fire. */
    public void advance(final long byNs) {
        nowNs += byNs;
        while (core.nextDeadlineNs() <= nowNs) {
            settle(Commands.tick());
        }
    }

    /** Lets time pass without letting anything fire: what comes next comes before what is due. */
    public void pass(final long byNs) {
        nowNs += byNs;
    }

    public void moveTo(final long newNowNs) {
        advance(newNowNs - nowNs);
    }

    /** Saves the core and goes on with a fresh one that loaded it. */
    public void restart(final StateLimits limits) {
        final ByteBuffer saved = ByteBuffer.wrap(saved());
        core = new Settlement(limits, kinds);
        core.load((buffer, offset, length) -> {
            buffer.putBytes(offset, saved, saved.position(), length);
            saved.position(saved.position() + length);
        });
    }

    /** Returns the canonical stream of the state. */
    public byte[] saved() {
        final ByteArrayOutputStream stream = new ByteArrayOutputStream();
        core.save((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            stream.writeBytes(bytes);
        });
        return stream.toByteArray();
    }

    /** Returns the stream but for its last part, the ids that were bound. */
    public byte[] savedWithoutIds() {
        final byte[] saved = saved();
        final int idLength = 4 * Long.BYTES;
        final int idCount = core.state().seenCommands().count();
        return Arrays.copyOf(saved, saved.length - Integer.BYTES - idCount * idLength);
    }

    public Settlement core() {
        return core;
    }

    public long sequence() {
        return sequence;
    }

    public long nowNs() {
        return nowNs;
    }
}
