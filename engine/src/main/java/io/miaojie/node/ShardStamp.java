package io.miaojie.node;

import io.miaojie.gate.Gate;
import io.miaojie.gate.ReplySink;
import io.miaojie.gate.SubmitCode;
import io.miaojie.node.EngineConfig.ShardOptions;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import java.security.SecureRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** The first record of a shard: says for ever what the data directory is. */
final class ShardStamp {
    private static final int LENGTH = MessageHeaderEncoder.ENCODED_LENGTH + OpenShardCommandEncoder.BLOCK_LENGTH;

    private ShardStamp() {}

    /** Opens an empty shard; its outcome has no caller. The key of the idempotency digest is drawn here, once. */
    static void submit(final Gate gate, final ShardOptions options) {
        final SecureRandom random = new SecureRandom();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[LENGTH]);
        new OpenShardCommandEncoder()
                .wrapAndApplyHeader(command, 0, new MessageHeaderEncoder())
                .shard((short) options.number())
                .sandbox((short) (options.isSandbox() ? 1 : 0))
                .clockFollowsEvents((short) (options.clockFollowsEvents() ? 1 : 0))
                .digestKeyHigh(random.nextLong())
                .digestKeyLow(random.nextLong());
        final SubmitCode code = gate.submit(ReplySink.NO_CALLER, command, 0, LENGTH);
        if (code != SubmitCode.ACCEPTED) {
            throw new IllegalStateException("the shard can't be opened: code=" + code);
        }
    }

    /** Refuses options that contradict what the directory is. */
    static void requireMatch(final byte[] definition, final ShardOptions options) {
        final OpenShardCommandDecoder stamp = new OpenShardCommandDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(definition), 0, new MessageHeaderDecoder());
        final ShardOptions found =
                new ShardOptions(stamp.shard(), stamp.sandbox() == 1, stamp.clockFollowsEvents() == 1);
        if (!found.equals(options)) {
            throw new IllegalStateException("the data directory is of another sort: directory=" + found + " options="
                    + options + ": choose the matching options, or another directory");
        }
    }
}
