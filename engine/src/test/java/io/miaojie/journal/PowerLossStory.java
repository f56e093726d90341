package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.wire.RecordLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A journal that is written, loses power, is recovered and written again, a few times over. Each time many states that
 * the device may be left in are looked at, and the story goes on from one of them.
 */
final class PowerLossStory {
    private static final int LIVES_MAX = 3;
    private static final int COMMITS_MAX = 6;
    private static final int STATES_OF_A_LIFE = 40;
    private static final int DAMAGED_ONE_IN = 4;
    private static final int REOPENED_ONE_IN = 40;
    private static final int BIG_ONE_IN = 6;
    private static final long NOW_NS = 1_700_000_000_000_000_000L;

    private final Random random;
    private final PowerLoss powerLoss;
    private final Path root;
    private final boolean isBig;
    private final TreeMap<Long, byte[]> appended = new TreeMap<>();
    private final List<PowerLoss.Loss> losses = new ArrayList<>();
    private final List<PowerLoss.Damage> refused = new ArrayList<>();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[RecordLayout.RECORD_LENGTH_MAX]);
    private String told = "";
    private long answered;
    private int states;
    private int cuts;

    PowerLossStory(final long seed, final Path root) throws IOException {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.powerLoss = new PowerLoss(random);
        this.root = Files.createDirectories(root);
        this.isBig = random.nextInt(BIG_ONE_IN) == 0;
    }

    int states() {
        return states;
    }

    int cuts() {
        return cuts;
    }

    List<PowerLoss.Loss> losses() {
        return losses;
    }

    List<PowerLoss.Damage> refused() {
        return refused;
    }

    /** Returns which state was looked at last. */
    String told() {
        return told;
    }

    void tell() throws IOException {
        final int lives = 1 + random.nextInt(LIVES_MAX);
        Path journal = Files.createDirectory(root.resolve("life-0"));
        for (int life = 1; life <= lives; life++) {
            final CrashDisk disk = new CrashDisk(journal, () -> answered);
            live(journal, disk);
            for (int state = 0; state < STATES_OF_A_LIFE; state++) {
                look(disk.instants(), Files.createDirectories(root.resolve("state")));
            }
            PowerLoss.clear(journal);
            journal = Files.createDirectory(root.resolve("life-" + life));
            final int last = disk.instants().size() - 1;
            lose(disk.instants(), last, journal);
        }
        PowerLoss.clear(root);
    }

    /** Opens the journal, commits a few times, and leaves a commit behind that was never forced. */
    private void live(final Path journal, final CrashDisk disk) throws IOException {
        final JournalConfig config = config(journal).withDisk(disk);
        try (ChronicleJournal opened = ChronicleJournal.open(config)) {
            final long found = opened.durableSequence();
            assertTrue(found >= answered, "found=" + found + " answered=" + answered);
            appended.tailMap(found, false).clear();
            for (int commit = random.nextInt(COMMITS_MAX); commit > 0; commit--) {
                append(opened);
                opened.commit();
                answered = opened.durableSequence();
            }
            append(opened);
            disk.remember();
        }
    }

    private JournalConfig config(final Path journal) {
        final JournalConfig config = JournalConfig.of(journal, 0);
        return isBig ? config.withRollBytes(ExcerptLayout.EXCERPT_LENGTH_MAX) : config;
    }

    private void append(final Journal journal) {
        for (int records = 1 + random.nextInt(isBig ? 60 : 10); records > 0; records--) {
            final long sequence = appended.isEmpty() ? 1 : appended.lastKey() + 1;
            final byte[] body = new byte[2 + random.nextInt(isBig ? 8_000 : 1_500)];
            random.nextBytes(body);
            record.putBytes(RecordLayout.HEADER_LENGTH, body);
            RecordLayout.putHeader(record, 0, body.length / 2, body.length - body.length / 2, 0, sequence, NOW_NS);
            journal.append(record, 0, RecordLayout.length(record, 0));
            appended.put(sequence, body);
        }
    }

    private void look(final List<CrashDisk.Instant> instants, final Path state) throws IOException {
        PowerLoss.clear(state);
        states++;
        final int at = random.nextInt(instants.size());
        if (random.nextInt(DAMAGED_ONE_IN) == 0) {
            lookAtDamage(instants.get(at), state);
        } else {
            lose(instants, at, state);
            final long last = requireAnswered(state, instants.get(at).answered());
            if (random.nextInt(REOPENED_ONE_IN) == 0) {
                requireGoesOn(state, last);
            }
        }
    }

    private void lose(final List<CrashDisk.Instant> instants, final int at, final Path state) throws IOException {
        final PowerLoss.Loss loss = PowerLoss.Loss.values()[random.nextInt(PowerLoss.Loss.values().length)];
        final int before = random.nextInt(at + 1);
        told = "state " + states + ": instant " + at + " of " + instants.size() + ", lost " + loss
                + ", watermark of instant " + before + "\n";
        losses.add(loss);
        powerLoss.leave(instants.get(at), loss, instants.get(before).watermark(), state);
        told += powerLoss.flipped().isEmpty() ? "" : "flipped at" + powerLoss.flipped() + "\n";
    }

    /** Scans what was left: everything answered is there, nothing but what was appended is, and each byte of it. */
    private long requireAnswered(final Path state, final long answeredThen) {
        final JournalFiles files = JournalFiles.scan(config(state));
        final long last = files.report().lastSequence();
        assertTrue(last >= answeredThen, "last=" + last + " answered=" + answeredThen + " " + files.report());
        files.report().cuts().forEach(cut -> assertTrue(cut.bytes() > 0, cut::toString));
        cuts += files.report().cuts().size();
        requireWhole(files, last);
        return last;
    }

    private void requireWhole(final JournalFiles files, final long last) {
        long sequence = 0;
        try (RecordReader reader = files.reader(0)) {
            while (reader.next()) {
                sequence++;
                final int at = reader.offset();
                assertEquals(sequence, RecordLayout.sequence(reader.buffer(), at));
                final byte[] body = new byte[RecordLayout.length(reader.buffer(), at) - RecordLayout.HEADER_LENGTH];
                reader.buffer().getBytes(at + RecordLayout.HEADER_LENGTH, body);
                final byte[] expected = appended.get(sequence);
                assertNotNull(expected, "never appended: sequence=" + sequence);
                assertArrayEquals(expected, body, "sequence=" + sequence);
            }
        }
        assertEquals(last, sequence);
    }

    /** Recovers, appends, and reads everything: nothing is hidden behind what was cut. */
    private void requireGoesOn(final Path state, final long last) {
        final TreeMap<Long, byte[]> lost = new TreeMap<>(appended.tailMap(last, false));
        appended.tailMap(last, false).clear();
        final long appendedTo;
        try (ChronicleJournal opened = ChronicleJournal.open(config(state))) {
            append(opened);
            appendedTo = opened.commit();
        }
        final JournalFiles files = JournalFiles.scan(config(state));
        assertEquals(appendedTo, files.report().lastSequence());
        requireWhole(files, appendedTo);
        appended.tailMap(last, false).clear();
        appended.putAll(lost);
    }

    /**
     * All of it was forced: damage is refused with file and position, or touches no record. Known to be forced is what
     * the watermark names: where a power loss has left an older one, the commit behind it looks like an unanswered
     * tail.
     */
    private void lookAtDamage(final CrashDisk.Instant instant, final Path state) throws IOException {
        final PowerLoss.Damage damage = powerLoss.damage(instant, state);
        final long known = Math.min(instant.answered(), Watermark.peek(state));
        told = "state " + states + ": " + damage + ", watermark " + known + " of " + instant.answered() + " answered\n";
        try {
            requireAnswered(state, known);
        } catch (final JournalException found) {
            final String message = String.valueOf(found.getMessage());
            assertTrue(message.contains("file=") && message.contains("position="), message);
            refused.add(damage);
        }
    }
}
