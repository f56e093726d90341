package io.miaojie.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks through the journal's files: length, sequence, CRC and chain of every record, cycle after cycle, and decides of
 * each place where reading ends whether it is an unanswered tail, which is cut, or damage, which nobody may pass.
 *
 * <p>It is damage if anything that was written later knows better: the header of a later cycle, an excerpt behind the
 * place, or the watermark. Cycles that were handed to the archive count as gone, whether their files are or not. Alters
 * nothing.
 */
final class JournalScan {
    private final JournalConfig config;
    private final long watermark;
    private final ArchiveMark archived;
    private final RecordChain chain;
    private final TreeMap<Integer, Path> headless = new TreeMap<>();
    private final List<Cycle> cycles = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();
    private final CycleList list;
    private long recordCount;

    private JournalScan(final JournalConfig config, final long watermark) throws IOException {
        this.config = config;
        this.watermark = watermark;
        this.archived = ArchiveMark.read(config.directory());
        this.chain = new RecordChain(config.shard());
        for (final Map.Entry<Integer, List<Path>> each :
                CycleDirectories.list(config.directory()).entrySet()) {
            for (final Path file : each.getValue()) {
                readHeader(each.getKey(), file);
            }
        }
        while (cycles.size() > 1 && cycles.get(1).firstSequence() - 1 <= archived.sequence()) {
            cycles.remove(0);
        }
        this.list = new CycleList(cycles);
    }

    /**
     * Scans the cycles that hold what comes behind {@code scanAfterSequence}.
     *
     * @param watermark known to have been forced
     * @throws JournalException on damage, with file and position
     */
    static JournalFiles run(final JournalConfig config, final long watermark) {
        try {
            final JournalScan scan = new JournalScan(config, watermark);
            scan.walk();
            final ScanReport report =
                    new ScanReport(scan.chain.sequence(), scan.chain.crc(), scan.recordCount, scan.cuts);
            return new JournalFiles(config.shard(), scan.list, report);
        } catch (final IOException e) {
            throw new JournalException("journal can't be read: directory=" + config.directory(), e);
        }
    }

    private void readHeader(final int number, final Path file) {
        try (ExcerptCursor cursor = ExcerptCursor.open(file, number)) {
            if (!cursor.next() || ExcerptLayout.kind(cursor.buffer(), cursor.headerOffset()) != ExcerptLayout.CYCLE) {
                headless.put(number, file);
                return;
            }
            final int header = cursor.headerOffset();
            ExcerptLayout.requireOurs(cursor.buffer(), header, config.shard(), file);
            cycles.add(new Cycle(
                    number,
                    file,
                    ExcerptLayout.firstSequence(cursor.buffer(), header),
                    ExcerptLayout.prevCrc(cursor.buffer(), header)));
        }
    }

    private void walk() {
        final int start = startIndex();
        if (start < cycles.size()) {
            chain.standBehind(
                    cycles.get(start).firstSequence() - 1, cycles.get(start).prevCrc());
        }
        for (int i = start; i < cycles.size(); i++) {
            walk(cycles.get(i), i + 1 < cycles.size() ? cycles.get(i + 1) : null);
        }
        if (cycles.isEmpty()) {
            headless.forEach(this::judgeHeadless);
            requireWatermark(config.directory(), 0, "no cycle has a readable header");
        }
        if (chain.sequence() < config.scanAfterSequence()) {
            throw new JournalException("journal ends before the snapshot: directory=" + config.directory()
                    + " lastSequence=" + chain.sequence() + " snapshotSequence=" + config.scanAfterSequence());
        }
    }

    /** Returns the place of the last cycle that begins at or before the first record to be checked. */
    private int startIndex() {
        int start = 0;
        for (int i = 0; i < cycles.size(); i++) {
            if (cycles.get(i).firstSequence() <= config.scanAfterSequence() + 1) {
                start = i;
            }
        }
        final Cycle first = cycles.isEmpty() ? null : cycles.get(start);
        if (first != null && first.firstSequence() > config.scanAfterSequence() + 1 && !beginsAtMark(first)) {
            final Map.Entry<Integer, Path> before = headless.lowerEntry(first.number());
            throw new JournalException("journal is damaged: file="
                    + (before == null ? config.directory() : before.getValue()) + " position=0 sequence="
                    + (config.scanAfterSequence() + 1) + " reason=no cycle has it; " + first.file() + " begins with "
                    + first.firstSequence());
        }
        return start;
    }

    private boolean beginsAtMark(final Cycle cycle) {
        return archived.sequence() > 0
                && cycle.firstSequence() - 1 == archived.sequence()
                && cycle.prevCrc() == archived.crc();
    }

    private void walk(final Cycle cycle, final Cycle next) {
        final long last = next == null ? Long.MAX_VALUE : next.firstSequence() - 1;
        try (CycleWalk walk = new CycleWalk(cycle, chain)) {
            String gap = "";
            while (gap.isEmpty() && chain.sequence() < last) {
                gap = walk.step();
                if (gap.isEmpty()) {
                    recordCount++;
                    list.index().offer(walk.excerptSequence(), cycle.number(), walk.excerptPosition());
                }
            }
            if (next == null) {
                endAt(cycle, walk, gap);
            } else {
                requireFollows(cycle, walk, gap, next);
            }
        }
    }

    private void requireFollows(final Cycle cycle, final CycleWalk walk, final String gap, final Cycle next) {
        if (chain.sequence() != next.firstSequence() - 1) {
            throw damage(cycle.file(), walk.position(), gap, next.file() + " follows on " + (next.firstSequence() - 1));
        }
        if (chain.crc() != next.prevCrc()) {
            throw damage(
                    next.file(),
                    0,
                    "cycle does not follow on the crc of the record before",
                    "chain crc " + chain.crc());
        }
    }

    /** Judges the place where reading ends for good, and what lies behind it. */
    private void endAt(final Cycle cycle, final CycleWalk walk, final String gap) {
        judge(cycle.file(), walk.position(), gap, walk.remains());
        headless.tailMap(cycle.number()).forEach(this::judgeHeadless);
    }

    private void judgeHeadless(final int number, final Path file) {
        try (ExcerptCursor cursor = ExcerptCursor.open(file, number)) {
            judge(file, 0, "cycle has no readable header", cursor.remainsFrom(0));
        }
    }

    private void judge(final Path file, final long position, final String gap, final Remains behind) {
        if (behind.forcedSequence() > chain.sequence()) {
            throw damage(
                    file,
                    position,
                    gap,
                    "the excerpt at position " + behind.witnessPosition() + " names " + behind.forcedSequence()
                            + " as forced");
        }
        requireWatermark(file, position, gap);
        if (behind.endPosition() > position) {
            cuts.add(new Cut(file, position, behind.endPosition() - position, gap));
        }
    }

    private void requireWatermark(final Path file, final long position, final String gap) {
        if (watermark > chain.sequence()) {
            throw damage(file, position, gap, "the watermark names " + watermark + " as forced");
        }
    }

    private JournalException damage(final Path file, final long position, final String gap, final String witness) {
        return new JournalException("journal is damaged: file=" + file + " position=" + position + " sequence="
                + (chain.sequence() + 1) + " reason=" + gap + "; " + witness);
    }
}
