package io.miaojie.api.message.form;

import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.EdgeCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a field takes: a number, or a text as its {@link Slice}; one long either way.
 *
 * @param width bytes of the number in the command; {@link #TEXT}, {@link #LONG_TEXT}
 * @param reading takes the value that the reader stands on, or refuses it
 */
public record FieldType(int width, Reading reading) {
    /** Takes one value. */
    @FunctionalInterface
    public interface Reading {
        long read(JsonReader in);
    }

    /** Width of a text of at most 255 bytes. */
    public static final int TEXT = -1;

    /** Width of a text of at most 65,534 bytes. */
    public static final int LONG_TEXT = -2;

    /** Most bytes of metadata. */
    public static final int METADATA_LENGTH_MAX = 1024;

    public static final FieldType ID = new FieldType(TEXT, JsonReader::id);

    /** An id, or null: nobody. */
    public static final FieldType ID_OR_NULL = new FieldType(TEXT, in -> in.isNull() ? Slice.ABSENT : in.id());

    /** A word of the caller's, opaque here. */
    public static final FieldType WORD = text(JsonReader.ID_LENGTH_MAX);

    /** A JSON object that no rule sees. */
    public static final FieldType METADATA = new FieldType(LONG_TEXT, in -> in.json(METADATA_LENGTH_MAX));

    /** A business time, epoch nanoseconds. */
    public static final FieldType TIME = new FieldType(Long.BYTES, JsonReader::time);

    public static final FieldType CURRENCY = new FieldType(Short.BYTES, JsonReader::currency);

    /** A count of things, 1 or more. */
    public static final FieldType QUANTITY = integer(Integer.BYTES, 1, Integer.MAX_VALUE);

    /** An amount with its sign, not 0. */
    public static final FieldType SIGNED_AMOUNT = new FieldType(Long.BYTES, FieldType::signedAmount);

    /** A span of time of ISO 8601, up to ten years, in nanoseconds. */
    public static final FieldType DURATION = new FieldType(Long.BYTES, FieldType::duration);

    /** Half of a hash, which is made here. */
    static final FieldType HALF_HASH = integer(Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);

    /** true or false, as 1 or 0. */
    public static final FieldType TRUTH = new FieldType(Byte.BYTES, in -> in.truth() ? 1 : 0);

    /** Where a share link leads. */
    public static final FieldType LINK_TARGET = new FieldType(LONG_TEXT, FieldType::linkTarget);

    private static final Duration DURATION_MAX = Duration.ofDays(3660);

    /** Returns whether the value is a slice. */
    public boolean isText() {
        return width < 0;
    }

    public static FieldType text(final int bytesMax) {
        return new FieldType(TEXT, in -> in.text(bytesMax));
    }

    /** An amount of at least this, minor units. */
    public static FieldType amount(final long min) {
        return integer(Long.BYTES, min, JsonReader.AMOUNT_MAX);
    }

    public static FieldType integer(final int width, final long min, final long max) {
        return new FieldType(width, in -> in.integer(min, max));
    }

    /** One word of a closed list, as its number. */
    public static FieldType word(final Map<String, ? extends Number> words) {
        final Map<String, Number> sorted = new TreeMap<>(words);
        return new FieldType(Byte.BYTES, in -> {
            final Number number = sorted.get(in.word());
            if (number == null) {
                throw in.refuse(EdgeCode.INVALID_VALUE, "one of " + String.join(", ", sorted.keySet()));
            }
            return number.longValue();
        });
    }

    /** A list of words of a closed list, as one bit each. */
    public static FieldType flags(final List<String> words) {
        return new FieldType(Byte.BYTES, in -> {
            long bits = 0;
            in.beginArray();
            while (in.nextEntry(words.size())) {
                final int place = words.indexOf(in.word());
                if (place < 0) {
                    throw in.refuse(EdgeCode.INVALID_VALUE, "one of " + String.join(", ", words));
                }
                bits |= 1L << place;
            }
            return bits;
        });
    }

    private static long signedAmount(final JsonReader in) {
        final long amount = in.integer(-JsonReader.AMOUNT_MAX, JsonReader.AMOUNT_MAX);
        if (amount == 0) {
            throw in.refuse(EdgeCode.OUT_OF_RANGE, "not 0");
        }
        return amount;
    }

    private static long duration(final JsonReader in) {
        final Duration duration = parsed(in.word());
        if (duration == null || duration.isNegative() || duration.isZero() || duration.compareTo(DURATION_MAX) > 0) {
            throw in.refuse(EdgeCode.INVALID_VALUE, "a duration of ISO 8601 such as PT24H, above 0 and at most P3660D");
        }
        return duration.toNanos();
    }

    private static Duration parsed(final String text) {
        try {
            return Duration.parse(text);
        } catch (final DateTimeException e) {
            return null;
        }
    }

    private static long linkTarget(final JsonReader in) {
        final long slice = in.text(LinkTarget.LENGTH_MAX);
        if (!LinkTarget.isSound(in.string(slice))) {
            throw in.refuse(EdgeCode.INVALID_VALUE, "an absolute http or https URL, or a path of a mini program");
        }
        return slice;
    }
}
