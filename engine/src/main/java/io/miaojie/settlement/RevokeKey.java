package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKeys;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;

/** Settles {@code RevokeKeyCommand}. To revoke a revoked key changes nothing. */
final class RevokeKey {
    private final ApiKeys keys;
    private final KeyGuards guards;
    private final Replies replies;
    private final RevokeKeyCommandDecoder command = new RevokeKeyCommandDecoder();
    private final Slice id = new Slice();
    private final Slice merchantId = new Slice();

    RevokeKey(final State state, final Replies replies) {
        this.keys = state.apiKeys();
        this.guards = new KeyGuards(state.merchants());
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code MERCHANT_UNKNOWN} or {@code FOREIGN_MERCHANT}, {@code KEY_UNKNOWN}. */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        int offset = command.limit() + RevokeKeyCommandDecoder.idHeaderLength();
        id.wrap(call.in(), offset, command.skipId());
        offset = command.limit() + RevokeKeyCommandDecoder.merchantIdHeaderLength();
        merchantId.wrap(call.in(), offset, command.skipMerchantId());
        final ResultCode guard = guards.check(call.key(), merchantId);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        final int index = keys.find(guards.merchant(), id);
        if (index < 0) {
            return replies.refuse(call, ResultCode.KEY_UNKNOWN);
        }
        keys.revoke(index);
        return replies.defined(call, index, guards.merchant());
    }
}
