package io.miaojie.journal;

import io.miaojie.settlement.Core;
import io.miaojie.wire.RecordLayout;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Brings a fresh core to the end of the journal: settles every record's command again, at its recorded time, and
 * compares the outcome with the recorded one, byte for byte. As the ring does, it has the core foresee a few records
 * before it settles the first of them.
 */
public final class Replay {
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[RecordLayout.MESSAGE_LENGTH_MAX]);
    private final UnsafeBuffer recorded = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer recomputed = new UnsafeBuffer(0, 0);
    private final Core core;
    private final long snapshotSequence;
    private final RecordBatch batch = new RecordBatch();
    private long readSequence;
    private int readCrc;
    private long sequence;
    private int crc;
    private long nowNs;
    private long replayedCount;

    private Replay(final Core core, final Optional<Snapshot> snapshot) {
        this.core = core;
        this.snapshotSequence = snapshot.map(Snapshot::sequence).orElse(0L);
        this.sequence = snapshotSequence;
        this.crc = snapshot.map(Snapshot::crc).orElse(0);
        this.readSequence = sequence;
        this.readCrc = crc;
        this.nowNs = snapshot.map(Snapshot::nowNs).orElse(0L);
        snapshot.ifPresent(found -> SnapshotFile.load(found.file(), core));
    }

    /**
     * Recovers a fresh core from the newest snapshot and the records behind it.
     *
     * @param readers opens a reader behind a sequence
     * @throws JournalException when a record is damaged, does not give its recorded outcome, or was settled by another
     *     version of the rules
     */
    public static Recovery recover(
            final Core core, final SnapshotStore snapshots, final LongFunction<RecordReader> readers) {
        return run(core, snapshots.newest(), readers, () -> Long.MAX_VALUE);
    }

    /** Recovers two fresh cores, from genesis and from the newest snapshot, up to the end of the journal. */
    public static Verification verify(
            final Supplier<Core> cores, final SnapshotStore snapshots, final LongFunction<RecordReader> readers) {
        final Recovery genesis = run(cores.get(), Optional.empty(), readers, () -> Long.MAX_VALUE);
        final Recovery snapshot = run(cores.get(), snapshots.newest(), readers, genesis::lastSequence);
        return new Verification(genesis, snapshot);
    }

    /** Brings a fresh core from genesis to this sequence, or to the end of the journal if that comes first. */
    public static Recovery until(final Core core, final LongFunction<RecordReader> readers, final long lastSequence) {
        return run(core, Optional.empty(), readers, () -> lastSequence);
    }

    /** Settles on; {@code lastSequence} is asked before each record, so that lowering it ends the run early. */
    static Recovery run(
            final Core core,
            final Optional<Snapshot> snapshot,
            final LongFunction<RecordReader> readers,
            final LongSupplier lastSequence) {
        final Replay replay = new Replay(core, snapshot);
        try (RecordReader reader = readers.apply(replay.sequence)) {
            while (replay.read(reader, lastSequence)) {
                replay.settleBatch(lastSequence);
            }
        }
        return new Recovery(
                replay.sequence,
                replay.crc,
                replay.nowNs,
                replay.snapshotSequence,
                replay.replayedCount,
                StateHash.of(core));
    }

    /** Reads the next records, as many as are foreseen together, and returns whether there are any. */
    private boolean read(final RecordReader reader, final LongSupplier lastSequence) {
        batch.clear();
        if (sequence != readSequence) {
            return false; // the run was ended in the middle of a batch
        }
        while (batch.hasRoom() && readSequence < lastSequence.getAsLong() && reader.next()) {
            requireFollows(reader.buffer(), reader.offset());
            readSequence = RecordLayout.sequence(reader.buffer(), reader.offset());
            readCrc = RecordLayout.crc(reader.buffer(), reader.offset());
            batch.add(reader.buffer(), reader.offset());
        }
        return batch.count() > 0;
    }

    private void settleBatch(final LongSupplier lastSequence) {
        for (int i = 0; i < batch.count(); i++) {
            core.foresee(
                    batch.buffer(),
                    RecordLayout.commandOffset(batch.offset(i)),
                    RecordLayout.commandLength(batch.buffer(), batch.offset(i)));
        }
        core.readAhead();
        for (int i = 0; i < batch.count() && sequence < lastSequence.getAsLong(); i++) {
            settle(batch.buffer(), batch.offset(i));
        }
    }

    private void settle(final DirectBuffer buffer, final int offset) {
        sequence = RecordLayout.sequence(buffer, offset);
        crc = RecordLayout.crc(buffer, offset);
        nowNs = RecordLayout.nowNs(buffer, offset);
        final int commandOffset = RecordLayout.commandOffset(offset);
        final int commandLength = RecordLayout.commandLength(buffer, offset);
        final int length = core.settle(sequence, nowNs, buffer, commandOffset, commandLength, out, 0);
        if (length <= 0) {
            throw new JournalException(
                    "journaled command gives no outcome any more: sequence=" + sequence + " settled=" + length);
        }
        recorded.wrap(buffer, RecordLayout.outcomeOffset(buffer, offset), RecordLayout.outcomeLength(buffer, offset));
        recomputed.wrap(out, 0, length);
        if (!recorded.equals(recomputed)) {
            throw new JournalException("recomputed outcome differs from the recorded one: sequence=" + sequence
                    + " recordedLength=" + recorded.capacity() + " recomputedLength=" + length);
        }
        replayedCount++;
    }

    private void requireFollows(final DirectBuffer buffer, final int offset) {
        if (RecordLayout.prevCrc(buffer, offset) != readCrc) {
            throw new JournalException("journal does not follow on the snapshot: sequence=" + (readSequence + 1)
                    + " prevCrc=" + RecordLayout.prevCrc(buffer, offset) + " expected=" + readCrc);
        }
        final int logicVersion = RecordLayout.logicVersion(buffer, offset);
        if (logicVersion != RecordLayout.LOGIC_VERSION) {
            throw new JournalException("record was settled by rules of another version: sequence=" + (readSequence + 1)
                    + " logicVersion=" + logicVersion + " ours=" + RecordLayout.LOGIC_VERSION
                    + "; start and cleanly stop the program of that version first: it leaves a snapshot");
        }
    }
}
