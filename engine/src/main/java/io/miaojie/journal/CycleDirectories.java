package io.miaojie.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How cycles lie on disk: {@code cycle-0000000007/} with one Chronicle queue of one cycle in it.
 *
 * <p>Not one queue with many cycles: on opening a queue Chronicle looks through its older cycles, marks their ends, and
 * renames and begins anew one whose first page is damaged (seen in 2026.4), answered records and all. In a directory of
 * its own nothing of ours is ever opened by Chronicle again.
 */
final class CycleDirectories {
    private static final String PREFIX = "cycle-";
    private static final String SUFFIX = ".cq4";

    private CycleDirectories() {}

    static Path of(final Path journal, final int number) {
        return journal.resolve(String.format("%s%010d", PREFIX, number));
    }

    /** Returns the cycle files by number; a start that broke off early may have left a directory without one. */
    static TreeMap<Integer, List<Path>> list(final Path journal) throws IOException {
        final TreeMap<Integer, List<Path>> cycles = new TreeMap<>();
        for (final Path directory : children(journal)) {
            final String name = directory.getFileName().toString();
            if (name.startsWith(PREFIX)) {
                final List<Path> files = children(directory);
                files.removeIf(file -> !file.toString().endsWith(SUFFIX));
                cycles.put(Integer.parseInt(name.substring(PREFIX.length())), files);
            }
        }
        return cycles;
    }

    private static List<Path> children(final Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return new ArrayList<>(children.sorted().toList());
        }
    }
}
