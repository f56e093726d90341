package io.miaojie.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fault of the core as a patch: prose, the seed of a story that finds it, then a unified diff of one file. Applied by
 * its words, not by its line numbers, so that it outlives what is changed around it; what it names must stand there
 * exactly once.
 */
record PlantedFault(String name, long seed, Path source, List<Hunk> hunks) {
    private static final String TARGET = "+++ b/";
    private static final String SEED = "Seed: ";

    /** Words that stand in the source, and those that take their place. */
    record Hunk(String before, String after) {}

    /** Reads a patch; {@code root} is the folder that its path begins in. */
    static PlantedFault read(final Path patch, final Path root) throws IOException {
        final List<Hunk> hunks = new ArrayList<>();
        final StringBuilder before = new StringBuilder();
        final StringBuilder after = new StringBuilder();
        Path source = null;
        long seed = 1;
        boolean isInHunk = false;
        for (final String line : Files.readAllLines(patch)) {
            if (line.startsWith(TARGET)) {
                source = root.resolve(line.substring(TARGET.length()));
            } else if (line.startsWith(SEED)) {
                seed = Long.parseLong(line.substring(SEED.length()));
            } else if (line.startsWith("@@")) {
                isInHunk = true;
                close(before, after, hunks);
            } else if (isInHunk) {
                final String words = line.isEmpty() ? "" : line.substring(1);
                if (!line.startsWith("+")) {
                    before.append(words).append('\n');
                }
                if (!line.startsWith("-")) {
                    after.append(words).append('\n');
                }
            }
        }
        close(before, after, hunks);
        return new PlantedFault(patch.getFileName().toString(), seed, source, hunks);
    }

    private static void close(final StringBuilder before, final StringBuilder after, final List<Hunk> hunks) {
        if (!before.isEmpty()) {
            hunks.add(new Hunk(before.toString(), after.toString()));
        }
        before.setLength(0);
        after.setLength(0);
    }

    /** Returns the source with the fault in it. */
    String faultySource() throws IOException {
        String text = Files.readString(source);
        for (final Hunk hunk : hunks) {
            final int at = text.indexOf(hunk.before());
            if (at < 0 || text.indexOf(hunk.before(), at + 1) >= 0) {
                throw new IllegalStateException(
                        name + " no longer fits; write it anew for " + source + ":\n" + hunk.before());
            }
            text = text.substring(0, at)
                    + hunk.after()
                    + text.substring(at + hunk.before().length());
        }
        return text;
    }
}
