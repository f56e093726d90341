package io.miaojie.journal;

import io.miaojie.wire.RecordLayout;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what the journal has handed to its archive, block after block, each record tested against the chain. */
final class ArchiveReader implements RecordReader {
    private final RecordArchive archive;
    private final RecordChain chain;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer bytes;
    private long sequence;
    private int offset;
    private int nextOffset;
    private int end;

    ArchiveReader(final RecordArchive archive, final int shard, final long afterSequence) {
        this.archive = archive;
        this.chain = new RecordChain(shard);
        this.sequence = afterSequence;
    }

    /** Steps to the next record; it is there, or this throws. */
    @Override
    public boolean next() {
        do {
            step();
        } while (chain.sequence() <= sequence);
        sequence++;
        return true;
    }

    private void step() {
        if (nextOffset == end) {
            enter(archive.block(sequence + 1));
        }
        final String reason = chain.step(buffer, bytes, nextOffset, end);
        if (!reason.isEmpty()) {
            throw new JournalException(
                    "archive is damaged: archive=" + archive + " sequence=" + (sequence + 1) + " reason=" + reason);
        }
        offset = nextOffset;
        nextOffset += RecordLayout.length(buffer, offset);
    }

    private void enter(final byte[] block) {
        if (block.length < RecordLayout.HEADER_LENGTH) {
            throw new JournalException("archive is damaged: archive=" + archive + " sequence=" + (sequence + 1)
                    + " reason=block is cut short");
        }
        final boolean isFirst = bytes == null;
        buffer.wrap(block);
        bytes = ByteBuffer.wrap(block);
        nextOffset = 0;
        end = block.length;
        if (isFirst) {
            chain.standBehind(RecordLayout.sequence(buffer, 0) - 1, RecordLayout.prevCrc(buffer, 0));
        }
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return offset;
    }

    /** Holds nothing that has to be let go of. */
    @Override
    public void close() {
        nextOffset = end;
    }
}
