package io.miaojie.journal;

import io.miaojie.settlement.Core;
import io.miaojie.settlement.state.StateSink;
import io.miaojie.settlement.state.StateSource;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * One snapshot file: a header of 80 bytes, then the saved stream. Little endian.
 *
 * <pre>
 *  0       8     12       14             16         24          28       32      40            48       80
 *  +-------+-----+--------+--------------+----------+-----------+--------+-------+-------------+--------+--------+
 *  | magic | crc | format | logicVersion | sequence | recordCrc | (zero) | nowNs | lengthBytes | sha256 | stream |
 *  +-------+-----+--------+--------------+----------+-----------+--------+-------+-------------+--------+--------+
 * </pre>
 *
 * {@code crc} is the CRC32C of the header behind it; {@code recordCrc} is that of the journal record at
 * {@code sequence}; {@code sha256} is that of the stream, the state's hash.
 */
final class SnapshotFile {
    private static final long MAGIC = 0xFF31_534D_FE4F_C0FFL;
    private static final int FORMAT = 3;
    private static final int HEADER_LENGTH = 80;
    private static final int CRC_END = 12;
    private static final int HASH_LENGTH = 32;
    private static final int CHUNK_LENGTH = 1 << 16;

    private SnapshotFile() {}

    /** Writes the file from the start; the caller forces it. */
    static void write(final Sink sink, final Core core, final long sequence, final int crc, final long nowNs)
            throws IOException {
        final long lengthBytes;
        try {
            core.save(sink);
            lengthBytes = sink.finish();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(MAGIC).putInt(0).putShort((short) FORMAT).putShort((short) RecordLayout.LOGIC_VERSION);
        header.putLong(sequence)
                .putInt(crc)
                .putInt(0)
                .putLong(nowNs)
                .putLong(lengthBytes)
                .put(sink.hash.finish());
        header.putInt(Long.BYTES, headerCrc(header));
        header.flip();
        sink.channel.write(header, 0);
    }

    /**
     * Reads the file through.
     *
     * @throws JournalException when it is not whole
     */
    static Snapshot verify(final Path file) {
        return read(file, Source::skip);
    }

    /**
     * Loads the file into a fresh core.
     *
     * @throws JournalException when it is not whole: the core is of no use then
     */
    static void load(final Path file, final Core core) {
        read(file, core::load);
    }

    private static Snapshot read(final Path file, final Consumer<Source> taker) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(header, 0);
            require(!header.hasRemaining() && header.getLong(0) == MAGIC, file, "no header");
            require(header.getInt(Long.BYTES) == headerCrc(header), file, "header has a wrong crc");
            require(header.getShort(CRC_END) == FORMAT, file, "another format: " + header.getShort(CRC_END));
            final long lengthBytes = header.getLong(40);
            require(channel.size() == HEADER_LENGTH + lengthBytes, file, "another length than its header says");
            final byte[] hash = Arrays.copyOfRange(header.array(), HEADER_LENGTH - HASH_LENGTH, HEADER_LENGTH);
            final Source source = new Source(channel);
            taker.accept(source);
            require(source.position() == channel.size(), file, "core took only part of it");
            require(Arrays.equals(hash, source.hash.finish()), file, "state has a wrong hash");
            return new Snapshot(
                    file,
                    header.getLong(16),
                    header.getInt(24),
                    header.getLong(32),
                    header.getShort(14) & 0xFFFF,
                    HexFormat.of().formatHex(hash));
        } catch (final IOException | UncheckedIOException e) {
            throw new JournalException("snapshot can't be read: file=" + file, e);
        }
    }

    private static void require(final boolean holds, final Path file, final String reason) {
        if (!holds) {
            throw new JournalException("snapshot is damaged: file=" + file + " reason=" + reason);
        }
    }

    private static int headerCrc(final ByteBuffer header) {
        return Crc.of(header.duplicate(), CRC_END, HEADER_LENGTH - CRC_END, new CRC32C());
    }

    /** Takes the stream, hashes it and writes it in chunks. */
    static final class Sink implements StateSink {
        private final StateHash hash = new StateHash();
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH);
        private final FileChannel channel;
        private final BooleanSupplier goesOn;
        private long position = HEADER_LENGTH;

        /** Writes to the file, as long as {@code goesOn}. */
        Sink(final FileChannel channel, final BooleanSupplier goesOn) {
            this.channel = channel;
            this.goesOn = goesOn;
        }

        @Override
        public void write(final DirectBuffer buffer, final int offset, final int length) {
            hash.write(buffer, offset, length);
            int done = 0;
            while (done < length) {
                final int count = Math.min(chunk.remaining(), length - done);
                buffer.getBytes(offset + done, chunk, count);
                done += count;
                if (!chunk.hasRemaining()) {
                    flush();
                }
            }
        }

        private void flush() {
            chunk.flip();
            try {
                if (!goesOn.getAsBoolean()) {
                    throw new IOException("given up: position=" + position);
                }
                while (chunk.hasRemaining()) {
                    position += channel.write(chunk, position);
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            chunk.clear();
        }

        /** Returns the bytes of the stream. */
        long finish() {
            flush();
            return position - HEADER_LENGTH;
        }
    }

    /** Gives the stream back and hashes it. */
    private static final class Source implements StateSource {
        private final StateHash hash = new StateHash();
        private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH).limit(0);
        private final FileChannel channel;
        private long position = HEADER_LENGTH;

        Source(final FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void read(final MutableDirectBuffer buffer, final int offset, final int length) {
            int done = 0;
            while (done < length) {
                requireChunk();
                final int count = Math.min(chunk.remaining(), length - done);
                buffer.putBytes(offset + done, chunk, chunk.position(), count);
                chunk.position(chunk.position() + count);
                done += count;
            }
            hash.write(buffer, offset, length);
        }

        /** Reads all that is left. */
        void skip() {
            final ExpandableArrayBuffer nowhere = new ExpandableArrayBuffer(CHUNK_LENGTH);
            while (fill()) {
                read(nowhere, 0, chunk.remaining());
            }
        }

        /** Returns the byte of the file behind the last one given. */
        long position() {
            return position - chunk.remaining();
        }

        private void requireChunk() {
            if (!fill()) {
                throw new JournalException("snapshot ends before the state does: position=" + position);
            }
        }

        private boolean fill() {
            if (chunk.hasRemaining()) {
                return true;
            }
            chunk.clear();
            try {
                final int count = channel.read(chunk, position);
                position += Math.max(count, 0);
                chunk.flip();
                return count > 0;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
