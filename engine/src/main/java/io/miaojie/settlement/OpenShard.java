package io.miaojie.settlement;

import io.miaojie.wire.ResultCode;

/** Settles {@code OpenShardCommand}: the first record of a shard. */
final class OpenShard {
    private final Shard shard;
    private final Replies replies;

    OpenShard(final State state, final Replies replies) {
        this.shard = state.shard();
        this.replies = replies;
    }

    /** Refuses with {@code ROLE_FORBIDS}, {@code SHARD_OPENED_ALREADY}. */
    int settle(final Call call) {
        if (!call.key().isOfNode()) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (shard.isOpen()) {
            return replies.refuse(call, ResultCode.SHARD_OPENED_ALREADY);
        }
        shard.open(call.copy());
        return replies.defined(call, 0, -1);
    }
}
