package io.miaojie.node;

import io.miaojie.gate.Gate;
import io.miaojie.gate.RecordLog;
import io.miaojie.gate.ReplySink;
import io.miaojie.journal.ArchivedJournal;
import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.DataDirectoryLock;
import io.miaojie.journal.Disk;
import io.miaojie.journal.Journal;
import io.miaojie.journal.JournalConfig;
import io.miaojie.journal.RecordArchive;
import io.miaojie.journal.RecordReader;
import io.miaojie.journal.Recovery;
import io.miaojie.journal.Replay;
import io.miaojie.journal.Retention;
import io.miaojie.journal.Snapshot;
import io.miaojie.journal.SnapshotStore;
import io.miaojie.journal.Snapshotter;
import io.miaojie.node.report.PostgresReports;
import io.miaojie.node.report.Reports;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.PostgresArchive;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionSchema;
import io.miaojie.projection.Projector;
import io.miaojie.ring.EngineClock;
import io.miaojie.ring.MachineClock;
import io.miaojie.ring.RingHost;
import io.miaojie.settlement.Settlement;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.RecordLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one node: one shard with its journal, its ring and its projection, started and stopped in this order.
 *
 * <pre>
 *  start   lock the data directory
 *          Postgres starts and has its schema  ||  journal is scanned, the core is replayed
 *          the ring is made
 *          projector: stops the start if Postgres is ahead of the journal; retention, reports
 *          the ring begins; an empty shard is stamped
 *          snapshots, loadWatch
 *  stop    refuse, drain the ring, snapshot, wait a bounded time for Postgres, close in reverse
 * </pre>
 */
