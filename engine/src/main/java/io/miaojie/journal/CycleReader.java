package io.miaojie.journal;

import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/** Reads across cycles, stops in each at the last record that counts, and never passes the durable sequence. */
final class CycleReader implements RecordReader {
    private final CycleList cycles;
    private final RecordChain chain;
    private final LongSupplier durableSequence;
    private long sequence;
    private Cycle cycle;
    private CycleWalk walk;

    CycleReader(final CycleList cycles, final int shard, final LongSupplier durableSequence, final long afterSequence) {
        this.cycles = cycles;
        this.chain = new RecordChain(shard);
        this.durableSequence = durableSequence;
        this.sequence = afterSequence;
    }

    @Override
    public boolean next() {
        if (sequence >= durableSequence.getAsLong()) {
            return false;
        }
        if (walk == null) {
            cycle = cycles.cycleOf(sequence + 1);
            walk = new CycleWalk(cycle, chain, cycles.index().positionBefore(sequence + 1, cycle.number()));
        } else if (sequence >= cycles.lastSequenceOf(cycle)) {
            walk.close();
            cycle = cycles.cycleOf(sequence + 1);
            walk = new CycleWalk(cycle, chain);
        }
        do {
            step();
        } while (chain.sequence() <= sequence);
        sequence++;
        return true;
    }

    private void step() {
        final String gap = walk.step();
        if (!gap.isEmpty()) {
            throw new JournalException("journal is damaged: file=" + cycle.file() + " position=" + walk.position()
                    + " sequence=" + (sequence + 1) + " reason=" + gap + "; it was durable");
        }
    }

    @Override
    public DirectBuffer buffer() {
        return walk.buffer();
    }

    @Override
    public int offset() {
        return walk.offset();
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
    }
}
