package io.miaojie.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What lies in a cycle file behind the last readable record: raw bytes, among which whole excerpt headers of ours are
 * recognised, wherever they are.
 *
 * @param forcedSequence highest one that such a header names as forced, 0 if there is none: records up to it were there
 * @param witnessPosition of that header in the file
 * @param endPosition behind the last byte that is not zero; {@code from} or less when there is none
 */
record Remains(Path file, long forcedSequence, long witnessPosition, long endPosition) {
    private static final int CHUNK_LENGTH = 1 << 17;

    /** Excerpts begin at multiples of this. */
    private static final int STEP = 4;

    static Remains find(final FileChannel channel, final Path file, final long from, final int cycle)
            throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final CRC32C crc32c = new CRC32C();
        long forcedSequence = 0;
        long witnessPosition = -1;
        long endPosition = from;
        long start = from & -STEP;
        int length = fill(channel, bytes, start);
        while (length > 0) {
            final int last = lastNonZero(buffer, length);
            endPosition = last < 0 ? endPosition : start + last + 1;
            for (int i = 0; i <= Math.min(last, length - ExcerptLayout.HEADER_LENGTH); i += STEP) {
                if (ExcerptLayout.isHeader(buffer, bytes, i, crc32c)
                        && ExcerptLayout.cycle(buffer, i) == cycle
                        && ExcerptLayout.forcedSequence(buffer, i) > forcedSequence) {
                    forcedSequence = ExcerptLayout.forcedSequence(buffer, i);
                    witnessPosition = start + i;
                }
            }
            // Chunks overlap by a header, so that none is missed at a border.
            start += length < CHUNK_LENGTH ? length : CHUNK_LENGTH - ExcerptLayout.HEADER_LENGTH;
            length = fill(channel, bytes, start);
        }
        return new Remains(file, forcedSequence, witnessPosition, endPosition);
    }

    private static int fill(final FileChannel channel, final ByteBuffer bytes, final long position) throws IOException {
        bytes.clear();
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
            count = channel.read(bytes, position + bytes.position());
        }
        return bytes.position();
    }

    private static int lastNonZero(final UnsafeBuffer buffer, final int length) {
        int i = length - 1;
        while (i >= Long.BYTES && buffer.getLong(i - Long.BYTES + 1) == 0) {
            i -= Long.BYTES;
        }
        while (i >= 0 && buffer.getByte(i) == 0) {
            i--;
        }
        return i;
    }
}
