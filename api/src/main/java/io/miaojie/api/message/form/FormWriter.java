package io.miaojie.api.message.form;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** Writes what a {@link FormReader} has read as the command of its form. Thread: one. */
public final class FormWriter {
    private static final int WITHIN_A_ROW = 64;
    private static final int NONE = -1;

    private final EnvelopeEncoder envelope = new EnvelopeEncoder();
    private MutableDirectBuffer buffer;
    private int at;

    /**
     * Writes the command into the scratch.
     *
     * @param made what the edge adds as text, if the form has a place for it: a token, random bytes; may be empty
     */
    public void write(final FormReader read, final CommandScratch out, final byte[] made) {
        final Form form = read.form();
        final byte[] text = read.in().text();
        buffer = out.buffer();
        out.begin(form.templateId(), form.blockLength());
        final int block = MessageHeaderEncoder.ENCODED_LENGTH;
        at = block + form.blockLength();
        putNumbers(form.fields().all(), read.top(), block);
        for (int i = 0; i < form.rows().size(); i++) {
            putRows(form.rows().get(i), read.list(i), text);
        }
        putTexts(form.fields().all(), read.top(), text, read.path(), made);
        final Values top = read.top();
        final long source = text(form, top, "source");
        out.identify(read.key().merchantIndex(), form.idSpace(), text, source, text(form, top, "id"));
        envelope.wrap(buffer, block);
        out.seal(envelope, read.key(), fingerprint(out.fingerprint(), read), atNs(form, top));
        out.end(at - block);
    }

    private static long text(final Form form, final Values values, final String name) {
        final int place = form.fields().place(name);
        return place < 0 ? Slice.ABSENT : values.at(place);
    }

    private static long atNs(final Form form, final Values values) {
        final List<Field> fields = form.fields().all();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isIn(Field.ENVELOPE)) {
                return values.at(i);
            }
        }
        return 0;
    }

    private void putRows(final Rows rows, final FormReader.Entries entries, final byte[] text) {
        buffer.putByte(at, (byte) rows.blockLength());
        buffer.putShort(at + 1, (short) entries.count(), ByteOrder.LITTLE_ENDIAN);
        at += 1 + Short.BYTES;
        for (int i = 0; i < entries.count(); i++) {
            putNumbers(rows.fields().all(), entries.at(i), at);
            at += rows.blockLength();
            putTexts(rows.fields().all(), entries.at(i), text, null, new byte[0]);
        }
    }

    private void putNumbers(final List<Field> fields, final Values values, final int block) {
        for (int i = 0; i < fields.size(); i++) {
            final Field field = fields.get(i);
            if (field.isInBlock()) {
                put(block + field.offset(), field.type().width(), values.at(i));
            }
        }
    }

    private void put(final int offset, final int width, final long value) {
        switch (width) {
            case Byte.BYTES -> buffer.putByte(offset, (byte) value);
            case Short.BYTES -> buffer.putShort(offset, (short) value, ByteOrder.LITTLE_ENDIAN);
            case Integer.BYTES -> buffer.putInt(offset, (int) value, ByteOrder.LITTLE_ENDIAN);
            default -> buffer.putLong(offset, value, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private void putTexts(
            final List<Field> fields, final Values values, final byte[] text, final byte[] path, final byte[] made) {
        for (int i = 0; i < fields.size(); i++) {
            final Field field = fields.get(i);
            if (!field.isIn(Field.BEHIND)) {
                continue;
            }
            final boolean isLong = field.type().width() == FieldType.LONG_TEXT;
            if (field.need() == Field.Need.PATH && path != null) {
                putText(isLong, path, 0, path.length);
            } else if (field.need() == Field.Need.MADE) {
                putText(isLong, made, 0, made.length);
            } else {
                putText(isLong, text, Slice.offset(values.at(i)), Slice.length(values.at(i)));
            }
        }
    }

    private void putText(final boolean isLong, final byte[] source, final int offset, final int length) {
        if (isLong) {
            buffer.putShort(at, (short) length, ByteOrder.LITTLE_ENDIAN);
            at += Short.BYTES;
        } else {
            buffer.putByte(at++, (byte) length);
        }
        buffer.putBytes(at, source, offset, length);
        at += length;
    }

    /** The fields that were sent, the path included, but for the id and its source, which are in the digest. */
    private static long fingerprint(final Fingerprint out, final FormReader read) {
        final Form form = read.form();
        out.begin();
        int before = NONE;
        for (final int place : form.byNumber()) {
            final Field field = form.fields().all().get(place);
            addRows(out, read, before, field.number());
            before = field.number();
            if (field.need() == Field.Need.PATH && read.path() != null) {
                out.field(field.number(), read.path(), 0, read.path().length);
            } else if (read.top().has(place) && !"id".equals(field.name()) && !"source".equals(field.name())) {
                add(out, field, field.number(), read.top().at(place), read.in().text());
            }
        }
        addRows(out, read, before, Integer.MAX_VALUE);
        return out.end();
    }

    /** Adds the lists whose number lies between these two. */
    private static void addRows(final Fingerprint out, final FormReader read, final int above, final int below) {
        final Form form = read.form();
        for (int i = 0; i < form.rows().size(); i++) {
            final Rows rows = form.rows().get(i);
            if (rows.number() > above && rows.number() < below && read.list(i).isSent()) {
                out.field(rows.number(), read.list(i).count());
                for (int k = 0; k < read.list(i).count(); k++) {
                    addRow(
                            out,
                            rows.fields().all(),
                            read.list(i).at(k),
                            read.in().text());
                }
            }
        }
    }

    private static void addRow(
            final Fingerprint out, final List<Field> fields, final Values values, final byte[] text) {
        for (int i = 0; i < fields.size(); i++) {
            if (values.has(i)) {
                add(out, fields.get(i), WITHIN_A_ROW + fields.get(i).number(), values.at(i), text);
            }
        }
    }

    private static void add(
            final Fingerprint out, final Field field, final int number, final long value, final byte[] text) {
        if (field.type().isText()) {
            out.field(number, text, Slice.offset(value), Slice.length(value));
        } else {
            out.field(number, value);
        }
    }
}
