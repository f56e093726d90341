package io.miaojie.journal;

import io.miaojie.settlement.Core;
import io.miaojie.settlement.state.StateSink;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** SHA-256 of a core's saved stream: two cores in the same state have the same hash. */
public final class StateHash implements StateSink {
    private static final int CHUNK_LENGTH = 8192;

    private final MessageDigest digest;
    private final byte[] chunk = new byte[CHUNK_LENGTH];

    StateHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Returns the hash of the state, as hex. */
    public static String of(final Core core) {
        final StateHash hash = new StateHash();
        core.save(hash);
        return HexFormat.of().formatHex(hash.finish());
    }

    @Override
    public void write(final DirectBuffer buffer, final int offset, final int length) {
        for (int done = 0; done < length; done += CHUNK_LENGTH) {
            final int count = Math.min(CHUNK_LENGTH, length - done);
            buffer.getBytes(offset + done, chunk, 0, count);
            digest.update(chunk, 0, count);
        }
    }

    byte[] finish() {
        return digest.digest();
    }
}
