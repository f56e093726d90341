package io.miaojie.settlement.campaign;

import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.LittleEndian;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.PaymentCommandDecoder.LinesDecoder;
import org.agrona.DirectBuffer;

/**
 * The lines of a payment or a placed order, whose groups look alike but for the texts that an order has behind, read
 * once where they stand. Units: minor, pieces.
 */
public final class CommandLines {
    /** Texts of a line of a payment: id, sku, category, seller. */
    static final int TEXTS = 4;

    /** Texts of a line of an order: also campaign, action, group. */
    static final int ORDER_TEXTS = 7;

    private static final int LINES_MAX = RecordLayout.MESSAGE_LENGTH_MAX / (LinesDecoder.sbeBlockLength() + TEXTS);
    private static final int SKU = 1;
    private static final int CAMPAIGN = 4;
    private static final int ACTION = 5;
    private static final int GROUP = 6;

    private final int texts;

    private final long[] amountsMinor = new long[LINES_MAX];
    private final int[] quantities = new int[LINES_MAX];
    private final int[] textOffsets = new int[LINES_MAX];
    private DirectBuffer buffer;
    private byte[] bytes;
    private int count;
    private long sumMinor;

    /** Makes a view of lines with this many texts. */
    CommandLines(final int texts) {
        this.texts = texts;
    }

    /** Reads the group that begins here and returns where what stands behind it begins. */
    int read(final DirectBuffer newBuffer, final int offset) {
        if (buffer != newBuffer) { // as in Slice
            buffer = newBuffer;
            bytes = newBuffer.byteArray();
        }
        final int blockLength = bytes[offset] & 0xFF;
        count = LittleEndian.shortAt(bytes, offset + 1);
        sumMinor = 0;
        int at = offset + LinesDecoder.sbeHeaderSize();
        for (int i = 0; i < count; i++) {
            final long amountMinor = LittleEndian.longAt(bytes, at);
            final int quantity = LittleEndian.intAt(bytes, at + LinesDecoder.quantityEncodingOffset());
            amountsMinor[i] = amountMinor;
            quantities[i] = Math.max(1, Math.min(OrderLines.PIECES_MAX, quantity));
            textOffsets[i] = at + blockLength;
            sumMinor = Money.isAmount(amountMinor) && Money.isAmount(sumMinor) ? sumMinor + amountMinor : -1;
            at = skipTexts(textOffsets[i], texts);
        }
        return at;
    }

    /** Puts one implicit line, without id, sku and category, in the place of whatever was read. */
    void replace(final long amountMinor) {
        amountsMinor[0] = amountMinor;
        quantities[0] = 1;
        textOffsets[0] = -1;
        sumMinor = amountMinor;
        count = 1;
    }

    public int count() {
        return count;
    }

    /** Puts another amount in the place of what was read; {@link #addUp} follows. */
    public void setAmount(final int line, final long amountMinor) {
        amountsMinor[line] = amountMinor;
    }

    /** Adds the lines up anew. */
    public void addUp() {
        sumMinor = 0;
        for (int i = 0; i < count; i++) {
            sumMinor = Money.isAmount(amountsMinor[i]) && Money.isAmount(sumMinor) ? sumMinor + amountsMinor[i] : -1;
        }
    }

    /** Moves the view to the line's sku. */
    public Slice sku(final int line, final Slice view) {
        return text(line, SKU, view);
    }

    /** Moves the view to the campaign that a line of an order takes part in; empty: none. */
    public Slice campaign(final int line, final Slice view) {
        return text(line, CAMPAIGN, view);
    }

    /** Moves the view to the action that it takes part with. */
    public Slice action(final int line, final Slice view) {
        return text(line, ACTION, view);
    }

    /** Moves the view to the group that it names; empty: none. */
    public Slice group(final int line, final Slice view) {
        return text(line, GROUP, view);
    }

    /** Returns the sum of the lines; not an amount when a line is none. */
    public long sumMinor() {
        return sumMinor;
    }

    public long amountMinor(final int line) {
        return amountsMinor[line];
    }

    /** Returns the amounts of all lines, to be spread over. */
    public long[] amountsMinor() {
        return amountsMinor;
    }

    /** Returns the pieces of the line, at least 1. */
    public int quantity(final int line) {
        return quantities[line];
    }

    /** Moves the view to the line's id; empty: it has none. */
    public Slice id(final int line, final Slice view) {
        return text(line, 0, view);
    }

    /** Moves the view to one of line id, sku and category. */
    Slice text(final int line, final int text, final Slice view) {
        if (textOffsets[line] < 0) {
            return view.wrap(buffer, 0, 0);
        }
        final int at = skipTexts(textOffsets[line], text);
        return view.wrap(buffer, at + 1, bytes[at] & 0xFF);
    }

    /** Moves the view to line id, sku and category, each behind its length, as a table of lines keeps them. */
    Slice texts(final int line, final Slice view) {
        if (textOffsets[line] < 0) {
            return OrderLines.noTexts(view);
        }
        final int at = textOffsets[line];
        return view.wrap(buffer, at, skipTexts(at, OrderLines.TEXTS) - at);
    }

    /** Tells whether this is the implicit line. */
    boolean isImplicit(final int line) {
        return textOffsets[line] < 0;
    }

    private int skipTexts(final int offset, final int skipped) {
        int at = offset;
        for (int i = 0; i < skipped; i++) {
            at += 1 + (bytes[at] & 0xFF);
        }
        return at;
    }
}
