package io.miaojie.api.support;

import io.miaojie.wire.IdSource;
import java.nio.charset.StandardCharsets;

/** Ids for entries that a test writes by hand. */
public final class GivenIds {
    private GivenIds() {}

    /** Returns a source of one id, whatever it names. */
    public static IdSource of(final String id) {
        final byte[] bytes = id.getBytes(StandardCharsets.US_ASCII);
        return (index, target, offset) -> {
            target[offset] = (byte) bytes.length;
            System.arraycopy(bytes, 0, target, offset + 1, bytes.length);
            return offset + 1 + bytes.length;
        };
    }
}
