package io.miaojie.settlement;

import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.BindReferrerCommandDecoder;

/** Settles {@code BindReferrerCommand}: an operator binds a member anew, or to nobody. Past orders stay as they are. */
final class BindReferrer {
    private static final int HEADER = BindReferrerCommandDecoder.requestIdHeaderLength();

    private final Members members;
    private final Referrals referrals;
    private final Replies replies;
    private final Effects effects;
    private final BindReferrerCommandDecoder command = new BindReferrerCommandDecoder();
    private final Slice memberId = new Slice();
    private final Slice referrerId = new Slice();

    BindReferrer(final State state, final Replies replies, final Effects effects) {
        this.members = state.members();
        this.referrals = new Referrals(state);
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code MEMBER_UNKNOWN}. Says, and binds nothing, {@code REFERRER_UNKNOWN},
     * {@code SELF_REFERRAL}, {@code REFERRAL_CYCLE}, {@code REFERRAL_TOO_DEEP}.
     */
    int settle(final Call call) {
        decode(call);
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        final int merchant = call.key().merchant();
        final int member = members.find(merchant, memberId);
        if (member < 0) {
            return replies.refuse(call, ResultCode.MEMBER_UNKNOWN);
        }
        final ResultCode code = decide(merchant, member, call.nowNs());
        effects.begin(-1, -1);
        if (code == ResultCode.OK) {
            referrals.carryOut(member, effects);
        } else {
            effects.skip(code);
        }
        effects.touchMember(member, false);
        return effects.write(call, 0, 0);
    }

    private ResultCode decide(final int merchant, final int member, final long nowNs) {
        final int referrer = referrerId.isEmpty() ? -1 : members.find(merchant, referrerId);
        return referrer < 0 && !referrerId.isEmpty()
                ? ResultCode.REFERRER_UNKNOWN
                : referrals.decideForOperator(merchant, member, referrer, nowNs);
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipRequestId();
        memberId.wrap(call.in(), command.limit() + HEADER, command.skipMemberId());
        referrerId.wrap(call.in(), command.limit() + HEADER, command.skipReferrerId());
    }
}
