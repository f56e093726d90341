package io.miaojie.simulation;

import io.miaojie.projection.CuttingProxy;
import io.miaojie.projection.ExpectedRows;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionConfig;
import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.Projector;
import io.miaojie.settlement.Settlement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The projector of a story: it dies between two batches and in the middle of one, loses answers to its commits, and is
 * fenced by its successor, while the story goes on; what it left is there once in the end. Where in a batch it dies is
 * up to its threads; the story does not hear of it.
 */
final class StoryProjector implements Simulation.Follower, AutoCloseable {
    private static final int SHARD = 1;
    private static final int TURN_ONE_IN = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Too short for a batch to land. */
    private static final Duration AT_ONCE = Duration.ofMillis(2);

    /** What becomes of the one that projects. */
    enum Turn {
        CLOSED,
        KILLED,
        FENCED,
        UNHEARD
    }

    private final ProjectionConfig config;
    private final PostgresAddress address;
    private final CuttingProxy proxy;
    private final Random random;
    private final Coverage coverage;
    private Projector projector;

    StoryProjector(final PostgresAddress address, final long seed, final Coverage coverage) throws IOException {
        this.address = address;
        this.proxy = new CuttingProxy(address);
        this.random = new Random(seed);
        this.coverage = coverage;
        this.config = new ProjectionConfig(
                SHARD,
                Settlement.kinds(),
                new ProjectionConfig.Batch(1 + random.nextInt(40), 1 << 20, 0),
                new ProjectionConfig.Retry(1, 50, 20_000));
    }

    @Override
    public void onStep(final Machine machine) {
        if (projector == null) {
            projector = start(machine);
        } else if (random.nextInt(TURN_ONE_IN) == 0) {
            turn(machine);
        }
    }

    private void turn(final Machine machine) {
        final Turn turn = Turn.values()[random.nextInt(Turn.values().length)];
        coverage.note("projector." + turn);
        switch (turn) {
            case CLOSED -> {
                projector.close();
                projector = start(machine);
            }
            case KILLED -> {
                projector.close(AT_ONCE);
                projector = start(machine);
            }
            case FENCED -> {
                final Projector before = projector;
                projector = start(machine);
                await(projector, machine);
                before.close();
                require(before.projectedSequence() <= projector.projectedSequence(), "the fenced one is ahead");
            }
            case UNHEARD -> proxy.loseNext(1 + random.nextInt(2));
        }
    }

    private Projector start(final Machine machine) {
        final Projector next = new Projector(machine.journal(), proxy.address(), config);
        next.start();
        return next;
    }

    private static void await(final Projector projector, final Machine machine) {
        try {
            final boolean isThere = projector.awaitSequence(machine.journal().durableSequence(), PATIENCE);
            require(isThere, "the projection stands: " + projector.lastError());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void onEnd(final Machine machine, final World world) {
        await(projector, machine);
        projector.close();
        try (ProjectionReader reader = ProjectionReader.open(address, SHARD)) {
            StoryRows.hold(reader, world);
        }
        final List<String> differences = new ArrayList<>();
        try (ExpectedRows rows = ExpectedRows.open(address, config)) {
            rows.fill(machine.journal().reader(0), machine.journal().durableSequence());
            for (final String table : rows.tables()) {
                coverage.note("table." + table + (rows.compare(table, differences::add) == 0 ? ".empty" : ".rows"));
            }
        }
        require(differences.isEmpty(), "rows differ: " + differences);
    }

    @Override
    public void close() throws IOException {
        if (projector != null) {
            projector.close();
        }
        proxy.close();
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
