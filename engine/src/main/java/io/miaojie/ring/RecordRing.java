package io.miaojie.ring;

import com.lmax.disruptor.Sequence;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The byte ring between the stages: journal records, and answers that make no record, each in one piece. Positions only
 * grow; a piece that does not fit before the buffer's end begins the next lap. What was answered stays readable until
 * it is written over, so the newest records double as the memory for repeats.
 *
 * <p>Thread: claim, keep and find on the settlement thread; {@link #release} on the journal thread; the bytes and
 * {@link #positionOf} of records on their way belong to whichever stage the ring's sequences have handed them to. What
 * changes with each record is a {@link Sequence}, which has cache lines to itself: both threads read what stands
 * beside.
 */
final class RecordRing {
    static final long OVERWRITTEN = -1;

    private final UnsafeBuffer buffer;
    private final int capacity;
    private final long[] positions;
    private final Sequence releasedPosition = new Sequence(0);
    private final Sequence releasedSequence = new Sequence(0);
    private final Sequence head = new Sequence(0);
    private final Sequence claimEnd = new Sequence(0);
    private final Sequence newestSequence = new Sequence(0);
    private long oldestSequence;

    /**
     * @param capacity bytes, a power of two
     * @param recordsMax records that are found by their sequence, a power of two
     */
    RecordRing(final int capacity, final int recordsMax) {
        this.buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
        this.capacity = capacity;
        this.positions = new long[recordsMax];
    }

    void startBehind(final long lastSequence) {
        oldestSequence = lastSequence + 1;
        newestSequence.set(lastSequence);
        releasedSequence.set(lastSequence);
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    int offsetOf(final long position) {
        return (int) (position & (capacity - 1));
    }

    /** Makes room for one piece at {@link #head}; false: what stands there is not answered yet. */
    boolean tryClaim(final int length) {
        final long at = head.get();
        final long start = offsetOf(at) + length > capacity ? (at | (capacity - 1)) + 1 : at;
        // Acquire: pairs with the release below, so the reply stage has read these bytes before they are written over.
        final boolean hasRoom = start + length - capacity <= releasedPosition.get()
                && newestSequence.get() + 1 - releasedSequence.get() <= positions.length;
        if (hasRoom) {
            head.set(start);
            claimEnd.set(start + length);
        }
        return hasRoom;
    }

    /** Returns where the piece claimed last begins, or will begin. */
    long head() {
        return head.get();
    }

    /** Keeps the claimed piece as the record of {@code sequence}. */
    void keepRecord(final long sequence, final int length) {
        final long at = head.get();
        positions[indexOf(sequence)] = at;
        newestSequence.set(sequence);
        head.set(at + length);
    }

    /** Keeps the claimed piece as an answer that makes no record. */
    void keepAnswer(final int length) {
        head.set(head.get() + length);
    }

    /** Finds a past record, or says {@link #OVERWRITTEN}; to be asked between a claim and its keeping. */
    long find(final long sequence) {
        final long newest = newestSequence.get();
        final boolean isListed =
                sequence >= oldestSequence && sequence <= newest && sequence > newest - positions.length;
        if (!isListed) {
            return OVERWRITTEN;
        }
        final long position = positions[indexOf(sequence)];
        return position >= claimEnd.get() - capacity ? position : OVERWRITTEN;
    }

    /** Returns where a record stands that is not released yet. */
    long positionOf(final long sequence) {
        return positions[indexOf(sequence)];
    }

    /** Frees everything up to a position and a sequence. */
    void release(final long position, final long sequence) {
        // Release: the reads of the bytes freed here are done before the settlement thread sees that they are free.
        releasedPosition.set(position);
        releasedSequence.set(sequence);
    }

    /** Tells whether everything up to this sequence is freed. */
    boolean isReleased(final long sequence) {
        return sequence <= releasedSequence.get();
    }

    private int indexOf(final long sequence) {
        return (int) (sequence & (positions.length - 1));
    }
}
