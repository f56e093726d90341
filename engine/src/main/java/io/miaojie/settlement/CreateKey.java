package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.settlement.part.ApiKeys;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.Role;

/** Settles {@code CreateKeyCommand}. */
final class CreateKey {
    private final ApiKeys keys;
    private final KeyGuards guards;
    private final Replies replies;
    private final CreateKeyCommandDecoder command = new CreateKeyCommandDecoder();
    private final Slice id = new Slice();
    private final Slice merchantId = new Slice();

    CreateKey(final State state, final Replies replies) {
        this.keys = state.apiKeys();
        this.guards = new KeyGuards(state.merchants());
        this.replies = replies;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code MERCHANT_UNKNOWN} or {@code FOREIGN_MERCHANT},
     * {@code TERMS_CONTRADICT}, {@code KEY_EXISTS}, {@code API_KEYS_FULL}.
     */
    int settle(final Call call) {
        decode(call);
        final ResultCode guard = guards.check(call.key(), merchantId);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        if (command.roleRaw() < Role.READ.value() || command.roleRaw() > Role.ADMIN.value()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        if (keys.find(guards.merchant(), id) >= 0) {
            return replies.refuse(call, ResultCode.KEY_EXISTS);
        }
        if (keys.room() == 0) {
            return replies.turnAway(call, ResultCode.API_KEYS_FULL);
        }
        final ApiKey key = keys.add(call.copy());
        return replies.defined(call, key.index(), key.merchant());
    }

    private void decode(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        int offset = command.limit() + CreateKeyCommandDecoder.idHeaderLength();
        id.wrap(call.in(), offset, command.skipId());
        offset = command.limit() + CreateKeyCommandDecoder.merchantIdHeaderLength();
        merchantId.wrap(call.in(), offset, command.skipMerchantId());
    }
}
