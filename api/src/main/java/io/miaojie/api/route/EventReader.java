package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes a command of one line of a bulk request. Thread: one event loop. */
final class EventReader {
    private static final byte[] PREFIX = "{\"type\":\"payment\",".getBytes(StandardCharsets.US_ASCII);

    private final Edge edge;
    private final ApiKey key;
    private final PaymentForm payment;

    EventReader(final Edge edge, final ApiKey key) {
        this.edge = edge;
        this.key = key;
        payment = edge.paymentForm();
    }

    /**
     * Reads one line; its command stands in the scratch.
     *
     * @throws BadInput when the line breaks a rule
     */
    void read(final byte[] bytes, final int offset, final int length) {
        final JsonReader reader = edge.reader();
        payment.forget();
        try {
            reader.open(bytes, offset, length);
            checkType(reader, bytes, offset, length);
            payment.read(reader, true);
            if (!payment.isCoveredBy(key)) {
                throw new BadInput(EdgeCode.ROLE_FORBIDS, "/store_id", "this key sends payments of one store only");
            }
            payment.write(edge.scratch(), key);
        } finally {
            reader.release();
        }
    }

    /** Returns the id that was read last, null when reading broke off before it. */
    String id() {
        final long id = payment.id();
        return id == Slice.ABSENT
                ? null
                : new String(edge.reader().text(), Slice.offset(id), Slice.length(id), StandardCharsets.US_ASCII);
    }

    /** The type is looked for first, since it decides which fields there are; most clients send it first. */
    private static void checkType(final JsonReader reader, final byte[] bytes, final int offset, final int length) {
        if (!beginsWithPayment(bytes, offset, length)) {
            final String type = reader.peek("type");
            if (type == null) {
                throw new BadInput(EdgeCode.MISSING_FIELD, "/type", "this field is required");
            }
            if (!"payment".equals(type)) {
                throw new BadInput(EdgeCode.UNSUPPORTED_TYPE, "/type", "payment");
            }
            reader.open(bytes, offset, length);
        }
    }

    private static boolean beginsWithPayment(final byte[] bytes, final int offset, final int length) {
        return length > PREFIX.length && Arrays.equals(bytes, offset, offset + PREFIX.length, PREFIX, 0, PREFIX.length);
    }
}
