package io.miaojie.api.message.form;

import io.miaojie.api.json.JsonReader;
import java.util.Arrays;
import java.util.List;

/** What one object holds: one long for each field of its table, and which were sent. Used again. */
public final class Values {
    private long[] values = new long[0];
    private long mask;

    /** Returns the value at this place of the table: a number or a slice. */
    public long at(final int place) {
        return values[place];
    }

    /** Returns whether this field was sent. */
    public boolean has(final int place) {
        return (mask & 1L << place) != 0;
    }

    /** Sets what the client did not send. */
    public void set(final int place, final long value) {
        values[place] = value;
    }

    void clear(final List<Field> fields) {
        if (values.length < fields.size()) {
            values = new long[fields.size()];
        }
        mask = 0;
        Arrays.fill(values, 0);
        for (int i = 0; i < fields.size(); i++) {
            values[i] = fields.get(i).otherwise();
        }
    }

    void read(final JsonReader in, final int place, final Field field) {
        mask = in.once(mask, 1L << place);
        values[place] = field.type().reading().read(in);
    }
}
