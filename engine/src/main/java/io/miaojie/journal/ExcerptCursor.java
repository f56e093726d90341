package io.miaojie.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Walks the excerpts of one cycle file as Chronicle lays them out: a word of 30 bits of length and two flags (metadata,
 * not complete), the bytes, the next word at a multiple of 4. Reads the file itself, not through Chronicle: so it
 * depends neither on Chronicle's index pages nor on its view of what a damaged file is, it knows byte positions, and it
 * alters nothing.
 */
final class ExcerptCursor implements AutoCloseable {
    private static final int WORD_LENGTH = 4;
    private static final int METADATA = 0x4000_0000;
    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;

    /** Read at once: most excerpts of single requests are shorter. The buffer grows for the first that is longer. */
    private static final int CHUNK_LENGTH = 4096;

    private final CRC32C crc32c = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private ByteBuffer read = ByteBuffer.allocateDirect(CHUNK_LENGTH);
    private ByteBuffer bytes = read.duplicate();
    private final FileChannel channel;
    private final Path file;
    private final int cycle;
    private long position;
    private long nextPosition;
    private String gap = "";

    private ExcerptCursor(final FileChannel channel, final Path file, final int cycle) {
        this.channel = channel;
        this.file = file;
        this.cycle = cycle;
        buffer.wrap(read);
    }

    static ExcerptCursor open(final Path file, final int cycle) {
        try {
            return new ExcerptCursor(FileChannel.open(file, StandardOpenOption.READ), file, cycle);
        } catch (final IOException e) {
            throw new JournalException("file can't be opened: file=" + file, e);
        }
    }

    /** Stands before the excerpt whose word is at the position; 0: before the first. */
    void moveTo(final long wordPosition) {
        nextPosition = wordPosition;
    }

    /**
     * Steps to the next excerpt of ours.
     *
     * @return false when none follows here; {@link #gap} says why, and a later call looks again
     */
    boolean next() {
        try {
            position = nextPosition;
            int word = wordAtPosition();
            while ((word & (METADATA | NOT_COMPLETE)) == METADATA) {
                position = BitUtil.align(position + WORD_LENGTH + (word & LENGTH_MASK), WORD_LENGTH);
                word = wordAtPosition();
            }
            gap = gapAt(word);
        } catch (final IOException e) {
            throw new JournalException("file can't be read: file=" + file + " position=" + position, e);
        }
        if (!gap.isEmpty()) {
            return false;
        }
        nextPosition = position + WORD_LENGTH + ExcerptLayout.lengthOf(bodyEnd() - bodyOffset());
        return true;
    }

    private int wordAtPosition() throws IOException {
        read.clear();
        readTo(CHUNK_LENGTH);
        return read.position() < WORD_LENGTH ? 0 : buffer.getInt(0, ByteOrder.LITTLE_ENDIAN);
    }

    private boolean readTo(final int end) throws IOException {
        if (end > read.capacity()) {
            grow();
        }
        read.limit(Math.max(end, read.position()));
        int count = 0;
        while (read.hasRemaining() && count >= 0) {
            count = channel.read(read, position + read.position());
        }
        return read.position() >= end;
    }

    private void grow() {
        read = ByteBuffer.allocateDirect(WORD_LENGTH + ExcerptLayout.LENGTH_MAX).put(read.flip());
        bytes = read.duplicate();
        buffer.wrap(read);
    }

    private String gapAt(final int word) throws IOException {
        final int length = word & LENGTH_MASK;
        if (word == 0) {
            return "no excerpt";
        }
        if ((word & NOT_COMPLETE) != 0) {
            return "excerpt is not complete";
        }
        if (length < ExcerptLayout.HEADER_LENGTH || length > ExcerptLayout.LENGTH_MAX) {
            return "excerpt has no possible length";
        }
        if (!readTo(WORD_LENGTH + length) || !ExcerptLayout.isHeader(buffer, bytes, WORD_LENGTH, crc32c)) {
            return "excerpt has no header of ours";
        }
        final int bodyLength = ExcerptLayout.bodyLength(buffer, WORD_LENGTH);
        return ExcerptLayout.cycle(buffer, WORD_LENGTH) != cycle || ExcerptLayout.lengthOf(bodyLength) != length
                ? "excerpt does not belong here"
                : "";
    }

    /** Returns why the last step found nothing. */
    String gap() {
        return gap;
    }

    /** Returns where the current excerpt's word stands in the file, or where one was looked for. */
    long position() {
        return position;
    }

    /** Returns where the excerpt that is to come was expected: everything before it has been read. */
    long nextPosition() {
        return nextPosition;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    /** Returns the bytes of {@link #buffer}; position and limit are free to use. */
    ByteBuffer bytes() {
        return bytes;
    }

    int headerOffset() {
        return WORD_LENGTH;
    }

    int bodyOffset() {
        return WORD_LENGTH + ExcerptLayout.HEADER_LENGTH;
    }

    int bodyEnd() {
        return bodyOffset() + ExcerptLayout.bodyLength(buffer, WORD_LENGTH);
    }

    /** Looks at the raw bytes of the file from the position on. */
    Remains remainsFrom(final long from) {
        try {
            return Remains.find(channel, file, from, cycle);
        } catch (final IOException e) {
            throw new JournalException("file can't be read: file=" + file + " from=" + from, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("file can't be closed: file=" + file, e);
        }
    }
}
