package io.miaojie.settlement;

import io.miaojie.settlement.state.StatePart;
import io.miaojie.settlement.state.StateReader;
import io.miaojie.settlement.state.StateWriter;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** What the shard is, for ever: the command that opened it. */
public final class Shard implements StatePart {
    private byte[] definition = new byte[0];
    private boolean isSandbox;
    private int number;

    public boolean isOpen() {
        return definition.length > 0;
    }

    public boolean isSandbox() {
        return isSandbox;
    }

    /** Returns the shard's number, 0 before it is open. */
    public int number() {
        return number;
    }

    /** Returns the {@code OpenShardCommand}, header included; empty before it. */
    public byte[] definition() {
        return definition;
    }

    @Override
    public void save(final StateWriter out) {
        out.putBytes(definition);
    }

    @Override
    public void load(final StateReader in) {
        final byte[] bytes = in.nextBytes();
        if (bytes.length > 0) {
            open(bytes);
        }
    }

    void open(final byte[] command) {
        definition = command;
        final OpenShardCommandDecoder opened = new OpenShardCommandDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(command), 0, new MessageHeaderDecoder());
        number = opened.shard();
        isSandbox = opened.sandbox() == 1;
    }
}
