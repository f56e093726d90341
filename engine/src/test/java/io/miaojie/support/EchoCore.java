package io.miaojie.support;

import io.miaojie.settlement.Core;
import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A core with next to no rules: its outcome is the command behind the number of commands so far, its state is that
 * number and a sum over all it has seen. No timers. A command of no bytes is a query: answered with the number.
 */
public final class EchoCore implements Core {
    private static final int STATE_LENGTH = 16;

    private final UnsafeBuffer state;
    private long count;
    private long sum;

    public EchoCore() {
        this(0);
    }

    /** Makes one whose state has so many bytes more. */
    public EchoCore(final int paddingBytes) {
        this.state = new UnsafeBuffer(new byte[STATE_LENGTH + paddingBytes]);
    }

    @Override
    public void foresee(final DirectBuffer in, final int inOffset, final int inLength) {
        // Nothing to have near.
    }

    @Override
    public void readAhead() {
        // Nothing to have near.
    }

    @Override
    public int settle(
            final long sequence,
            final long nowNs,
            final DirectBuffer in,
            final int inOffset,
            final int inLength,
            final MutableDirectBuffer out,
            final int outOffset) {
        if (inLength == 0) {
            out.putLong(outOffset, count);
            return -Long.BYTES;
        }
        count++;
        sum = sum * 31 + sequence + nowNs;
        for (int i = 0; i < inLength; i++) {
            sum = sum * 31 + in.getByte(inOffset + i);
        }
        out.putLong(outOffset, count);
        out.putBytes(outOffset + Long.BYTES, in, inOffset, inLength);
        return Long.BYTES + inLength;
    }

    /** Returns the commands settled. */
    public long count() {
        return count;
    }

    @Override
    public long nextDeadlineNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void save(final StateSink sink) {
        state.putLong(0, count);
        state.putLong(Long.BYTES, sum);
        sink.write(state, 0, state.capacity());
    }

    @Override
    public void load(final StateSource source) {
        source.read(state, 0, state.capacity());
        count = state.getLong(0);
        sum = state.getLong(Long.BYTES);
    }
}
