package io.miaojie.ring;

import io.miaojie.settlement.Core;
import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import io.miaojie.wire.codec.ConflictAnswerEncoder;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PoolAnswerEncoder;
import io.miaojie.wire.codec.SeenAnswerEncoder;
import io.miaojie.wire.codec.SettledOutcomeEncoder;
import io.miaojie.wire.codec.TickCommandDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * A core without rules. The outcome of a command is the command's own bytes behind an outcome's header; it remembers
 * ids, keeps timers of one deadline, and throws when told to.
 */
final class TestCore implements Core {
    static final int ARMING_KEY = 7;
    static final int MOVING_KEY = 11;
    static final int POISON_KEY = 13;
    static final int UNFORESEEABLE_KEY = 17;

    /** Nothing is settled before this is open. */
    private final CountDownLatch door;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final MessageHeaderEncoder outHeader = new MessageHeaderEncoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();
    private final SeenAnswerEncoder seen = new SeenAnswerEncoder();
    private final ConflictAnswerEncoder conflict = new ConflictAnswerEncoder();
    private final Long2LongHashMap sequenceOf = new Long2LongHashMap(0);
    private final Long2LongHashMap fingerprintOf = new Long2LongHashMap(-1);
    private final long[] foreseen = new long[64];
    private int foreseenCount;
    private int readAheadCount;
    private long deadlineNs = Long.MAX_VALUE;
    private long timerCount;
    private long lastNowNs;

    TestCore() {
        this(new CountDownLatch(0));
    }

    TestCore(final CountDownLatch door) {
        this.door = door;
    }

    @Override
    public void foresee(final DirectBuffer in, final int inOffset, final int inLength) {
        envelope.wrap(in, inOffset + MessageHeaderDecoder.ENCODED_LENGTH);
        if (envelope.keyIndex() == UNFORESEEABLE_KEY) {
            throw new IndexOutOfBoundsException("this message can't be foreseen");
        }
        foreseen[foreseenCount++ & foreseen.length - 1] = envelope.digestLow();
    }

    @Override
    public void readAhead() {
        readAheadCount++;
    }

    /** Returns the ids that were foreseen, oldest first: at most 64. */
    List<Long> foreseen() {
        return Arrays.stream(foreseen).limit(foreseenCount).boxed().toList();
    }

    int readAheadCount() {
        return readAheadCount;
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
        if (nowNs < lastNowNs) {
            throw new IllegalStateException("time went back: nowNs=" + nowNs + " lastNowNs=" + lastNowNs);
        }
        lastNowNs = nowNs;
        awaitDoor();
        header.wrap(in, inOffset);
        envelope.wrap(in, inOffset + MessageHeaderDecoder.ENCODED_LENGTH);
        return switch (header.templateId()) {
            case TickCommandDecoder.TEMPLATE_ID -> tick(out, outOffset);
            case PaymentCommandDecoder.TEMPLATE_ID -> command(sequence, in, inOffset, inLength, out, outOffset);
            default -> -answer(out, outOffset);
        };
    }

    /** A message of {@link #MOVING_KEY} asks for its business time. */
    @Override
    public long timeNs(final long nowNs, final DirectBuffer in, final int inOffset) {
        envelope.wrap(in, inOffset + MessageHeaderDecoder.ENCODED_LENGTH);
        return envelope.keyIndex() == MOVING_KEY ? envelope.atNs() : nowNs;
    }

    @Override
    public long nextDeadlineNs() {
        return deadlineNs;
    }

    @Override
    public void save(final StateSink sink) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void load(final StateSource source) {
        throw new UnsupportedOperationException();
    }

    private void awaitDoor() {
        try {
            door.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int tick(final MutableDirectBuffer out, final int outOffset) {
        timerCount--;
        deadlineNs = timerCount > 0 ? deadlineNs : Long.MAX_VALUE;
        outHeader.wrap(out, outOffset).templateId(SettledOutcomeEncoder.TEMPLATE_ID);
        return 20;
    }

    private int answer(final MutableDirectBuffer out, final int outOffset) {
        outHeader.wrap(out, outOffset).templateId(PoolAnswerEncoder.TEMPLATE_ID);
        return 30;
    }

    private int command(
            final long sequence,
            final DirectBuffer in,
            final int inOffset,
            final int inLength,
            final MutableDirectBuffer out,
            final int outOffset) {
        if (envelope.keyIndex() == POISON_KEY) {
            throw new IllegalStateException("this message is poison");
        }
        final long id = envelope.digestLow();
        if (id != 0) {
            final long first = sequenceOf.get(id);
            if (first != 0) {
                return -seenBefore(first, fingerprintOf.get(id) == envelope.fingerprint(), out, outOffset);
            }
            sequenceOf.put(id, sequence);
            fingerprintOf.put(id, envelope.fingerprint());
        }
        if (envelope.keyIndex() == ARMING_KEY) {
            deadlineNs = in.getLong(inOffset + MessageBytes.MESSAGE_LENGTH_MIN);
            timerCount = in.getLong(inOffset + MessageBytes.MESSAGE_LENGTH_MIN + Long.BYTES);
        }
        out.putBytes(outOffset, in, inOffset, inLength);
        outHeader.wrap(out, outOffset).templateId(SettledOutcomeEncoder.TEMPLATE_ID);
        return inLength;
    }

    private int seenBefore(
            final long first, final boolean isHonest, final MutableDirectBuffer out, final int outOffset) {
        if (isHonest) {
            seen.wrapAndApplyHeader(out, outOffset, outHeader).firstSequence(first);
            return MessageHeaderEncoder.ENCODED_LENGTH + SeenAnswerEncoder.BLOCK_LENGTH;
        }
        conflict.wrapAndApplyHeader(out, outOffset, outHeader).firstSequence(first);
        return MessageHeaderEncoder.ENCODED_LENGTH + ConflictAnswerEncoder.BLOCK_LENGTH;
    }
}
