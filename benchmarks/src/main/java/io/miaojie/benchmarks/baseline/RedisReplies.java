package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.rig.Replies;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Replies of RESP that are one line: numbers and words. An error is a refusal. */
final class RedisReplies implements Replies {
    @Override
    public int end(final ByteBuffer in) {
        for (int at = in.position() + 1; at < in.limit(); at++) {
            if (in.get(at) == '\n') {
                if (in.get(in.position()) != ':' && in.get(in.position()) != '+') {
                    final byte[] line = new byte[at - in.position()];
                    in.get(in.position(), line);
                    throw new IllegalStateException("refused: " + new String(line, StandardCharsets.UTF_8));
                }
                return at + 1;
            }
        }
        return -1;
    }
}
