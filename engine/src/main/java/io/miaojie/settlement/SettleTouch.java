package io.miaojie.settlement;

import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Touches;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.TouchCommandDecoder;

/**
 * Settles {@code TouchCommand}: a share link was opened. A touch is a fact and always taken. One by a member binds as
 * the merchant's mode says; one by a visitor is kept until the visitor registers.
 */
final class SettleTouch {
    private static final int HEADER = TouchCommandDecoder.idHeaderLength();

    private final Members members;
    private final Links links;
    private final Touches touches;
    private final Referrals referrals;
    private final Replies replies;
    private final Effects effects;
    private final TouchCommandDecoder command = new TouchCommandDecoder();
    private final Slice token = new Slice();
    private final Slice visitorId = new Slice();
    private final Slice memberId = new Slice();

    SettleTouch(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.links = state.links();
        this.touches = state.touches();
        this.referrals = new Referrals(state);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}. Says {@code NO_MEMBER} when neither member nor visitor is named,
     * {@code MEMBER_UNKNOWN}, and what {@link Referrals} says.
     */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayIngest(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int merchant = call.key().merchant();
        final long atNs = call.atNs() == 0 ? call.nowNs() : call.atNs();
        final int member = memberId.isEmpty() ? -1 : members.find(merchant, memberId);
        effects.begin(-1, -1);
        final ResultCode code = member < 0 ? visit(merchant, atNs) : touch(merchant, member, atNs);
        if (code != ResultCode.OK) {
            effects.skip(code);
        }
        return effects.write(call, 0, 0);
    }

    private ResultCode touch(final int merchant, final int member, final long atNs) {
        final ResultCode code = referrals.decideForTouch(merchant, member, token, atNs);
        referrals.carryOut(member, effects);
        return code;
    }

    private ResultCode visit(final int merchant, final long atNs) {
        if (visitorId.isEmpty()) {
            return memberId.isEmpty() ? ResultCode.NO_MEMBER : ResultCode.MEMBER_UNKNOWN;
        }
        final ResultCode code = referrals.decideForVisitor(merchant, visitorId, token, atNs);
        if (code == ResultCode.OK) {
            touches.keep(merchant, visitorId, links.find(token), atNs);
        }
        return code;
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipId();
        token.wrap(call.in(), command.limit() + HEADER, command.skipToken());
        visitorId.wrap(call.in(), command.limit() + HEADER, command.skipVisitorId());
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
    }
}
