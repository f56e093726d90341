package io.miaojie.benchmarks.rig;

import java.nio.ByteBuffer;

/** How the replies of a protocol follow each other on a connection. Thread: one, that of the load. */
public interface Replies {
    /**
     * Finds the end of the first reply.
     *
     * @param in received bytes from position to limit
     * @return where the reply ends, an index of the buffer; -1 when it is not all there
     * @throws IllegalStateException when it is a refusal: a rig measures nothing that was not done
     */
    int end(ByteBuffer in);

    /** Tells whether the reply that was found last is one whose latency counts. */
    default boolean isMeasured() {
        return true;
    }
}
