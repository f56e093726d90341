package io.miaojie.api.message.form;

import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Finds in the bytes of a command what its form put there; a flyweight. Each text is passed once, when it is first
 * asked for or one behind it is. Thread: one. Allocates: nothing for a text once grown.
 */
public final class CommandReader {
    private static final String PATH = "";
    private static final int AT_NS_OFFSET = EnvelopeEncoder.atNsEncodingOffset();

    private Form form;
    private DirectBuffer buffer;
    /**
     * Where texts stand, by the place of their field; {@code passed} of them are known, the next begins at {@code at}.
     */
    private long[] texts = new long[16];

    private int passed;
    private int at;

    /** Opens a command. */
    public CommandReader open(final Form newForm, final DirectBuffer newBuffer, final int offset) {
        form = newForm;
        buffer = newBuffer;
        passed = 0;
        if (texts.length < newForm.fields().all().size()) {
            texts = new long[newForm.fields().all().size()];
        }
        at = behindRows(newForm, newBuffer, offset);
        return this;
    }

    /** Returns where a text stands in the buffer, as a {@link Slice}; absent when the form has none of this name. */
    public long text(final String name) {
        final int wanted = form.fields().place(name);
        return wanted < 0 ? Slice.ABSENT : text(wanted);
    }

    /** Returns where the text that the edge made stands; absent when the form has none. */
    public long madeText() {
        final List<Field> fields = form.fields().all();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).need() == Field.Need.MADE) {
                return text(i);
            }
        }
        return Slice.ABSENT;
    }

    private long text(final int wanted) {
        final List<Field> fields = form.fields().all();
        while (passed <= wanted) {
            final Field field = fields.get(passed);
            final boolean isText = field.isIn(Field.BEHIND);
            texts[passed++] = isText ? slice(field, buffer, at) : Slice.ABSENT;
            at += isText ? textLength(field, buffer, at) : 0;
        }
        return texts[wanted];
    }

    /**
     * Returns every field by its pointer into the body; the id and its source are left out. Cold.
     *
     * @param end of the command: last texts that are empty may be missing
     */
    public static Map<String, Object> fields(
            final Form form, final DirectBuffer buffer, final int offset, final int end) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        final int block = offset + MessageHeaderEncoder.ENCODED_LENGTH;
        numbers(fields, "/", form.fields().all(), buffer, block);
        int at = block + form.blockLength();
        for (final Rows rows : form.rows()) {
            final int count = buffer.getShort(at + 1, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            at += 1 + Short.BYTES;
            for (int i = 0; i < count; i++) {
                final String path = "/" + rows.name() + "/" + i;
                numbers(fields, path + "/", rows.fields().all(), buffer, at);
                at = texts(fields, path + "/", rows.fields().all(), buffer, at + rows.blockLength(), end);
            }
        }
        texts(fields, "/", form.fields().all(), buffer, at, end);
        fields.remove("/id");
        fields.remove("/source");
        return fields;
    }

    private static void numbers(
            final Map<String, Object> out,
            final String path,
            final List<Field> fields,
            final DirectBuffer buffer,
            final int block) {
        for (final Field field : fields) {
            if (field.isInBlock() || field.isIn(Field.ENVELOPE)) {
                out.merge(pointer(path, field), number(field, buffer, block), (one, other) -> one + "," + other);
            }
        }
    }

    private static int texts(
            final Map<String, Object> out,
            final String path,
            final List<Field> fields,
            final DirectBuffer buffer,
            final int from,
            final int end) {
        int at = from;
        for (final Field field : fields) {
            if (!field.isIn(Field.BEHIND)) {
                continue;
            }
            if (at >= end) {
                out.put(pointer(path, field), "");
                continue;
            }
            if (field.need() != Field.Need.MADE) {
                final long slice = slice(field, buffer, at);
                final byte[] bytes = new byte[Slice.length(slice)];
                buffer.getBytes(Slice.offset(slice), bytes);
                out.put(pointer(path, field), new String(bytes, StandardCharsets.UTF_8));
            }
            at += textLength(field, buffer, at);
        }
        return at;
    }

    /** What a rule made of fields is the object's; what stands in the path is the whole request's. */
    private static String pointer(final String path, final Field field) {
        return switch (field.need()) {
            case PATH -> PATH;
            case MADE -> path.substring(0, path.length() - 1);
            case REQUIRED, OPTIONAL, INSIDE -> path + field.name().replace('.', '/');
        };
    }

    private static int behindRows(final Form form, final DirectBuffer buffer, final int offset) {
        int at = offset + MessageHeaderEncoder.ENCODED_LENGTH + form.blockLength();
        for (final Rows rows : form.rows()) {
            final int count = buffer.getShort(at + 1, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            at += 1 + Short.BYTES;
            for (int i = 0; i < count; i++) {
                at = behindRow(rows, buffer, at);
            }
        }
        return at;
    }

    private static int behindRow(final Rows rows, final DirectBuffer buffer, final int from) {
        int at = from + rows.blockLength();
        final List<Field> fields = rows.fields().all();
        for (int i = 0; i < fields.size(); i++) {
            at += fields.get(i).isIn(Field.BEHIND) ? textLength(fields.get(i), buffer, at) : 0;
        }
        return at;
    }

    private static long number(final Field field, final DirectBuffer buffer, final int block) {
        final int at = block + (field.isIn(Field.ENVELOPE) ? AT_NS_OFFSET : field.offset());
        return switch (field.type().width()) {
            case Byte.BYTES -> buffer.getByte(at) & 0xFF;
            case Short.BYTES -> buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            case Integer.BYTES -> buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
            default -> buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
        };
    }

    private static long slice(final Field field, final DirectBuffer buffer, final int at) {
        final int header = field.type().width() == FieldType.LONG_TEXT ? Short.BYTES : Byte.BYTES;
        return Slice.of(at + header, textLength(field, buffer, at) - header);
    }

    /** Returns the bytes of a text with its length before it. */
    private static int textLength(final Field field, final DirectBuffer buffer, final int at) {
        return field.type().width() == FieldType.LONG_TEXT
                ? Short.BYTES + (buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF)
                : Byte.BYTES + (buffer.getByte(at) & 0xFF);
    }
}
