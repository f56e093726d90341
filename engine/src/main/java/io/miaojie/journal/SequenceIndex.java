package io.miaojie.journal;

import java.util.Map;
import java.util.TreeMap;

/**
 * Sparse map from sequence to the excerpt it is in, so that a reader need not begin at the start of a cycle. Bounded:
 * when full it forgets every other entry and takes half as many from then on.
 *
 * <p>Thread: any.
 */
final class SequenceIndex {
    /** Where an excerpt stands. */
    record Entry(int cycle, long position) {}

    private final int entriesMax;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private long spacingBytes;
    private int lastCycle;
    private long lastPosition;

    SequenceIndex(final int entriesMax, final long spacingBytes) {
        this.entriesMax = entriesMax;
        this.spacingBytes = spacingBytes;
    }

    /** Offers the place of an excerpt; it is taken if the one before is far enough away. */
    void offer(final long firstSequence, final int cycle, final long position) {
        if (cycle != lastCycle || position - lastPosition >= spacingBytes) {
            lastCycle = cycle;
            lastPosition = position;
            take(firstSequence, new Entry(cycle, position));
        }
    }

    private synchronized void take(final long firstSequence, final Entry entry) {
        if (entries.size() == entriesMax) {
            boolean odd = false;
            for (final var each = entries.keySet().iterator(); each.hasNext(); odd = !odd) {
                each.next();
                if (odd) {
                    each.remove();
                }
            }
            spacingBytes *= 2;
        }
        entries.put(firstSequence, entry);
    }

    /** Returns the last known place in the cycle that is not behind the sequence, its start if there is none. */
    synchronized long positionBefore(final long sequence, final int cycle) {
        final Map.Entry<Long, Entry> floor = entries.floorEntry(sequence);
        return floor == null || floor.getValue().cycle() != cycle
                ? 0
                : floor.getValue().position();
    }

    synchronized int count() {
        return entries.size();
    }
}
