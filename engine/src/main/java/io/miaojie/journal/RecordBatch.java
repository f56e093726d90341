package io.miaojie.journal;

import io.miaojie.settlement.Core;
import io.miaojie.wire.RecordLayout;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * The next few records of a journal, copied out of their reader: a core can only foresee what stands beside each other.
 *
 * <p>Thread: that of the reader. Allocates: nothing once grown.
 */
final class RecordBatch {
    private static final int FIRST_CAPACITY_BYTES = 64 * 1024;

    /** A batch that holds so much takes no more: records of the largest size come one by one. */
    private static final int FULL_BYTES = RecordLayout.MESSAGE_LENGTH_MAX;

    private final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(FIRST_CAPACITY_BYTES);
    private final int[] offsets = new int[Core.FORESEEN_MAX];
    private int count;
    private int end;

    void clear() {
        count = 0;
        end = 0;
    }

    boolean hasRoom() {
        return count < offsets.length && end < FULL_BYTES;
    }

    void add(final DirectBuffer buffer, final int offset) {
        final int length = RecordLayout.length(buffer, offset);
        bytes.putBytes(end, buffer, offset, length);
        offsets[count++] = end;
        end += BitUtil.align(length, Long.BYTES);
    }

    int count() {
        return count;
    }

    DirectBuffer buffer() {
        return bytes;
    }

    /** Returns where a record begins, see {@code RecordLayout}. */
    int offset(final int index) {
        return offsets[index];
    }
}
