package io.miaojie.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The currencies of ISO 4217 and points ({@code PTS}), from the table pinned in the repository
 * ({@code currencies.csv}): the JDK's own differs between releases. On the wire a currency is its ISO number.
 */
public final class Currencies {
    /** One currency: code, number, and how many digits its minor unit has. */
    public record Currency(String code, int number, int minorDigits) {}

    private static final Map<String, Currency> BY_CODE = new HashMap<>();
    private static final Int2ObjectHashMap<Currency> BY_NUMBER = new Int2ObjectHashMap<>();

    static {
        read();
    }

    private Currencies() {}

    /** Returns the currency of this code, null when there is none. */
    public static Currency byCode(final String code) {
        return BY_CODE.get(code);
    }

    /** Returns the currency of this number, null when there is none. */
    public static Currency byNumber(final int number) {
        return BY_NUMBER.get(number);
    }

    /** Returns the code of this number, for output; the number itself in digits when it is not in the table. */
    public static String code(final int number) {
        final Currency currency = BY_NUMBER.get(number);
        return currency == null ? Integer.toString(number) : currency.code();
    }

    /** Returns every currency. */
    public static Collection<Currency> all() {
        return Collections.unmodifiableCollection(BY_CODE.values());
    }

    private static void read() {
        try (InputStream in = Currencies.class.getResourceAsStream("currencies.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(Currencies::add);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(final String line) {
        final String[] fields = line.split(",");
        final Currency currency = new Currency(fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
        BY_CODE.put(currency.code(), currency);
        BY_NUMBER.put(currency.number(), currency);
    }
}
