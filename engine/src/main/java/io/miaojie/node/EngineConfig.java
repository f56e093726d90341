package io.miaojie.node;

import io.miaojie.journal.Durability;
import io.miaojie.journal.JournalConfig;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.ring.RingConfig;
import io.miaojie.settlement.StateLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Every limit of one node, each with its unit and its reason, and the relations between them. Begin with {@link #of}
 * and change what has to differ.
 *
 * @param dataDirectory everything that the node keeps, locked while it runs
 * @param shard what the shard is
 * @param state bounds of the core's tables, as counts
 * @param ring sizes of the ring
 * @param journal how records are kept
 * @param projection where rows go and how far they may lag
 * @param stop how long a clean stop may take
 */
public record EngineConfig(
        Path dataDirectory,
        ShardOptions shard,
        StateLimits state,
        RingConfig ring,
        JournalOptions journal,
        ProjectionOptions projection,
        StopOptions stop) {
    /**
     * What the shard is, for ever: it is written into the first record.
     *
     * @param number 0..255, in every record, id and row
     * @param isSandbox for trials only; payments of any age may come
     * @param clockFollowsEvents engine time is the largest business time seen, so that an old ledger settles as if it
     *     happened now; only in a sandbox
     */
    public record ShardOptions(int number, boolean isSandbox, boolean clockFollowsEvents) {
        public ShardOptions {
            require(!clockFollowsEvents || isSandbox, "only the clock of a sandbox follows events");
        }
    }

    /**
     * How records are kept.
     *
     * @param durability what an answer waits for
     * @param rollBytes size at which a new file begins: rolls are rare, a scan of one file takes seconds
     * @param reserveBytes room on the disk below which no command is admitted: takes what is under way then
     * @param snapshotEveryRecords records between two snapshots: bounds the replay of the next start to some seconds
     * @param keptDays whole cycles that are older go to Postgres; 0: none ever does
     */
    public record JournalOptions(
            Durability durability, long rollBytes, long reserveBytes, long snapshotEveryRecords, int keptDays) {
        public JournalOptions {
            require(snapshotEveryRecords > 0, "snapshotEveryRecords=" + snapshotEveryRecords);
            require(
                    keptDays >= 0 && keptDays <= KEPT_DAYS_MAX,
                    "out of 0.." + KEPT_DAYS_MAX + ": keptDays=" + keptDays);
        }

        JournalOptions withKeptDays(final int value) {
            return new JournalOptions(durability, rollBytes, reserveBytes, snapshotEveryRecords, value);
        }
    }

    /**
     * Where rows go and how far they may lag.
     *
     * @param postgres a Postgres of yours; empty: the one that the engine brings along
     * @param unprojectedBytesMax journal bytes not in Postgres yet, beyond which no command is admitted: bounds the
     *     burst, and the disk that a dead Postgres costs
     */
    public record ProjectionOptions(Optional<PostgresAddress> postgres, long unprojectedBytesMax) {}

    /**
     * How long a clean stop may take, milliseconds. What is left between draining and closing is for the snapshot and
     * for the rows that are still to come.
     *
     * @param wholeMs from the signal until everything is let go of
     * @param drainMs for answers to what was taken: a full ring takes about a second
     * @param closeMs kept back for letting go of the projector and of a Postgres of our own
     */
    public record StopOptions(long wholeMs, long drainMs, long closeMs) {
        public StopOptions {
            require(
                    drainMs >= 0 && closeMs > 0 && drainMs + closeMs <= wholeMs,
                    "draining and closing fit into the stop: wholeMs=" + wholeMs + " drainMs=" + drainMs + " closeMs="
                            + closeMs);
        }
    }

    /** 8 GiB: some thirty million payments. */
    private static final long UNPROJECTED_BYTES_MAX = 8L << 30;

    /** Five million: replay does some hundred thousand a second. */
    private static final long SNAPSHOT_EVERY_RECORDS = 5_000_000;

    /** A hundred years: in nanoseconds it fits a long. */
    private static final int KEPT_DAYS_MAX = 36_500;

    /** A stop within ten seconds is promised: one of them is for HTTP and the process. */
    private static final StopOptions STOP = new StopOptions(9_000, 3_000, 4_000);

    public EngineConfig {
        require(
                ring.shard() == shard.number(),
                "ring and shard have one number: ring=" + ring.shard() + " shard=" + shard.number());
        require(
                journal.reserveBytes() >= ring.underWayBytesMax(),
                "the disk reserve takes what is under way: reserveBytes=" + journal.reserveBytes()
                        + " underWayBytesMax=" + ring.underWayBytesMax());
        require(
                projection.unprojectedBytesMax() >= ring.underWayBytesMax(),
                "one full ring is no lag: unprojectedBytesMax=" + projection.unprojectedBytesMax()
                        + " underWayBytesMax=" + ring.underWayBytesMax());
        require(
                state.keysMax() >= state.ordersMax(),
                "each order has a payment that binds its id: keysMax=" + state.keysMax() + " ordersMax="
                        + state.ordersMax());
        require(
                state.poolsMax() >= state.membersMax(),
                "each member has a pool: poolsMax=" + state.poolsMax() + " membersMax=" + state.membersMax());
    }

    /** Returns the usual limits for one shard with its own Postgres. */
    public static EngineConfig of(final Path dataDirectory) {
        return new EngineConfig(
                dataDirectory,
                new ShardOptions(0, false, false),
                StateLimits.defaults(),
                RingConfig.defaults(0, shardDirectory(dataDirectory, 0)),
                new JournalOptions(
                        Durability.SYNC,
                        JournalConfig.ROLL_BYTES,
                        JournalConfig.RESERVE_BYTES,
                        SNAPSHOT_EVERY_RECORDS,
                        0),
                new ProjectionOptions(Optional.empty(), UNPROJECTED_BYTES_MAX),
                STOP);
    }

    public EngineConfig withSandbox(final boolean isSandbox, final boolean clockFollowsEvents) {
        final ShardOptions value = new ShardOptions(shard.number, isSandbox, clockFollowsEvents);
        return new EngineConfig(dataDirectory, value, state, ring, journal, projection, stop);
    }

    public EngineConfig withState(final StateLimits value) {
        return new EngineConfig(dataDirectory, shard, value, ring, journal, projection, stop);
    }

    /** Sizes every table for this many members and orders, see {@link StateLimits#of}. */
    public EngineConfig withTables(final int membersMax, final int ordersMax) {
        return withState(StateLimits.of(membersMax, ordersMax));
    }

    public EngineConfig withRing(final RingConfig value) {
        return new EngineConfig(dataDirectory, shard, state, value, journal, projection, stop);
    }

    public EngineConfig withJournal(final JournalOptions value) {
        return new EngineConfig(dataDirectory, shard, state, ring, value, projection, stop);
    }

    /** Leaves forcing to the operating system: survives the death of the process, not of the machine. */
    public EngineConfig withoutForce() {
        return withJournal(new JournalOptions(
                Durability.OS,
                journal.rollBytes,
                journal.reserveBytes,
                journal.snapshotEveryRecords,
                journal.keptDays));
    }

    /** Hands records that are older to Postgres; 0: keeps everything. */
    public EngineConfig withKeptDays(final int days) {
        return withJournal(journal.withKeptDays(days));
    }

    /** @param uri {@code postgres://user:password@host:port/database} */
    public EngineConfig withPostgres(final String uri) {
        return withProjection(
                new ProjectionOptions(Optional.of(PostgresAddress.parse(uri)), projection.unprojectedBytesMax));
    }

    public EngineConfig withProjection(final ProjectionOptions value) {
        return new EngineConfig(dataDirectory, shard, state, ring, journal, value, stop);
    }

    public EngineConfig withStop(final StopOptions value) {
        return new EngineConfig(dataDirectory, shard, state, ring, journal, projection, value);
    }

    Path shardDirectory() {
        return shardDirectory(dataDirectory, shard.number);
    }

    public Path journalDirectory() {
        return shardDirectory().resolve("journal");
    }

    public Path snapshotDirectory() {
        return shardDirectory().resolve("snapshots");
    }

    public Path postgresDirectory() {
        return dataDirectory.resolve("postgres");
    }

    private static Path shardDirectory(final Path dataDirectory, final int number) {
        return dataDirectory.resolve("shard-" + number);
    }

    private static void require(final boolean holds, final String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
