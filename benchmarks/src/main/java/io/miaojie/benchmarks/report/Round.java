package io.miaojie.benchmarks.report;

import io.miaojie.benchmarks.Measured;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * One round of a subject: what it came to, or why it failed.
 *
 * @param values that it was run with besides its scale
 * @param failure empty: it held
 */
record Round(String subject, int number, Map<String, String> values, Measured measured, String failure) {
    private static final String SUBJECT = "subject";
    private static final String ROUND = "round";
    private static final String FAILURE = "failure";
    private static final String FIGURES = "figures";
    private static final String LATENCIES = "latencies";

    Round {
        values = new TreeMap<>(values);
    }

    boolean hasFailed() {
        return !failure.isEmpty();
    }

    /** Returns a figure, NaN where there is none. */
    double figure(final String name) {
        return measured.figures().getOrDefault(name, Double.NaN);
    }

    /** Writes a window as one line that another process reads. */
    String encode() {
        return new JsonObject(encode(measured))
                .put(SUBJECT, subject)
                .put(ROUND, number)
                .put(FAILURE, failure)
                .encode();
    }

    /** Reads such a line. */
    static Round decodeWindow(final String line) {
        final JsonObject json = new JsonObject(line);
        return new Round(
                json.getString(SUBJECT), json.getInteger(ROUND), Map.of(), decode(line), json.getString(FAILURE));
    }

    /** Writes what was measured as one line that another process reads. */
    static String encode(final Measured measured) {
        final JsonObject latencies = new JsonObject();
        measured.latenciesNs().forEach((name, histogram) -> {
            final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
            latencies.put(name, Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(bytes.array(), length)));
        });
        return new JsonObject()
                .put(FIGURES, new JsonObject(new HashMap<>(measured.figures())))
                .put(LATENCIES, latencies)
                .encode();
    }

    /** Reads such a line. */
    static Measured decode(final String line) {
        final JsonObject json = new JsonObject(line);
        final Measured measured = new Measured();
        json.getJsonObject(FIGURES)
                .forEach(entry -> measured.with(entry.getKey(), ((Number) entry.getValue()).doubleValue()));
        json.getJsonObject(LATENCIES, new JsonObject())
                .forEach(entry -> measured.latenciesNs().put(entry.getKey(), histogram((String) entry.getValue())));
        return measured;
    }

    JsonObject json() {
        return new JsonObject()
                .put(SUBJECT, subject)
                .put(ROUND, number)
                .put("values", new JsonObject(new HashMap<>(values)))
                .put(FIGURES, new JsonObject(new HashMap<>(measured.figures())))
                .put(FAILURE, failure);
    }

    private static Histogram histogram(final String text) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (final DataFormatException e) {
            throw new IllegalStateException("not a histogram", e);
        }
    }
}