public final class EngineNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineNode.class);

    /** Whoever is answered goes before rows, which nobody waits for. */
    private static final int POSTGRES_NICENESS = 10;

    private static final long STAMP_MAX_NS = TimeUnit.SECONDS.toNanos(30);

    private final EngineConfig config;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final MeasuredDisk disk;
    private final MachineClock machineClock;
    private final CompletableFuture<Throwable> halted = new CompletableFuture<>();
    private Settlement core;
    private TableUse tables;
    private ChronicleJournal kept;
    private Journal journal;
    private SnapshotStore snapshots;
    private Recovery recovery;
    private Projector projector;
    private PostgresReports reports;
    private RingHost ring;
    private Snapshotter snapshotter;
    private LoadWatch loadWatch;
    private boolean isStopping;
    private long stopBegunNs;

    private EngineNode(final EngineConfig config, final Disk disk, final MachineClock machineClock) {
        this.config = config;
        this.disk = new MeasuredDisk(disk);
        this.machineClock = machineClock;
    }

    /**
     * Starts a node and returns when its gate is open.
     *
     * @param sink where answers go; also hears, without a caller, of ticks and of the stamp of an empty shard
     * @throws RuntimeException naming what is wrong: the directory is in use or of another sort, the journal is damaged
     *     or gives other outcomes, Postgres is ahead of it or not there, the clock is far behind
     */
    public static EngineNode start(final EngineConfig config, final ReplySink sink) {
        return start(config, sink, Disk.REAL);
    }

    /** Starts a node over another disk: a slow or a faulty one. */
    public static EngineNode start(final EngineConfig config, final ReplySink sink, final Disk disk) {
        return start(config, sink, disk, MachineClock.REAL);
    }

    /** Starts a node by other clocks: such as somebody sets. */
    static EngineNode start(
            final EngineConfig config, final ReplySink sink, final Disk disk, final MachineClock machineClock) {
        final EngineNode node = new EngineNode(config, disk, machineClock);
        try {
            node.open(sink);
            return node;
        } catch (Throwable e) {
            node.closeOpened();
            throw e;
        }
    }

    /** Returns the door to the core. */
    public Gate gate() {
        return ring;
    }

    /** Returns the durable records, for those who read along; its cursors are to be closed before the node is. */
    public RecordLog records() {
        return new JournalLog(journal, config.shard().number());
    }

    /** Returns the lists and statements that are read from Postgres. */
    public Reports reports() {
        return reports;
    }

    /** Returns what each campaign kind tells of itself. */
    public List<KindDescriptor> kinds() {
        return Settlement.kinds();
    }

    /** Completes with the fault when one has stopped the node; what runs on it may close the node. */
    public CompletableFuture<Throwable> halted() {
        return halted;
    }

    /** From now on this hears how long each force of the journal took, nanoseconds, on the journal thread. */
    public void onForce(final LongConsumer hearsNs) {
        disk.onForce(hearsNs);
    }

    /** Returns what the start has found in the journal. */
    public Recovery recovery() {
        return recovery;
    }

    /** Waits for the rows of a record to be in Postgres; false: not within the time. Blocks. */
    public boolean awaitProjected(final long sequence, final Duration timeout) throws InterruptedException {
        return projector.awaitSequence(sequence, timeout);
    }

    public EngineStatus status() {
        return new EngineStatus(
                ring.lastSequence(),
                journal.durableSequence(),
                projector.projectedSequence(),
                snapshotter.lastSequence(),
                ring.roomSlots(),
                config.ring().slotCount(),
                journal.writtenBytes(),
                loadWatch.unprojectedBytes(),
                ring.answeredCount(),
                ring.refusedCount(),
                ring.nowNs(),
                tables.now(),
                !loadWatch.isBehind() && ring.haltCause() == null,
                projector.lastError().orElse(null),
                ring.haltCause());
    }

    /** Begins the stop: refuses what comes from now on; what was taken is still answered. */
    public synchronized void refuse() {
        if (!isStopping) {
            isStopping = true;
            stopBegunNs = System.nanoTime();
        }
        ring.refuse();
    }

    /**
     * Stops cleanly and within {@link EngineConfig#stop}: what was taken is answered, the state is saved. After a halt
     * it only lets go of everything.
     */
    @Override
    public void close() {
        refuse();
        final EngineConfig.StopOptions stop = config.stop();
        final long deadlineNs = stopBegunNs + TimeUnit.MILLISECONDS.toNanos(stop.wholeMs() - stop.closeMs());
        ring.close(untilNs(stopBegunNs + TimeUnit.MILLISECONDS.toNanos(stop.drainMs())));
        loadWatch.close();
        snapshotter.close();
        if (ring.haltCause() == null && ring.isStopped()) {
            snapshot(deadlineNs);
            awaitProjection(deadlineNs);
        }
        closeOpened();
    }

    private void open(final ReplySink sink) {
        keep(DataDirectoryLock.take(config.dataDirectory()));
        final CompletableFuture<PostgresAddress> postgres = startPostgres();
        final int shard = config.shard().number();
        final Supplier<PostgresArchive> archive = () -> new PostgresArchive(await(postgres), shard);
        recover(archive);
        ring = keep(
                new RingHost(config.ring(), core, journal, clock(), sink, fault -> halted.completeAsync(() -> fault)));
        final PostgresAddress address = await(postgres);
        projector = new Projector(journal, address, ProjectionConfig.of(shard, kinds()));
        keep(() -> projector.close(Duration.ofMillis(config.stop().closeMs() / 2)));
        projector.start();
        startRetention(archive.get());
        reports = keep(new PostgresReports(address, shard, projector::projectedSequence));
        startRing();
        snapshotter = keep(new Snapshotter(
                () -> new Settlement(config.state()),
                snapshots,
                journal,
                config.journal().snapshotEveryRecords(),
                ring::halt));
        snapshotter.start();
        loadWatch =
                keep(new LoadWatch(ring, journal, projector, config.projection().unprojectedBytesMax()));
        loadWatch.start();
    }

    private CompletableFuture<PostgresAddress> startPostgres() {
        // Needs no Postgres, so it does not wait for one of our own to be made.
        final CompletableFuture<ProjectionSchema> schema = CompletableFuture.supplyAsync(ProjectionSchema::load);
        return config.projection()
                .postgres()
                .map(CompletableFuture::completedFuture)
                .orElseGet(this::startEmbedded)
                .thenCombineAsync(schema, (address, loaded) -> loaded.migrate(address));
    }

    private CompletableFuture<PostgresAddress> startEmbedded() {
        final CompletableFuture<EmbeddedPostgres> starting = CompletableFuture.supplyAsync(
                () -> EmbeddedPostgres.start(config.postgresDirectory(), POSTGRES_NICENESS));
        keep(() -> starting.handle((postgres, fault) -> Optional.ofNullable(postgres))
                .join()
                .ifPresent(running -> running.stop(Math.max(1, config.stop().closeMs() / 2_000))));
        return starting.thenApply(EmbeddedPostgres::address);
    }

    private void recover(final Supplier<? extends RecordArchive> archive) {
        snapshots = new SnapshotStore(config.snapshotDirectory());
        kept = keep(ChronicleJournal.open(new JournalConfig(
                config.journalDirectory(),
                config.shard().number(),
                config.journal().durability(),
                config.journal().rollBytes(),
                config.journal().reserveBytes(),
                snapshots.newest().map(Snapshot::sequence).orElse(0L),
                disk)));
        journal = new ArchivedJournal(kept, archive::get);
        core = new Settlement(config.state());
        tables = TableUse.of(core.state(), config.state());
        recovery = Replay.recover(core, snapshots, journal::reader);
        LOG.info("recovered: {}", recovery);
        if (recovery.lastSequence() > 0) {
            ShardStamp.requireMatch(core.state().shard().definition(), config.shard());
        }
    }

    private void startRetention(final PostgresArchive archive) {
        archive.requireReaches(kept.oldestSequence() - 1);
        if (config.journal().keptDays() > 0) {
            final long keptNs = TimeUnit.DAYS.toNanos(config.journal().keptDays());
            keep(new Retention(kept, archive, snapshots, projector::projectedSequence, keptNs))
                    .start();
        }
    }

    private EngineClock clock() {
        if (config.shard().clockFollowsEvents()) {
            return EngineClock.followingEvents();
        }
        return config.shard().isSandbox()
                ? EngineClock.sandbox(recovery.lastNowNs(), machineClock)
                : EngineClock.wall(recovery.lastNowNs(), machineClock);
    }

    private void startRing() {
        ring.start(recovery.lastSequence(), recovery.lastNowNs());
        if (recovery.lastSequence() == 0) {
            ShardStamp.submit(ring, config.shard());
            awaitStamp();
        }
    }

    private void awaitStamp() {
        final long deadline = System.nanoTime() + STAMP_MAX_NS;
        while (journal.durableSequence() == 0) {
            if (ring.haltCause() != null || System.nanoTime() > deadline) {
                throw new IllegalStateException("the shard was not opened", ring.haltCause());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Saves the state at the last record, so that the next start, or the next version, has nothing to replay. */
    private void snapshot(final long deadlineNs) {
        final long sequence = journal.durableSequence();
        if (sequence == snapshots.newest().map(Snapshot::sequence).orElse(0L)) {
            return;
        }
        try (RecordReader reader = journal.reader(sequence - 1)) {
            if (!reader.next()) {
                throw new IllegalStateException("the last record can't be read: sequence=" + sequence);
            }
            final int crc = RecordLayout.crc(reader.buffer(), reader.offset());
            final long nowNs = RecordLayout.nowNs(reader.buffer(), reader.offset());
            snapshots.write(core, sequence, crc, nowNs, () -> System.nanoTime() < deadlineNs);
        } catch (RuntimeException | VirtualMachineError e) {
            LOG.error("no snapshot at the stop, the next start replays more: sequence={}", sequence, e);
        }
    }

    private void awaitProjection(final long deadlineNs) {
        final Duration timeout = untilNs(deadlineNs);
        try {
            if (!projector.awaitSequence(journal.durableSequence(), timeout)) {
                LOG.warn(
                        "stopped before Postgres had caught up, the next start goes on: lagRecords={}",
                        projector.lagRecords());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration untilNs(final long deadlineNs) {
        return Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime()));
    }

    private <T extends AutoCloseable> T keep(final T part) {
        opened.push(part);
        return part;
    }

    private void closeOpened() {
        while (!opened.isEmpty()) {
            final AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part did not close: part={}", part, e);
            }
        }
    }

    private static <T> T await(final CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
