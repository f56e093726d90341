package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.PaymentCommandEncoder;
import java.util.ArrayList;
import java.util.List;

/** The lines of a payment. Rows are used again. */
final class PaymentLines {
    /** Most lines of an order. */
    static final int LINES_MAX = 2_000;

    private static final int LINES_NUMBER = 20;
    private static final int WITHIN_A_LINE = 64;
    private static final long LINE_ID = 1;
    private static final long SKU = 1 << 1;
    private static final long CATEGORY = 1 << 2;
    private static final long SELLER_ID = 1 << 3;
    private static final long QUANTITY = 1 << 4;
    private static final long AMOUNT = 1 << 5;

    /** One line. */
    private static final class Row {
        private long mask;
        private long lineId;
        private long sku;
        private long category;
        private long sellerId;
        private long amount;
        private int quantity;

        private void clear() {
            mask = 0;
            category = Slice.ABSENT;
            sellerId = Slice.ABSENT;
            quantity = 1;
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private int count;
    private long sum;

    void clear() {
        count = 0;
        sum = 0;
    }

    /** Returns the sum of the lines, cut off above the greatest amount. */
    long sum() {
        return sum;
    }

    void read(final JsonReader in) {
        in.beginArray();
        while (in.nextEntry(LINES_MAX)) {
            if (count == rows.size()) {
                rows.add(new Row());
            }
            final Row row = rows.get(count++);
            row.clear();
            read(in, row);
            sum = Math.min(sum + row.amount, JsonReader.AMOUNT_MAX + 1);
        }
    }

    void write(final PaymentCommandEncoder out, final byte[] text) {
        final PaymentCommandEncoder.LinesEncoder lines = out.linesCount(count);
        for (int i = 0; i < count; i++) {
            final Row row = rows.get(i);
            lines.next()
                    .amountMinor(row.amount)
                    .quantity(row.quantity)
                    .putLineId(text, Slice.offset(row.lineId), Slice.length(row.lineId))
                    .putSku(text, Slice.offset(row.sku), Slice.length(row.sku))
                    .putCategory(text, Slice.offset(row.category), Slice.length(row.category))
                    .putSellerId(text, Slice.offset(row.sellerId), Slice.length(row.sellerId));
        }
    }

    void fingerprint(final Fingerprint out, final byte[] text) {
        out.field(LINES_NUMBER, count);
        for (int i = 0; i < count; i++) {
            final Row row = rows.get(i);
            out.field(WITHIN_A_LINE + 1, row.amount);
            if ((row.mask & QUANTITY) != 0) {
                out.field(WITHIN_A_LINE + 2, row.quantity);
            }
            PaymentForm.slice(out, WITHIN_A_LINE + 3, text, row.lineId);
            PaymentForm.slice(out, WITHIN_A_LINE + 4, text, row.sku);
            PaymentForm.slice(out, WITHIN_A_LINE + 5, text, row.category);
            PaymentForm.slice(out, WITHIN_A_LINE + 6, text, row.sellerId);
        }
    }

    private static void read(final JsonReader in, final Row row) {
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            switch (name) {
                case "line_id" -> {
                    row.mask = in.once(row.mask, LINE_ID);
                    row.lineId = in.id();
                }
                case "sku" -> {
                    row.mask = in.once(row.mask, SKU);
                    row.sku = in.text(JsonReader.ID_LENGTH_MAX);
                }
                case "category" -> {
                    row.mask = in.once(row.mask, CATEGORY);
                    row.category = in.text(JsonReader.ID_LENGTH_MAX);
                }
                case "seller_id" -> {
                    row.mask = in.once(row.mask, SELLER_ID);
                    row.sellerId = in.id();
                }
                case "quantity" -> {
                    row.mask = in.once(row.mask, QUANTITY);
                    row.quantity = (int) in.integer(1, Integer.MAX_VALUE);
                }
                case "amount" -> {
                    row.mask = in.once(row.mask, AMOUNT);
                    row.amount = in.amount();
                }
                default -> throw in.unknownField();
            }
        }
        require(in, row, LINE_ID, "line_id");
        require(in, row, SKU, "sku");
        require(in, row, AMOUNT, "amount");
    }

    private static void require(final JsonReader in, final Row row, final long bit, final String name) {
        if ((row.mask & bit) == 0) {
            throw in.missingField(name);
        }
    }
}
