package io.miaojie.benchmarks.baseline;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.IoUtil;

/**
 * Chronicle Queue alone: one excerpt of a payment's journal bytes after the other, then all of them read again. Leaves
 * out sequences, checksums and every force.
 */
public final class RawChronicle implements Subject {
    private static final int RECORD_BYTES = 207;

    @Override
    public Measured measure(final Setting setting) throws IOException {
        final int count = setting.scale().payments();
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        try (ChronicleQueue queue =
                SingleChronicleQueueBuilder.binary(directory.toFile()).build()) {
            append(queue, count / 4);
            final long startNs = System.nanoTime();
            append(queue, count);
            final long appendedNs = System.nanoTime();
            final long read = tail(queue);
            final long tailedNs = System.nanoTime();
            if (read != count + count / 4) {
                throw new IllegalStateException("wrong result: appended=" + (count + count / 4) + " read=" + read);
            }
            return new Measured()
                    .with(Measured.PER_S, count * 1e9 / (appendedNs - startNs))
                    .with("tail_per_s", read * 1e9 / (tailedNs - appendedNs));
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static void append(final ChronicleQueue queue, final int count) {
        final Bytes<?> record = Bytes.allocateElasticDirect(RECORD_BYTES);
        for (int i = 0; i < RECORD_BYTES; i++) {
            record.writeByte((byte) i);
        }
        try (ExcerptAppender appender = queue.createAppender()) {
            for (int i = 0; i < count; i++) {
                record.readPosition(0);
                appender.writeBytes(record);
            }
        }
        record.releaseLast();
    }

    private static long tail(final ChronicleQueue queue) {
        final Bytes<?> record = Bytes.allocateElasticDirect(RECORD_BYTES);
        long count = 0;
        try (ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(record)) {
                if (record.readRemaining() != RECORD_BYTES) {
                    throw new IllegalStateException("wrong result: length=" + record.readRemaining());
                }
                record.clear();
                count++;
            }
        }
        record.releaseLast();
        return count;
    }
}
