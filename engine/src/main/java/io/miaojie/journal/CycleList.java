package io.miaojie.journal;

import java.util.Arrays;
import java.util.List;

/**
 * The cycles of a journal in order, and where in them a sequence is found.
 *
 * <p>Thread: any; the journal thread adds a cycle before a record of it is durable.
 */
final class CycleList {
    /** With the spacing of 1 MiB at the start: 16 GiB before entries are thinned out. */
    private static final int INDEX_ENTRIES_MAX = 16 * 1024;

    private static final long INDEX_SPACING_BYTES = 1L << 20;

    private final SequenceIndex index = new SequenceIndex(INDEX_ENTRIES_MAX, INDEX_SPACING_BYTES);
    private volatile Cycle[] cycles;
    private volatile long oldestSequence = 1;

    CycleList(final List<Cycle> cycles) {
        this.cycles = cycles.toArray(Cycle[]::new);
        if (!cycles.isEmpty()) {
            oldestSequence = cycles.get(0).firstSequence();
        }
    }

    void add(final Cycle cycle) {
        final Cycle[] longer = Arrays.copyOf(cycles, cycles.length + 1);
        longer[cycles.length] = cycle;
        cycles = longer;
    }

    /** Returns the last cycle, null if there is none. */
    Cycle last() {
        final Cycle[] current = cycles;
        return current.length == 0 ? null : current[current.length - 1];
    }

    /** Returns the first record that is kept. */
    long oldestSequence() {
        return oldestSequence;
    }

    /**
     * From now on nobody begins to read before this record. The cycles before stay on the list: who is within them
     * reads on, as long as their files are there.
     */
    void letGoBefore(final long sequence) {
        oldestSequence = sequence;
    }

    /** Returns the cycle that follows on the one that holds this record, null if that is the last. */
    Cycle after(final long sequence) {
        final Cycle[] current = cycles;
        for (final Cycle cycle : current) {
            if (cycle.firstSequence() > sequence) {
                return cycle;
            }
        }
        return null;
    }

    SequenceIndex index() {
        return index;
    }

    /** Returns the cycle that holds the record with this sequence, or will hold it. */
    Cycle cycleOf(final long sequence) {
        final Cycle[] current = cycles;
        for (int i = current.length - 1; i >= 0; i--) {
            if (current[i].firstSequence() <= sequence) {
                return current[i];
            }
        }
        throw new JournalException("record is not in the journal any more: sequence=" + sequence + " first="
                + (current.length == 0 ? "none" : current[0].firstSequence()));
    }

    /** Returns the last sequence that counts in the cycle; what stands behind it there was cut. */
    long lastSequenceOf(final Cycle cycle) {
        final Cycle[] current = cycles;
        if (current[current.length - 1] == cycle) {
            return Long.MAX_VALUE;
        }
        for (final Cycle later : current) {
            if (later.number() > cycle.number()) {
                return later.firstSequence() - 1;
            }
        }
        return Long.MAX_VALUE;
    }
}
