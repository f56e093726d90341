package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder.LinesDecoder;
import org.agrona.DirectBuffer;

/** The lines of a payment, decoded once and read by each campaign. Units: minor. */
public final class PaymentLines {
    private static final int LINE_LENGTH_MIN = LinesDecoder.sbeBlockLength() + 4;
    private static final int LINES_MAX = RecordLayout.MESSAGE_LENGTH_MAX / LINE_LENGTH_MIN;

    private final long[] basesMinor = new long[LINES_MAX];
    private final int[] skuOffsets = new int[LINES_MAX];
    private final int[] categoryOffsets = new int[LINES_MAX];
    private final Slice view = new Slice();
    private DirectBuffer buffer;
    private int count;
    private long sumMinor;

    public int count() {
        return count;
    }

    /** Returns what was paid for the line. */
    public long baseMinor(final int line) {
        return basesMinor[line];
    }

    /** Returns the line's sku, valid until the next call; empty for the implicit line. */
    public Slice sku(final int line) {
        return text(skuOffsets[line]);
    }

    /** Returns the line's category, valid until the next call. */
    public Slice category(final int line) {
        return text(categoryOffsets[line]);
    }

    /** Reads the lines; the decoder stands before them, and after them when this returns. */
    void read(final PaymentCommandDecoder command, final DirectBuffer newBuffer) {
        if (buffer != newBuffer) { // as in Slice
            buffer = newBuffer;
        }
        count = 0;
        sumMinor = 0;
        final LinesDecoder lines = command.lines();
        while (lines.hasNext()) {
            lines.next();
            final long amountMinor = lines.amountMinor();
            lines.skipLineId();
            skuOffsets[count] = command.limit();
            lines.skipSku();
            categoryOffsets[count] = command.limit();
            lines.skipCategory();
            lines.skipSellerId();
            basesMinor[count++] = amountMinor;
            sumMinor = Money.isAmount(amountMinor) && Money.isAmount(sumMinor) ? sumMinor + amountMinor : -1;
        }
    }

    /** Returns the sum of the lines, or more or less than any amount when a line isn't one. */
    long sumMinor() {
        return sumMinor;
    }

    /** Puts one line without sku and category in the place of whatever was read. */
    void replace(final long baseMinor) {
        basesMinor[0] = baseMinor;
        skuOffsets[0] = -1;
        categoryOffsets[0] = -1;
        count = 1;
    }

    private Slice text(final int offset) {
        return offset < 0 ? view.wrap(buffer, 0, 0) : view.wrap(buffer, offset + 1, buffer.getByte(offset) & 0xFF);
    }
}
