package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** Where a walk over the records stands: the last good one, and the test whether the bytes behind it follow on. */
final class RecordChain {
    private final CRC32C crc32c = new CRC32C();
    private final int shard;
    private long sequence;
    private int crc;
    private long nowNs;

    RecordChain(final int shard) {
        this.shard = shard;
    }

    void standBehind(final long lastSequence, final int lastCrc) {
        sequence = lastSequence;
        crc = lastCrc;
    }

    long sequence() {
        return sequence;
    }

    int crc() {
        return crc;
    }

    long nowNs() {
        return nowNs;
    }

    /**
     * Steps over the record at the offset if it is whole and follows on.
     *
     * @param bytes the bytes of the buffer
     * @param end where the excerpt's records end
     * @return empty, or what is wrong with it: then the chain stands where it stood
     */
    String step(final DirectBuffer buffer, final ByteBuffer bytes, final int offset, final int end) {
        if (end - offset < RecordLayout.HEADER_LENGTH) {
            return "record is cut short";
        }
        final int length = RecordLayout.length(buffer, offset);
        final int commandLength = RecordLayout.commandLength(buffer, offset);
        if (length < RecordLayout.HEADER_LENGTH
                || length > end - offset
                || commandLength < 0
                || commandLength > length - RecordLayout.HEADER_LENGTH) {
            return "record has no possible length";
        }
        final int covered = offset + RecordLayout.LENGTH_OFFSET;
        final int found = Crc.of(bytes, covered, length - RecordLayout.LENGTH_OFFSET, crc32c);
        if (RecordLayout.crc(buffer, offset) != found) {
            return "record has a wrong crc";
        }
        return follow(buffer, offset, found);
    }

    private String follow(final DirectBuffer buffer, final int offset, final int found) {
        if (RecordLayout.format(buffer, offset) != RecordLayout.FORMAT || RecordLayout.shard(buffer, offset) != shard) {
            return "record has another format or shard";
        }
        if (RecordLayout.sequence(buffer, offset) != sequence + 1) {
            return "record is out of sequence";
        }
        if (RecordLayout.prevCrc(buffer, offset) != crc) {
            return "record does not follow on the crc of the one before";
        }
        sequence++;
        crc = found;
        nowNs = RecordLayout.nowNs(buffer, offset);
        return "";
    }
}
