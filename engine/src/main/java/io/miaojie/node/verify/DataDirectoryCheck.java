package io.miaojie.node.verify;

import io.miaojie.journal.ArchivedReaders;
import io.miaojie.journal.DataDirectoryLock;
import io.miaojie.journal.JournalConfig;
import io.miaojie.journal.JournalFiles;
import io.miaojie.journal.RecordReader;
import io.miaojie.journal.Replay;
import io.miaojie.journal.ScanReport;
import io.miaojie.journal.SnapshotStore;
import io.miaojie.journal.Verification;
import io.miaojie.node.EngineConfig;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.PostgresArchive;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.settlement.Invariants;
import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.StateLimits;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The steps of {@code verify}: scan, replay from genesis and from the newest snapshot, invariants, rows. Each either
 * holds, with its figures, or is told with its first differences.
 */
public final class DataDirectoryCheck implements AutoCloseable {
    /** What a step came to. */
    public record Finding(String step, boolean holds, List<String> details) {
        public Finding {
            details = List.copyOf(details);
        }

        static Finding of(final String step, final Differences differences, final String figures) {
            final List<String> found = differences.list();
            return new Finding(step, found.isEmpty(), found.isEmpty() ? List.of(figures) : found);
        }
    }

    private final JournalFiles files;
    private final SnapshotStore snapshots;
    private final StateLimits limits;
    private final EngineConfig config;
    private final ArchivedReaders readers;
    private EmbeddedPostgres embedded;
    private final List<Settlement> cores = new ArrayList<>();

    private DataDirectoryCheck(final EngineConfig config) {
        this.files = JournalFiles.scan(
                JournalConfig.of(config.journalDirectory(), config.shard().number()));
        this.snapshots = new SnapshotStore(config.snapshotDirectory());
        this.limits = config.state();
        this.config = config;
        final int shard = config.shard().number();
        this.readers = new ArchivedReaders(
                files::reader, files::oldestSequence, () -> new PostgresArchive(postgres(), shard), shard);
    }

    /**
     * Takes every step, one after the other, and tells each finding as soon as it is there.
     *
     * @throws io.miaojie.journal.JournalException when a server uses the directory, or on damage, with file and
     *     position
     */
    public static void run(final EngineConfig config, final Consumer<Finding> findings) {
        if (!Files.isDirectory(config.journalDirectory())) {
            throw new IllegalArgumentException("no journal here: directory=" + config.journalDirectory());
        }
        final DataDirectoryLock lock = DataDirectoryLock.take(config.dataDirectory());
        try (DataDirectoryCheck check = new DataDirectoryCheck(config)) {
            findings.accept(check.scanned());
            findings.accept(check.replayed());
            findings.accept(check.invariants());
            findings.accept(check.rows());
        } finally {
            lock.close();
        }
    }

    /** Tells what the scan found. */
    private Finding scanned() {
        final ScanReport report = files.report();
        final List<String> details = new ArrayList<>();
        details.add(String.format("%,d records, last sequence %,d", report.recordCount(), report.lastSequence()));
        if (files.oldestSequence() > 1) {
            details.add(String.format("begins with %,d, those before are in Postgres", files.oldestSequence()));
        }
        report.cuts().forEach(cut -> details.add("unanswered tail left out: " + cut));
        return new Finding("journal", true, details);
    }

    /** Settles every record again, both ways, and compares each outcome with the recorded one. */
    private Finding replayed() {
        cores.clear();
        final Verification verification = Replay.verify(this::newCore, snapshots, readers);
        final Differences differences = new Differences();
        if (!verification.isAgreed()) {
            differences.add("genesis and snapshot lead to different states: genesis=" + verification.genesis()
                    + " snapshot=" + verification.snapshot());
        }
        return Finding.of(
                "replay",
                differences,
                String.format(
                        "%,d outcomes from genesis, %,d behind the snapshot at %,d, state hash %s",
                        verification.genesis().replayedCount(),
                        verification.snapshot().replayedCount(),
                        verification.snapshot().snapshotSequence(),
                        verification.genesis().stateHash().substring(0, 16)));
    }

    /** Checks what must hold of the state at every sequence; after {@link #replayed}. */
    private Finding invariants() {
        final Settlement core = cores.get(0);
        final Differences differences = new Differences();
        Invariants.check(core.state()).forEach(differences::add);
        return Finding.of(
                "invariants",
                differences,
                String.format(
                        "%,d members, %,d pools, %,d orders, %,d grants",
                        core.state().members().count(),
                        core.state().pools().count(),
                        core.state().orders().count(),
                        core.state().grants().count()));
    }

    /** Starts a Postgres of our own when the first step needs it. */
    private PostgresAddress postgres() {
        return config.projection().postgres().orElseGet(() -> {
            if (embedded == null) {
                embedded = EmbeddedPostgres.start(config.postgresDirectory());
            }
            return embedded.address();
        });
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    /** Compares the state as of the projected sequence, and the facts up to it, with the rows. */
    private Finding rows() {
        final Differences differences = new Differences();
        final PostgresAddress postgres = postgres();
        final int shard = config.shard().number();
        try (ProjectionReader rows = ProjectionReader.open(postgres, shard)) {
            final long sequence = rows.sequence();
            final long last = files.report().lastSequence();
            if (sequence > last) {
                differences.add("Postgres is ahead of the journal: postgresSequence=" + sequence + " last=" + last);
                return Finding.of("postgres", differences, "");
            }
            final Settlement core = newCore();
            Replay.until(core, readers, sequence);
            long count = new StateComparison(core.state(), rows, differences).run();
            count += new MoneyComparison(core.state(), rows, differences).run();
            count += new RosterComparison(core.state(), rows, differences).run();
            try (RecordReader records = readers.apply(0)) {
                count += new FactComparison(records, sequence, differences).run(rows);
            }
            final RowComparison tables =
                    new RowComparison(postgres, ProjectionConfig.of(shard, Settlement.kinds()), differences);
            final long rowCount = tables.run(readers.apply(0), sequence);
            return Finding.of(
                    "postgres",
                    differences,
                    String.format(
                            "%,d rows of %d tables equal the journal, %,d of them equal memory at sequence %,d of %,d",
                            rowCount, tables.tableCount(), count, sequence, last));
        }
    }

    private Settlement newCore() {
        final Settlement core = new Settlement(limits);
        cores.add(core);
        return core;
    }
}
