package io.miaojie.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Up to where records were handed to the archive: the journal may begin behind it, and nowhere else. Written whole and
 * forced before the first file goes, so that a cycle that is missing for another reason is known for damage.
 *
 * @param sequence of the last record handed over, 0: none
 * @param crc of that record
 */
record ArchiveMark(long sequence, int crc) {
    static final String FILE = "archived";

    private static final int LENGTH = 2 * (Long.BYTES + Integer.BYTES);
    private static final ArchiveMark NONE = new ArchiveMark(0, 0);

    /**
     * Reads the mark of a journal.
     *
     * @throws JournalException when the file is damaged
     */
    static ArchiveMark read(final Path journal) throws IOException {
        final Path file = journal.resolve(FILE);
        if (!Files.exists(file)) {
            return NONE;
        }
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() == LENGTH) {
            final ArchiveMark mark = new ArchiveMark(bytes.getLong(), bytes.getInt());
            if (bytes.getLong() == ~mark.sequence && bytes.getInt() == ~mark.crc) {
                return mark;
            }
        }
        throw new JournalException("journal is damaged: file=" + file + " reason=the mark is not whole");
    }

    void write(final Path journal, final Disk disk) throws IOException {
        final Path draft = journal.resolve(FILE + ".draft");
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putLong(sequence).putInt(crc).putLong(~sequence).putInt(~crc).flip();
        try (FileChannel channel = FileChannel.open(
                draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            disk.force(channel);
        }
        Files.move(draft, journal.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        disk.forceDirectory(journal);
    }
}
