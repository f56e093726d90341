package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.JdkOpenings;
import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.Durability;
import io.miaojie.journal.JournalConfig;
import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One group commit of the journal: so many records of a payment's size appended, then committed, forced or not.
 *
 * <pre>
 *   record, record, ... --&gt; append (CRC chain, excerpt) --&gt; commit --&gt; OS: page cache, SYNC: on the disk
 *                      |&lt;=================== measured ==================&gt;|
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "-Xmx1g",
            JdkOpenings.NO_ANALYTICS,
            JdkOpenings.EXPORT_NIO_CHANNELS,
            JdkOpenings.EXPORT_INTERNAL_REF,
            JdkOpenings.OPEN_REFLECT,
            JdkOpenings.OPEN_NIO_CHANNELS,
            JdkOpenings.OPEN_NIO,
            JdkOpenings.OPEN_INTERNAL_MISC
        })
public class JournalBench {
    private static final int COMMAND_BYTES = 120;
    private static final int OUTCOME_BYTES = 51;
    private static final int RECORD_BYTES = RecordLayout.HEADER_LENGTH + COMMAND_BYTES + OUTCOME_BYTES;

    @Param({"1", "64", "1024"})
    public int records;

    @Param({"OS", "SYNC"})
    public Durability durability;

    private Path directory;
    private ChronicleJournal journal;
    private UnsafeBuffer batch;
    private long sequence;

    /** Opens an empty journal in the directory for temporary files. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("miaojie-bench-");
        journal = ChronicleJournal.open(
                JournalConfig.of(directory.resolve("journal"), 0).withDurability(durability));
        batch = new UnsafeBuffer(new byte[records * RECORD_BYTES]);
    }

    /** Appends the records and commits them. */
    @Benchmark
    public long commit() {
        for (int i = 0; i < records; i++) {
            sequence++;
            RecordLayout.putHeader(batch, i * RECORD_BYTES, COMMAND_BYTES, OUTCOME_BYTES, 0, sequence, sequence);
        }
        journal.append(batch, 0, batch.capacity());
        return journal.commit();
    }

    /** Holds that all of it is durable, and removes it. */
    @TearDown(Level.Trial)
    public void close() {
        final long durable = journal.durableSequence();
        journal.close();
        IoUtil.delete(directory.toFile(), true);
        if (durable != sequence) {
            throw new IllegalStateException("wrong result: appended=" + sequence + " durable=" + durable);
        }
    }
}
