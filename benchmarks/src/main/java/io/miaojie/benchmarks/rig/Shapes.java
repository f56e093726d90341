package io.miaojie.benchmarks.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Recorded shapes of load, read from files: they are not ours to ship, so whoever has them names their folder. */
public final class Shapes {
    private static final int BEFORE_PEAK = 20;
    private static final int AFTER_PEAK = 40;
    private static final int HOUR = 60;

    private Shapes() {}

    /** Reads mentions per five minutes around the moment at which they rose from 60 to 1,673 within one step. */
    public static long[] spike(final Path data) throws IOException {
        return aroundPeak(counts(data.resolve("spikes/Twitter_volume_AMZN.csv")), BEFORE_PEAK, AFTER_PEAK);
    }

    /** Reads requests a minute of the two hours around the most of a whole championship. */
    public static long[] worldCup(final Path data) throws IOException {
        try (BufferedReader lines = gzip(data.resolve("spikes/worldcup98_per_minute.csv.gz"))) {
            return aroundPeak(lines.lines().skip(1).mapToLong(Shapes::count).toArray(), HOUR, HOUR);
        }
    }

    /** Reads requests per five minutes around the moment at which a site had the most. */
    public static long[] site(final Path data) throws IOException {
        return aroundPeak(counts(data.resolve("spikes/elb_request_count_8c0756.csv")), BEFORE_PEAK, AFTER_PEAK);
    }

    /**
     * Reads who brought whom in recorded share cascades, one after the other until there are enough members.
     *
     * @return the parent of each member, always a member before it; -1: nobody
     */
    public static int[] cascades(final Path data, final int members) throws IOException {
        final int[] parents = new int[members];
        int count = 0;
        String cascade = "";
        final Map<String, Integer> seen = new HashMap<>();
        try (BufferedReader lines = gzip(data.resolve("cascades/share_cascades.csv.gz"))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null && count < members; line = lines.readLine()) {
                final String[] columns = line.split(",", -1);
                if (!columns[0].equals(cascade)) {
                    cascade = columns[0];
                    seen.clear();
                }
                final Integer parent = seen.get(columns[1]);
                final boolean isRoot = columns[1].isEmpty();
                if ((isRoot || parent != null) && !seen.containsKey(columns[3])) {
                    seen.put(columns[3], count);
                    parents[count] = isRoot ? -1 : parent;
                    count++;
                }
            }
        }
        if (count < members) {
            throw new IllegalArgumentException(
                    "so many members are not in the cascades: members=" + members + " recorded=" + count);
        }
        return parents;
    }

    private static long[] counts(final Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .skip(1)
                .mapToLong(Shapes::count)
                .toArray();
    }

    private static long count(final String line) {
        return (long) Double.parseDouble(line.substring(line.indexOf(',') + 1));
    }

    private static long[] aroundPeak(final long[] counts, final int before, final int after) {
        int peak = 0;
        for (int i = 0; i < counts.length; i++) {
            peak = counts[i] > counts[peak] ? i : peak;
        }
        return Arrays.copyOfRange(counts, peak - before, peak + after);
    }

    private static BufferedReader gzip(final Path file) throws IOException {
        final InputStream bytes = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(bytes), StandardCharsets.UTF_8));
    }
}
