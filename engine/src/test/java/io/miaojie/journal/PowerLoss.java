package io.miaojie.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes what a device may hold after power was lost, or after it went bad, out of what there was at an instant. */
final class PowerLoss {
    private static final int SECTOR_LENGTH = 512;
    private static final int CYCLE_FILE_DIGITS = 8;

    /** Before the records a file holds Chronicle's pages, longer than this. */
    private static final int RECORDS_LENGTH = 1 << 16;

    private final Random random;
    private String flipped = "";

    PowerLoss(final Random random) {
        this.random = random;
    }

    /** What happens to bytes that were written and not forced. */
    enum Loss {
        /** All of them are lost. */
        ALL,
        /** They were on their way in the order written: up to a place. */
        PREFIX,
        /** Any pages made it. */
        PAGES,
        /** Any sectors made it. */
        SECTORS,
        /** Any pages made it, and some bits in them are wrong. */
        FLIPPED,
        /** None of them. */
        NONE
    }

    /** What happens to bytes that were forced: a device that goes bad. */
    enum Damage {
        FLIPPED_BIT,
        ZEROED_SECTOR,
        ZEROED_PAGE,
        GARBAGE
    }

    /**
     * Puts what a power loss leaves into a directory that is empty.
     *
     * @param watermark as it was at this instant or one before
     */
    void leave(final CrashDisk.Instant instant, final Loss loss, final byte[] watermark, final Path directory)
            throws IOException {
        flipped = "";
        for (final var cycle : instant.written().entrySet()) {
            final int number = cycle.getKey();
            final byte[] written = cycle.getValue();
            final byte[] durable = Arrays.copyOf(instant.durable().getOrDefault(number, new byte[0]), written.length);
            if (!instant.named().contains(number) && random.nextBoolean()) {
                if (random.nextBoolean()) {
                    Files.createDirectory(CycleDirectories.of(directory, number));
                }
            } else {
                put(directory, number, lose(durable, written, loss));
            }
        }
        Files.write(directory.resolve(Watermark.FILE), watermark);
    }

    /** Puts everything that was forced into a directory that is empty, but for a place in it that is damaged. */
    Damage damage(final CrashDisk.Instant instant, final Path directory) throws IOException {
        final Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        final TreeMap<Integer, byte[]> all = new TreeMap<>(instant.written());
        final int number = all.keySet().stream()
                .skip(random.nextInt(all.size()))
                .findFirst()
                .orElseThrow();
        final byte[] bytes = all.get(number).clone();
        final int at = bytes.length - 1 - random.nextInt(random.nextBoolean() ? bytes.length : RECORDS_LENGTH);
        switch (damage) {
            case FLIPPED_BIT -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case ZEROED_SECTOR -> fill(bytes, at, SECTOR_LENGTH, false);
            case ZEROED_PAGE -> fill(bytes, at, CrashDisk.PAGE_LENGTH, false);
            case GARBAGE -> fill(bytes, at, SECTOR_LENGTH, true);
        }
        all.put(number, bytes);
        for (final var cycle : all.entrySet()) {
            put(directory, cycle.getKey(), cycle.getValue());
        }
        Files.write(directory.resolve(Watermark.FILE), instant.watermark());
        return damage;
    }

    private byte[] lose(final byte[] durable, final byte[] written, final Loss loss) {
        return switch (loss) {
            case ALL -> durable;
            case NONE -> written;
            case PREFIX -> prefix(durable, written);
            case PAGES -> some(durable, written, CrashDisk.PAGE_LENGTH);
            case SECTORS -> some(durable, written, SECTOR_LENGTH);
            case FLIPPED -> flip(durable, some(durable, written, CrashDisk.PAGE_LENGTH));
        };
    }

    private byte[] prefix(final byte[] durable, final byte[] written) {
        final int first = Arrays.mismatch(durable, written);
        if (first < 0) {
            return durable;
        }
        final int end = first + random.nextInt(written.length - first);
        final byte[] left = durable.clone();
        System.arraycopy(written, 0, left, 0, end);
        return left;
    }

    private byte[] some(final byte[] durable, final byte[] written, final int unit) {
        final byte[] left = durable.clone();
        final int chance = 1 + random.nextInt(9);
        for (int at = 0; at < left.length; at += unit) {
            if (!Arrays.equals(durable, at, at + unit, written, at, at + unit) && random.nextInt(10) < chance) {
                System.arraycopy(written, at, left, at, unit);
            }
        }
        return left;
    }

    private byte[] flip(final byte[] durable, final byte[] left) {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            final int at = random.nextInt(left.length);
            final int from = Arrays.mismatch(durable, at, left.length, left, at, left.length);
            if (from >= 0) {
                left[at + from] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                flipped += " " + (at + from);
            }
        }
        return left;
    }

    /** Returns the positions of all bits that were flipped on the way. */
    String flipped() {
        return flipped;
    }

    private void fill(final byte[] bytes, final int at, final int unit, final boolean isGarbage) {
        for (int i = at / unit * unit; i < Math.min(bytes.length, at / unit * unit + unit); i++) {
            bytes[i] = isGarbage ? (byte) random.nextInt() : 0;
        }
    }

    private static void put(final Path directory, final int number, final byte[] bytes) throws IOException {
        final Path cycle = Files.createDirectories(CycleDirectories.of(directory, number));
        Files.write(cycle.resolve("0".repeat(CYCLE_FILE_DIGITS) + ".cq4"), bytes);
    }

    /** Makes a directory empty. */
    static void clear(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(java.util.Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
