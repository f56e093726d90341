package io.miaojie.settlement;

import io.miaojie.settlement.part.ApiKey;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.OpenShardCommandDecoder;

/** What is asked of every message before it is decided: an open shard, a key in force, an id not seen before. */
final class Admission {
    private final State state;
    private final Replies replies;

    Admission(final State state, final Replies replies) {
        this.state = state;
        this.replies = replies;
    }

    /**
     * Admits a message, or answers it without a record.
     *
     * @return 0 when admitted; else the length of {@code SHARD_NOT_OPENED}, {@code KEY_UNKNOWN}, {@code KEY_REVOKED},
     *     {@code SeenAnswer} or {@code ConflictAnswer}, {@code KEYS_FULL}
     */
    int check(final Call call) {
        if (!state.shard().isOpen() && call.templateId() != OpenShardCommandDecoder.TEMPLATE_ID) {
            return replies.turnAway(call, ResultCode.SHARD_NOT_OPENED);
        }
        final ApiKey key = state.apiKeys().at(call.keyIndex());
        if (key == null) {
            return replies.turnAway(call, ResultCode.KEY_UNKNOWN);
        }
        if (key.isRevoked()) {
            return replies.turnAway(call, ResultCode.KEY_REVOKED);
        }
        call.setKey(key);
        return call.bindsId() ? checkId(call) : 0;
    }

    /** Binds the id of a decided command, if it has one. */
    void remember(final Call call) {
        if (call.bindsId()) {
            state.seenCommands().addSought(call.digestHigh(), call.digestLow(), call.sequence(), call.fingerprint());
        }
    }

    private int checkId(final Call call) {
        final SeenCommands seen = state.seenCommands();
        final int row = seen.find(call.digestHigh(), call.digestLow());
        if (row < 0) {
            return seen.room() > 0 ? 0 : replies.turnAway(call, ResultCode.KEYS_FULL);
        }
        return seen.fingerprint(row) == call.fingerprint()
                ? replies.seen(call, seen.sequence(row))
                : replies.conflict(call, seen.sequence(row));
    }
}
