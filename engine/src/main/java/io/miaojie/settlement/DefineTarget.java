package io.miaojie.settlement;

import io.miaojie.settlement.part.Targets;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;

/** Settles {@code DefineTargetCommand}: one more place that share links may lead to. The edge has read the address. */
final class DefineTarget {
    /** Most bytes of an address; what browsers take. */
    private static final int URL_LENGTH_MAX = 2_048;

    private final Targets targets;
    private final Replies replies;
    private final DefineTargetCommandDecoder command = new DefineTargetCommandDecoder();
    private final Slice id = new Slice();

    DefineTarget(final State state, final Replies replies) {
        this.targets = state.targets();
        this.replies = replies;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code TARGET_EXISTS}, {@code TARGETS_MAX}, full.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        id.wrap(call.in(), command.limit() + DefineTargetCommandDecoder.idHeaderLength(), command.skipId());
        final int urlLength = command.skipUrl();
        final int merchant = call.key().merchant();
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (id.isEmpty() || urlLength == 0 || urlLength > URL_LENGTH_MAX) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        if (targets.find(merchant, id) >= 0) {
            return replies.refuse(call, ResultCode.TARGET_EXISTS);
        }
        if (targets.count(merchant) == Targets.PER_MERCHANT_MAX) {
            return replies.refuse(call, ResultCode.TARGETS_MAX);
        }
        if (targets.room() == 0) {
            return replies.turnAway(call, ResultCode.LINKS_FULL);
        }
        return replies.defined(call, targets.add(merchant, call.copy()), merchant);
    }
}
