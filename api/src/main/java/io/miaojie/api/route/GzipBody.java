package io.miaojie.api.route;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.vertx.core.buffer.Buffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A gzip body (RFC 1952, several members too), inflated bit by bit while it arrives: never more than was asked for, and
 * never more than {@link #RATIO_MAX} times what came, so that a small body can't become a large one.
 *
 * <p>Thread: one. To be closed: the inflater is outside the heap.
 */
final class GzipBody implements AutoCloseable {
    /** NDJSON of payments shrinks to a tenth or twentieth; what shrinks to a thousandth was made to harm. */
    static final int RATIO_MAX = 100;

    private static final long ALWAYS_BYTES = 64 * 1024;
    private static final int HEADER_LENGTH = 10;
    private static final int HEADER_LENGTH_MAX = 4_096;
    private static final int TRAILER_LENGTH = 8;
    private static final int MAGIC = 0x8b1f;
    private static final int DEFLATE = 8;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int INCOMPLETE = -1;

    private enum Part {
        HEADER,
        DEFLATED,
        TRAILER
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private byte[] bytes = {};
    private int start;
    private Part part = Part.HEADER;
    private int members;
    private long memberBytes;
    private long inBytes;
    private long outBytes;

    /** Takes a chunk as it came. */
    void append(final Buffer chunk) {
        final int kept = bytes.length - start;
        final byte[] joined = new byte[kept + chunk.length()];
        System.arraycopy(bytes, start, joined, 0, kept);
        chunk.getBytes(joined, kept);
        bytes = joined;
        start = 0;
        inBytes += chunk.length();
    }

    /**
     * Inflates into {@code out}.
     *
     * @return how many bytes; 0: more has to come first
     * @throws BadInput when it is no gzip, is damaged, or grows beyond all measure
     */
    int read(final byte[] out) {
        int count = 0;
        boolean goesOn = true;
        while (count == 0 && goesOn) {
            switch (part) {
                case HEADER -> goesOn = header();
                case DEFLATED -> {
                    count = inflate(out);
                    goesOn = part == Part.TRAILER;
                }
                case TRAILER -> goesOn = trailer();
            }
        }
        return count;
    }

    /** Returns whether it ends here as a gzip body has to. */
    boolean isWhole() {
        return part == Part.HEADER && members > 0 && start == bytes.length;
    }

    @Override
    public void close() {
        inflater.end();
    }

    private boolean header() {
        final int length = headerLength();
        if (length == INCOMPLETE) {
            if (bytes.length - start > HEADER_LENGTH_MAX) {
                throw invalid("its header has no end");
            }
            return false;
        }
        start += length;
        inflater.reset();
        crc.reset();
        memberBytes = 0;
        part = Part.DEFLATED;
        return true;
    }

    private int headerLength() {
        if (bytes.length - start < HEADER_LENGTH) {
            return INCOMPLETE;
        }
        if (uint16(start) != MAGIC || bytes[start + 2] != DEFLATE) {
            throw invalid("it does not begin like gzip");
        }
        final int flags = bytes[start + 3];
        int end = start + HEADER_LENGTH;
        if ((flags & HAS_EXTRA) != 0) {
            end = end + 2 > bytes.length ? bytes.length + 1 : end + 2 + uint16(end);
        }
        end = (flags & HAS_NAME) != 0 ? behindZero(end) : end;
        end = (flags & HAS_COMMENT) != 0 ? behindZero(end) : end;
        end = (flags & HAS_CRC) != 0 ? end + 2 : end;
        return end > bytes.length ? INCOMPLETE : end - start;
    }

    private int behindZero(final int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return end + 1;
    }

    private int inflate(final byte[] out) {
        inflater.setInput(bytes, start, bytes.length - start);
        final int count;
        try {
            count = inflater.inflate(out);
        } catch (final DataFormatException e) {
            throw invalid("it is damaged");
        }
        start = bytes.length - inflater.getRemaining();
        if (inflater.needsDictionary()) {
            throw invalid("it needs a dictionary");
        }
        crc.update(out, 0, count);
        memberBytes += count;
        outBytes += count;
        if (outBytes > ALWAYS_BYTES + RATIO_MAX * inBytes) {
            throw new BadInput(
                    EdgeCode.BODY_TOO_LARGE, "Content-Encoding", "more than " + RATIO_MAX + " times what was sent");
        }
        if (inflater.finished()) {
            part = Part.TRAILER;
        }
        return count;
    }

    private boolean trailer() {
        if (bytes.length - start < TRAILER_LENGTH) {
            return false;
        }
        if (uint32(start) != crc.getValue() || uint32(start + 4) != (memberBytes & 0xFFFF_FFFFL)) {
            throw invalid("its check sum does not fit");
        }
        start += TRAILER_LENGTH;
        members++;
        part = Part.HEADER;
        return start < bytes.length;
    }

    private long uint32(final int at) {
        return uint16(at) | (long) uint16(at + 2) << 16;
    }

    private int uint16(final int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    static BadInput invalid(final String why) {
        return new BadInput(EdgeCode.ENCODING_INVALID, "Content-Encoding", "not a gzip body: " + why);
    }
}
