package io.miaojie.api.json;

/** RFC 3339 date-times with offset, from and to epoch nanoseconds, without java.time objects. Allocates: nothing. */
public final class Rfc3339 {
    /** Not a date-time, or not after 1970-01-01T00:00:00Z and before 2262. */
    public static final long INVALID = Long.MIN_VALUE;

    /** Bytes of the longest time that is written. */
    static final int LENGTH_MAX = 30;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long DAY_S = 86_400L;
    private static final int YEAR_MAX = 2261;

    private Rfc3339() {}

    /** Returns epoch nanoseconds, or {@link #INVALID}. Digits of the fraction below nanoseconds are refused. */
    static long parse(final byte[] text, final int offset, final int length) {
        if (length < 20 || !isPunctuated(text, offset)) {
            return INVALID;
        }
        final int year = digits(text, offset, 4);
        final int month = digits(text, offset + 5, 2);
        final int day = digits(text, offset + 8, 2);
        final int hour = digits(text, offset + 11, 2);
        final int minute = digits(text, offset + 14, 2);
        final int second = digits(text, offset + 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > daysOfMonth(year, month)
                || hour > 23
                || minute > 59
                || second > 59
                || year > YEAR_MAX) {
            return INVALID;
        }
        final long seconds = daysSinceEpoch(year, month, day) * DAY_S + hour * 3_600L + minute * 60L + second;
        return withFractionAndOffset(seconds, text, offset + 19, offset + length);
    }

    /**
     * Appends a time in UTC, its fraction in three, six or nine digits as it needs, and returns how many bytes it took,
     * at most {@link #LENGTH_MAX}.
     *
     * @param ns epoch nanoseconds, from 0
     */
    static int put(final byte[] target, final int offset, final long ns) {
        final long seconds = ns / SECOND_NS;
        final int secondOfDay = (int) (seconds % DAY_S);
        int at = date(target, offset, (int) (seconds / DAY_S));
        target[at++] = 'T';
        at = digits(target, at, 2, secondOfDay / 3_600);
        target[at++] = ':';
        at = digits(target, at, 2, secondOfDay / 60 % 60);
        target[at++] = ':';
        at = digits(target, at, 2, secondOfDay % 60);
        at = fraction(target, at, (int) (ns % SECOND_NS));
        target[at++] = 'Z';
        return at - offset;
    }

    private static int fraction(final byte[] target, final int offset, final int fractionNs) {
        if (fractionNs == 0) {
            return offset;
        }
        target[offset] = '.';
        if (fractionNs % 1_000_000 == 0) {
            return digits(target, offset + 1, 3, fractionNs / 1_000_000);
        }
        return fractionNs % 1_000 == 0
                ? digits(target, offset + 1, 6, fractionNs / 1_000)
                : digits(target, offset + 1, 9, fractionNs);
    }

    /** The way back from {@link #daysSinceEpoch}, of the same source. */
    private static int date(final byte[] target, final int offset, final int daysSinceEpoch) {
        final int days = daysSinceEpoch + 719_468;
        final int era = days / 146_097;
        final int dayOfEra = days % 146_097;
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int shiftedMonth = (5 * dayOfYear + 2) / 153;
        final int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        int at = digits(target, offset, 4, yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
        target[at++] = '-';
        at = digits(target, at, 2, month);
        target[at++] = '-';
        return digits(target, at, 2, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1);
    }

    private static int digits(final byte[] target, final int offset, final int count, final int value) {
        int rest = value;
        for (int i = offset + count - 1; i >= offset; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return offset + count;
    }

    /**
     * Days from 1970-01-01 in the proleptic Gregorian calendar; Howard Hinnant, "chrono-compatible date algorithms".
     */
    static long daysSinceEpoch(final int year, final int month, final int day) {
        final int y = month <= 2 ? year - 1 : year;
        final int era = Math.floorDiv(y, 400);
        final int yearOfEra = y - era * 400;
        final int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        final int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }

    private static boolean isPunctuated(final byte[] text, final int offset) {
        return text[offset + 4] == '-'
                && text[offset + 7] == '-'
                && (text[offset + 10] | 0x20) == 't'
                && text[offset + 13] == ':'
                && text[offset + 16] == ':';
    }

    private static long withFractionAndOffset(final long seconds, final byte[] text, final int from, final int end) {
        int i = from;
        long fractionNs = 0;
        if (text[i] == '.') {
            long unitNs = SECOND_NS;
            i++;
            final int first = i;
            while (i < end && text[i] >= '0' && text[i] <= '9') {
                unitNs /= 10;
                fractionNs += (text[i++] - '0') * unitNs;
            }
            if (i == first || i - first > 9) {
                return INVALID;
            }
        }
        final long offsetS = offsetSeconds(text, i, end);
        final long utc = seconds - offsetS;
        final long ns = utc * SECOND_NS + fractionNs;
        return offsetS == INVALID || utc < 0 || ns <= 0 ? INVALID : ns;
    }

    private static long offsetSeconds(final byte[] text, final int from, final int end) {
        if (end - from == 1 && (text[from] | 0x20) == 'z') {
            return 0;
        }
        if (end - from != 6 || text[from + 3] != ':' || text[from] != '+' && text[from] != '-') {
            return INVALID;
        }
        final int hours = digits(text, from + 1, 2);
        final int minutes = digits(text, from + 4, 2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        final long seconds = hours * 3_600L + minutes * 60L;
        return text[from] == '-' ? -seconds : seconds;
    }

    private static int daysOfMonth(final int year, final int month) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static int digits(final byte[] text, final int from, final int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
