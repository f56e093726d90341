package io.miaojie.api.json;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.Currencies;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON object as a stream; every value is taken under a rule, and what breaks it is refused with its pointer.
 * Texts are kept as UTF-8 in {@link #text}, named by {@link Slice}.
 *
 * <p>Thread: one. Allocates: nothing once grown, but for refusals and for words that are not met often.
 */
public final class JsonReader {
    /** Greatest amount: every integer up to here is exact in every JSON reader. */
    public static final long AMOUNT_MAX = (1L << 53) - 1;

    /** Most bytes of an id, and of most texts. */
    public static final int ID_LENGTH_MAX = 64;

    private static final int DIGITS_MAX = 18;

    private final JsonPath path = new JsonPath(JsonScanner.DEPTH_MAX + 1);
    private final JsonScanner in = new JsonScanner(path);
    private final TextScratch text = new TextScratch();
    private final Words words = new Words();
    private byte[] bytes;
    private int first;
    private int length;

    /** Opens a document whose root must be an object, and steps into it. */
    public void open(final byte[] source, final int offset, final int sourceLength) {
        bytes = source;
        first = offset;
        length = sourceLength;
        path.reset();
        text.reset();
        if (!Utf8.isValid(source, offset, length)) {
            throw new BadInput(EdgeCode.INVALID_UTF8, null, "not UTF-8");
        }
        in.open(source, offset, length);
        if (in.next() == JsonToken.END) {
            throw new BadInput(EdgeCode.MALFORMED_JSON, null, "the body is empty");
        }
        require(JsonToken.OBJECT, "an object");
        path.enter();
    }

    /**
     * Reads on to the end of the root object and returns the string that stands under this name; null when there is
     * none. Afterwards the document stands at its beginning again.
     */
    public String peek(final String name) {
        String found = null;
        for (String field = nextField(); field != null; field = nextField()) {
            if (field.equals(name) && in.token() == JsonToken.TEXT) {
                found = word();
            } else {
                skip();
            }
        }
        open(bytes, first, length);
        return found;
    }

    /** Ends the document: nothing may follow the root. */
    public void close() {
        if (in.next() != JsonToken.END) {
            throw in.malformed();
        }
    }

    /** Steps to the value of the next field of the object and returns its name; null at the object's end. */
    public String nextField() {
        if (in.next() == JsonToken.OBJECT_END) {
            path.leave();
            return null;
        }
        final String name = words.of(in.textBytes(), in.textAt(), in.textLength());
        path.name(name);
        in.next();
        return name;
    }

    /** Returns {@code mask} with this bit; refuses a field that stood here before. */
    public long once(final long mask, final long bit) {
        if ((mask & bit) != 0) {
            throw refuse(EdgeCode.DUPLICATE_FIELD, "this field stands twice");
        }
        return mask | bit;
    }

    /** Returns the refusal of the field that the reader stands on. */
    public BadInput unknownField() {
        return refuse(EdgeCode.UNKNOWN_FIELD, "no such field here");
    }

    /** Returns the refusal of an object that lacks a field. */
    public BadInput missingField(final String name) {
        return new BadInput(EdgeCode.MISSING_FIELD, path.pointer() + "/" + name, "this field is required");
    }

    /** Returns a refusal that points at a field of the object that was read to its end. */
    public BadInput refuse(final EdgeCode code, final String name, final String detail) {
        return new BadInput(code, path.pointer() + "/" + name, detail);
    }

    /** Returns a refusal that points at the value the reader stands on. */
    public BadInput refuse(final EdgeCode code, final String detail) {
        return new BadInput(code, path.pointer(), detail);
    }

    /** Steps into the object that the reader stands on. */
    public void beginObject() {
        require(JsonToken.OBJECT, "an object");
        path.enter();
    }

    /** Steps into the array that the reader stands on. */
    public void beginArray() {
        require(JsonToken.ARRAY, "an array");
        path.enter();
    }

    /** Steps to the next entry of the array; false at its end. */
    public boolean nextEntry(final int entriesMax) {
        if (in.next() == JsonToken.ARRAY_END) {
            path.leave();
            return false;
        }
        if (path.step() >= entriesMax) {
            throw refuse(EdgeCode.TOO_MANY_ENTRIES, "at most " + entriesMax + " entries");
        }
        return true;
    }

    /** Takes an id: 1 to 64 of {@code A-Za-z0-9_.:@|*-}. */
    public long id() {
        require(JsonToken.TEXT, "a string");
        in.text();
        final long slice = text.id(in.textBytes(), in.textAt(), in.textLength());
        if (slice == Slice.ABSENT) {
            throw refuse(EdgeCode.INVALID_ID, "1 to 64 of A-Z a-z 0-9 _ . : @ | * -");
        }
        return slice;
    }

    /** Takes a text of 1 to {@code bytesMax} bytes of UTF-8 without control characters. */
    public long text(final int bytesMax) {
        require(JsonToken.TEXT, "a string");
        in.text();
        final long slice = text.plain(in.textBytes(), in.textAt(), in.textLength(), bytesMax);
        if (slice == Slice.ABSENT) {
            throw refuse(EdgeCode.INVALID_TEXT, "1 to " + bytesMax + " bytes without control characters");
        }
        return slice;
    }

    /** Takes a string as it is: for words of a closed list. */
    public String word() {
        require(JsonToken.TEXT, "a string");
        in.text();
        return words.of(in.textBytes(), in.textAt(), in.textLength());
    }

    /** Takes an amount: 0 to 2^53-1 minor units. */
    public long amount() {
        return integer(0, AMOUNT_MAX);
    }

    /** Takes an integer within these bounds, inclusive. */
    public long integer(final long min, final long max) {
        if (in.token() == JsonToken.FRACTION) {
            throw refuse(EdgeCode.NOT_AN_INTEGER, "an integer, without fraction or exponent");
        }
        require(JsonToken.INTEGER, "an integer");
        final long value = in.textLength() > DIGITS_MAX ? Long.MIN_VALUE : digits();
        if (value < min || value > max) {
            throw refuse(EdgeCode.OUT_OF_RANGE, min + " to " + max);
        }
        return value;
    }

    /** Takes a time, RFC 3339 with offset, as epoch nanoseconds. */
    public long time() {
        require(JsonToken.TEXT, "a string");
        in.text();
        final long ns = Rfc3339.parse(in.textBytes(), in.textAt(), in.textLength());
        if (ns == Rfc3339.INVALID) {
            throw refuse(EdgeCode.INVALID_TIME, "RFC 3339 with offset, after 1970 and before 2262");
        }
        return ns;
    }

    /** Takes a currency code and returns its ISO number. */
    public int currency() {
        final Currencies.Currency currency = Currencies.byCode(word());
        if (currency == null) {
            throw refuse(EdgeCode.CURRENCY_UNKNOWN, "an ISO 4217 code, or PTS");
        }
        return currency.number();
    }

    /** Takes a JSON object of at most {@code bytesMax} bytes, kept without white space. */
    public long json(final int bytesMax) {
        require(JsonToken.OBJECT, "an object");
        final long slice = text.json(in, bytesMax);
        if (slice == Slice.ABSENT) {
            throw refuse(EdgeCode.OUT_OF_RANGE, "at most " + bytesMax + " bytes");
        }
        return slice;
    }

    /** Takes true or false. */
    public boolean truth() {
        if (in.token() != JsonToken.TRUE && in.token() != JsonToken.FALSE) {
            throw refuse(EdgeCode.WRONG_TYPE, "true or false is expected");
        }
        return in.token() == JsonToken.TRUE;
    }

    /** Returns whether the reader stands on null. */
    public boolean isNull() {
        return in.token() == JsonToken.NULL;
    }

    /** Returns the text of a slice of this document; empty for the absent one. */
    public String string(final long slice) {
        return new String(text(), Slice.offset(slice), Slice.length(slice), StandardCharsets.UTF_8);
    }

    /** Steps over the value that the reader stands on. */
    public void skip() {
        final int outside = in.depth() - 1;
        if (in.token() == JsonToken.OBJECT || in.token() == JsonToken.ARRAY) {
            while (in.depth() > outside) {
                in.next();
            }
        }
    }

    /** Returns the bytes of every slice of this document. */
    public byte[] text() {
        return text.bytes();
    }

    private void require(final JsonToken token, final String what) {
        if (in.token() != token) {
            throw refuse(EdgeCode.WRONG_TYPE, what + " is expected");
        }
    }

    private long digits() {
        final byte[] source = in.textBytes();
        final boolean isNegative = source[in.textAt()] == '-';
        long value = 0;
        for (int i = isNegative ? 1 : 0; i < in.textLength(); i++) {
            value = 10 * value + source[in.textAt() + i] - '0';
        }
        return isNegative ? -value : value;
    }
}
