package io.miaojie.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of a part of a buffer, without allocation. */
final class Crc {
    private Crc() {}

    /** Returns the CRC; the buffer's position and limit are used up. */
    static int of(final ByteBuffer bytes, final int offset, final int length, final CRC32C crc32c) {
        crc32c.reset();
        bytes.limit(offset + length).position(offset);
        crc32c.update(bytes);
        return (int) crc32c.getValue();
    }
}
