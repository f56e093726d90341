package io.miaojie.api.message.form;

import io.miaojie.api.digest.PayerHash;
import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one write after the other from JSON, each by its {@link Form}: closed list of fields, each once, each bounded.
 * What was read stands here until the next. Thread: one.
 */
public final class FormReader {
    private static final String ID = "id";
    private static final String STORE_ID = "store_id";

    private final PayerHash payerHash;
    private final Values top = new Values();
    private final List<Entries> lists = new ArrayList<>();
    private Form form;
    private JsonReader in;
    private ApiKey key;
    private byte[] path;

    /** The entries of one list. */
    static final class Entries {
        private final List<Values> all = new ArrayList<>();
        private int count;
        private boolean isSent;

        int count() {
            return count;
        }

        boolean isSent() {
            return isSent;
        }

        Values at(final int place) {
            return all.get(place);
        }

        private Values next() {
            if (count == all.size()) {
                all.add(new Values());
            }
            return all.get(count++);
        }
    }

    public FormReader(final PayerHash payerHash) {
        this.payerHash = payerHash;
    }

    /**
     * Reads the fields of the object that the reader has opened, to its end.
     *
     * @param pathId the id in the path, null when there is none
     * @throws BadInput also when the key may not send this: one that is bound to a store sends what names its store
     */
    public void read(final Form newForm, final JsonReader reader, final ApiKey sender, final String pathId) {
        read(newForm, reader, sender, pathId, false);
    }

    /** Reads a line of a bulk request: a {@code type}, which the caller has judged, stands among the fields. */
    public void readEvent(final Form newForm, final JsonReader reader, final ApiKey sender) {
        read(newForm, reader, sender, null, true);
    }

    /** Forgets the write before. */
    public void forget() {
        form = null;
    }

    /** Returns the slice of the id that was read last, absent when reading broke off before it. */
    public long id() {
        return form == null ? Slice.ABSENT : top.at(form.fields().place(ID));
    }

    /** Returns where the write is read from, for rules. */
    public JsonReader in() {
        return in;
    }

    /** Returns the hash of an identity of the key's merchant, for rules; it stands until the next. */
    public PayerHash hashed(final long type, final long appId, final long value) {
        return payerHash.of(key.merchantIndex(), in.text(), type, appId, value);
    }

    /** Returns the sum of a column over the entries of a list, cut off above the greatest amount, for rules. */
    public long sum(final int list, final int column) {
        long sum = 0;
        for (int i = 0; i < lists.get(list).count; i++) {
            sum = Math.min(sum + lists.get(list).at(i).at(column), JsonReader.AMOUNT_MAX + 1);
        }
        return sum;
    }

    Form form() {
        return form;
    }

    Values top() {
        return top;
    }

    Entries list(final int place) {
        return lists.get(place);
    }

    ApiKey key() {
        return key;
    }

    /** Returns the id in the path as bytes; null in bulk and where there is none. */
    byte[] path() {
        return path;
    }

    private void read(
            final Form newForm,
            final JsonReader reader,
            final ApiKey sender,
            final String pathId,
            final boolean isEvent) {
        clear(newForm, reader, sender, pathId);
        boolean hasType = !isEvent;
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            if (!hasType && "type".equals(name)) {
                hasType = true;
                in.word();
            } else {
                readField(name, isEvent);
            }
        }
        in.close();
        requireAll(form.fields().all(), top, isEvent);
        requireLists();
        form.rule().apply(top, this);
        requireStore();
    }

    private void readField(final String name, final boolean isEvent) {
        final int list = form.rowsPlace(name);
        if (list >= 0) {
            readList(form.rows().get(list), lists.get(list));
            return;
        }
        final int place = form.fields().place(name);
        final Field field = place < 0 ? null : form.fields().all().get(place);
        if (field == null || field.need() == Field.Need.PATH && !isEvent) {
            throw in.unknownField();
        }
        top.read(in, place, field);
    }

    private void readList(final Rows rows, final Entries entries) {
        if (entries.isSent) {
            throw in.refuse(EdgeCode.DUPLICATE_FIELD, "this field stands twice");
        }
        entries.isSent = true;
        in.beginArray();
        while (in.nextEntry(rows.max())) {
            readEntry(rows, entries.next());
        }
        if (entries.count < rows.min()) {
            throw in.missingField(Integer.toString(entries.count));
        }
    }

    private void readEntry(final Rows rows, final Values entry) {
        entry.clear(rows.fields().all());
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            if (rows.fields().hasObject(name)) {
                readObject(rows.fields(), entry, name);
            } else if (name.contains(".")) {
                throw in.unknownField();
            } else {
                readField(rows.fields(), entry, name);
            }
        }
        requireAll(rows.fields().all(), entry, false);
        rows.rule().apply(entry, this);
    }

    private void readField(final Fields fields, final Values entry, final String name) {
        final int place = fields.place(name);
        if (place < 0) {
            throw in.unknownField();
        }
        entry.read(in, place, fields.all().get(place));
    }

    /** Reads an object within an entry: its fields are the entry's, with the name of the object before theirs. */
    private void readObject(final Fields fields, final Values entry, final String object) {
        in.beginObject();
        for (String name = in.nextField(); name != null; name = in.nextField()) {
            readField(fields, entry, object + "." + name);
        }
        for (int i = 0; i < fields.all().size(); i++) {
            final Field field = fields.all().get(i);
            if (field.need() == Field.Need.INSIDE && field.name().startsWith(object + ".") && !entry.has(i)) {
                throw in.missingField(field.name().substring(object.length() + 1));
            }
        }
    }

    private void requireAll(final List<Field> fields, final Values values, final boolean isEvent) {
        for (int i = 0; i < fields.size(); i++) {
            final Field.Need need = fields.get(i).need();
            final boolean isNeeded = need == Field.Need.REQUIRED || need == Field.Need.PATH && isEvent;
            if (isNeeded && !values.has(i)) {
                throw in.missingField(fields.get(i).name());
            }
        }
    }

    private void requireLists() {
        for (int i = 0; i < form.rows().size(); i++) {
            if (form.rows().get(i).isRequired() && !lists.get(i).isSent) {
                throw in.missingField(form.rows().get(i).name());
            }
        }
    }

    private void requireStore() {
        final int place = form.fields().place(STORE_ID);
        final long store = place < 0 ? Slice.ABSENT : top.at(place);
        if (!key.covers(in.text(), Slice.offset(store), Slice.length(store))) {
            throw new BadInput(
                    EdgeCode.ROLE_FORBIDS,
                    place < 0 ? null : "/" + STORE_ID,
                    "this key sends what names store " + key.storeId() + " only");
        }
    }

    private void clear(final Form newForm, final JsonReader reader, final ApiKey sender, final String pathId) {
        form = newForm;
        in = reader;
        key = sender;
        path = pathId == null ? null : pathId.getBytes(StandardCharsets.US_ASCII);
        top.clear(form.fields().all());
        while (lists.size() < form.rows().size()) {
            lists.add(new Entries());
        }
        for (final Entries entries : lists) {
            entries.count = 0;
            entries.isSent = false;
        }
    }
}
