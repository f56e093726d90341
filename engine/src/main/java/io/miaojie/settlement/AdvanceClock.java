package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.part.Timers;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AdvanceClockCommandDecoder;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/**
 * Settles {@code AdvanceClockCommand}, of a sandbox only. The host asks {@link #timeNs} first and moves its clock
 * there; then it lets every timer fire that is due by then, and then it settles the command, which tells how many
 * fired.
 */
final class AdvanceClock {
    /** No clock goes beyond this: in the year 2116. */
    private static final long LATEST_NS = 1L << 62;

    private final State state;
    private final Replies replies;
    private final Effects effects;
    private final AdvanceClockCommandDecoder command = new AdvanceClockCommandDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final EnvelopeDecoder envelope = new EnvelopeDecoder();

    AdvanceClock(final State state, final Replies replies, final Effects effects) {
        this.state = state;
        this.replies = replies;
        this.effects = effects;
    }

    /** Returns the time that a message asks for; {@code nowNs} for all that ask for none or won't get it. */
    long timeNs(final long nowNs, final DirectBuffer in, final int offset) {
        header.wrap(in, offset);
        if (header.templateId() != AdvanceClockCommandDecoder.TEMPLATE_ID || !isAllowed(in, offset)) {
            return nowNs;
        }
        wrap(in, offset, header.blockLength(), header.version());
        final long targetNs = targetNs(nowNs);
        return targetNs > nowNs && targetNs <= LATEST_NS ? targetNs : nowNs;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code NOT_A_SANDBOX}, {@code TERMS_CONTRADICT} (too far),
     * {@code CLOCK_BACKWARD}.
     */
    int settle(final Call call) {
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (!state.shard().isSandbox()) {
            return replies.refuse(call, ResultCode.NOT_A_SANDBOX);
        }
        wrap(call.in(), 0, call.blockLength(), call.version());
        if (command.advanceNs() > LATEST_NS || command.toNs() > LATEST_NS) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        if (command.advanceNs() < 0 || command.advanceNs() == 0 && command.toNs() < call.nowNs()) {
            return replies.refuse(call, ResultCode.CLOCK_BACKWARD);
        }
        effects.begin(-1, -1);
        final Timers timers = state.timers();
        for (int tag = 0; tag < Timers.TAG_COUNT; tag++) {
            if (timers.fired(tag) > 0) {
                effects.note(EffectNote.FIRED, tag, timers.fired(tag));
            }
        }
        timers.clearFired();
        return effects.write(call, 0, 0);
    }

    /** Advancing past the end of time leaves the clock where it is. */
    private long targetNs(final long nowNs) {
        if (command.advanceNs() == 0) {
            return command.toNs();
        }
        return command.advanceNs() > LATEST_NS - nowNs ? nowNs : nowNs + command.advanceNs();
    }

    private boolean isAllowed(final DirectBuffer in, final int offset) {
        envelope.wrap(in, offset + MessageHeaderDecoder.ENCODED_LENGTH);
        final ApiKey key = state.apiKeys().at(envelope.keyIndex());
        return state.shard().isSandbox()
                && key != null
                && !key.isRevoked()
                && Roles.mayOperate(key)
                && state.seenCommands().find(envelope.digestHigh(), envelope.digestLow()) < 0;
    }

    private void wrap(final DirectBuffer in, final int offset, final int blockLength, final int version) {
        command.wrap(in, offset + MessageHeaderDecoder.ENCODED_LENGTH, blockLength, version);
    }
}
