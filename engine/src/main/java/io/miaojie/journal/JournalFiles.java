package io.miaojie.journal;

import java.io.IOException;
import java.util.function.LongSupplier;

/** The readable side of a journal. Thread: any. */
public final class JournalFiles {
    private final int shard;
    private final CycleList cycles;
    private final ScanReport report;

    JournalFiles(final int shard, final CycleList cycles, final ScanReport report) {
        this.shard = shard;
        this.cycles = cycles;
        this.report = report;
    }

    /**
     * Scans a journal that nobody writes, and alters nothing.
     *
     * @throws JournalException on damage, with file and position
     */
    public static JournalFiles scan(final JournalConfig config) {
        try {
            return JournalScan.run(config, Watermark.peek(config.directory()));
        } catch (final IOException e) {
            throw new JournalException("watermark can't be read: directory=" + config.directory(), e);
        }
    }

    public ScanReport report() {
        return report;
    }

    /** Opens a reader that stands behind {@code afterSequence} and ends at the last valid record of the scan. */
    public RecordReader reader(final long afterSequence) {
        return reader(afterSequence, report::lastSequence);
    }

    /** Returns the first record that is kept; those before are in an archive. */
    public long oldestSequence() {
        return cycles.oldestSequence();
    }

    RecordReader reader(final long afterSequence, final LongSupplier durableSequence) {
        return new CycleReader(cycles, shard, durableSequence, afterSequence);
    }

    CycleList cycles() {
        return cycles;
    }
}
