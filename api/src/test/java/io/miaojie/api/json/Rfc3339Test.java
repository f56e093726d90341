package io.miaojie.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read exactly as java.time reads them, and nothing else is taken for a time. */
@Timeout(30)
class Rfc3339Test {
    /** Units in nanoseconds: whole seconds, milliseconds, microseconds, nanoseconds. */
    private static final long[] FRACTIONS = {1_000_000_000, 1_000_000, 1_000, 1};

    @Test
    void agreesWithJavaTimeOnRandomTimes() {
        final Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            final long seconds = random.nextLong(1, 9_000_000_000L);
            final int nanos = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
            final ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1079, 1080));
            final String text = OffsetDateTime.ofInstant(Instant.ofEpochSecond(seconds, nanos), offset)
                    .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            assertEquals(seconds * 1_000_000_000L + nanos, parse(text), text);
        }
    }

    @Test
    void writesTimesAsJavaTimeDoes() {
        final Random random = new Random(11);
        final byte[] target = new byte[Rfc3339.LENGTH_MAX];
        for (int i = 0; i < 50_000; i++) {
            final long seconds = random.nextLong(0, 9_223_372_036L);
            final long unit = FRACTIONS[i % FRACTIONS.length];
            final long nanos = random.nextInt(1_000_000_000) / unit * unit;
            final int length = Rfc3339.put(target, 0, seconds * 1_000_000_000L + nanos);
            assertEquals(
                    Instant.ofEpochSecond(seconds, nanos).toString(),
                    new String(target, 0, length, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void writesEveryDayAsJavaTimeDoes() {
        final byte[] target = new byte[Rfc3339.LENGTH_MAX];
        for (long day = 0; day < 106_751; day++) {
            final int length = Rfc3339.put(target, 0, day * 86_400_000_000_000L);
            assertEquals(
                    LocalDate.ofEpochDay(day) + "T00:00:00Z", new String(target, 0, length, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void countsTheDaysOfEveryYear() {
        for (int year = 1970; year <= 2261; year++) {
            assertEquals(LocalDate.of(year, 3, 1).toEpochDay(), Rfc3339.daysSinceEpoch(year, 3, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-01-01 00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-32T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00:00.Z",
                "2026-01-01T00:00:00.1234567890Z",
                "2026-01-01T00:00:00+0800",
                "2026-01-01T00:00:00+24:00",
                "2026-01-01T00:00:00+08:60",
                "2026-01-01T00:00:00Zx",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "2262-01-01T00:00:00Z",
                "+026-01-01T00:00:00Z"
            })
    void refuses(final String text) {
        assertEquals(Rfc3339.INVALID, parse(text));
    }

    private static long parse(final String text) {
        return Rfc3339.parse(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }
}
