package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.PaymentForm;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.FormReader;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes a command of one line of a bulk request. Thread: one event loop. */
final class EventReader {
    private static final byte[] PREFIX = "{\"type\":\"payment\",".getBytes(StandardCharsets.US_ASCII);

    private static final String PAYMENT = "payment";

    private final Edge edge;
    private final ApiKey key;
    private final PaymentForm payment;
    private final FormReader forms;
    private boolean isPayment;

    EventReader(final Edge edge, final ApiKey key) {
        this.edge = edge;
        this.key = key;
        payment = edge.paymentForm();
        forms = edge.formReader();
    }

    /**
     * Reads one line; its command stands in the scratch.
     *
     * @throws BadInput when the line breaks a rule
     */
    void read(final byte[] bytes, final int offset, final int length) {
        final JsonReader reader = edge.reader();
        isPayment = true;
        payment.forget();
        try {
            reader.open(bytes, offset, length);
            final String type = type(reader, bytes, offset, length);
            if (PAYMENT.equals(type)) {
                readPayment(reader);
            } else {
                readForm(type, reader);
            }
        } finally {
            reader.release();
        }
    }

    /** Returns the id that was read last, null when reading broke off before it. */
    String id() {
        if (!isPayment) {
            return forms.id();
        }
        final long id = payment.id();
        return id == Slice.ABSENT ? null : edge.reader().string(id);
    }

    private void readPayment(final JsonReader reader) {
        payment.read(reader, true);
        if (!payment.isCoveredBy(key)) {
            throw new BadInput(EdgeCode.ROLE_FORBIDS, "/store_id", "this key sends payments of one store only");
        }
        edge.writePayment(key);
    }

    private void readForm(final String type, final JsonReader reader) {
        final Form form = Forms.event(type);
        if (form == null) {
            throw new BadInput(EdgeCode.UNSUPPORTED_TYPE, "/type", "one of " + Forms.eventTypes());
        }
        if (!Access.of(form).allows(key)) {
            throw new BadInput(EdgeCode.ROLE_FORBIDS, "/type", "the role of this key does not allow it");
        }
        isPayment = false;
        forms.readEvent(form, reader, key);
        edge.writeForm(form, key);
    }

    /** The type is looked for first, since it decides which fields there are; most clients send it first. */
    private static String type(final JsonReader reader, final byte[] bytes, final int offset, final int length) {
        if (beginsWithPayment(bytes, offset, length)) {
            return PAYMENT;
        }
        final String type = reader.peek("type");
        if (type == null) {
            throw new BadInput(EdgeCode.MISSING_FIELD, "/type", "this field is required");
        }
        reader.open(bytes, offset, length);
        return type;
    }

    private static boolean beginsWithPayment(final byte[] bytes, final int offset, final int length) {
        return length > PREFIX.length && Arrays.equals(bytes, offset, offset + PREFIX.length, PREFIX, 0, PREFIX.length);
    }
}
