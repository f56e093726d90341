package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.RecordLog;
import io.miaojie.node.verify.DataDirectoryCheck;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionException;
import io.miaojie.support.Commands;
import io.miaojie.wire.RecordLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose oldest journal file has gone to Postgres does everything that it did before. */
@Tag("postgres")
@Timeout(120)
class RetentionNodeTest {
    private static final long T0_NS = 1_790_000_000_000_000_000L;

    @TempDir
    static Path postgresDirectory;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private final NodeDriver driver = new NodeDriver();
    private PostgresAddress address;
    private EngineConfig config;
    private byte[] firstAnswer;

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgres.start(postgresDirectory);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    /** Three starts, days apart in engine time; at the third the first file goes, at the fourth it is removed. */
    @BeforeEach
    void outliveTheFirstFile(final TestInfo test) throws Exception {
        address = NodeRig.freshDatabase(
                postgres.address(), test.getTestMethod().orElseThrow().getName().toLowerCase());
        config = NodeRig.config(directory, address).withSandbox(true, true).withKeptDays(1);
        for (int day = 0; day <= 6; day += 3) {
            try (EngineNode node = EngineNode.start(config, driver)) {
                if (day == 0) {
                    driver.prepare(node.gate());
                    firstAnswer =
                            driver.ask(node.gate(), payment(0, day)).reply().bytes();
                }
                for (int i = 1; i < 50; i++) {
                    driver.ask(node.gate(), payment(day * 100 + i, day));
                }
                assertTrue(node.awaitProjected(node.status().durableSequence(), Duration.ofSeconds(20)));
            }
        }
        try (EngineNode node = EngineNode.start(config, driver)) {
            NodeRig.await("the file is gone", () -> !Files.exists(firstCycle()));
            assertTrue(node.recovery().replayedCount() < 50, "a snapshot carried it");
        }
    }

    @Test
    void answersAVeryOldRepeatFromPostgres() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            final NodeDriver.Answer repeat = driver.ask(node.gate(), payment(0, 0));
            assertEquals(AnswerType.REPEAT, repeat.type());
            assertArrayEquals(firstAnswer, repeat.reply().bytes());
            final NodeDriver.Answer other = driver.ask(
                    node.gate(),
                    Commands.payment(NodeDriver.KEY, "pay-0")
                            .member("x")
                            .amount(1)
                            .encode());
            assertEquals(AnswerType.CONFLICT, other.type());
        }
    }

    @Test
    void readsTheWholeHistoryWithoutASeam() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            final RecordLog log = node.records();
            assertEquals(1, log.oldestSequence());
            for (final long after : new long[] {0, 20, 60}) {
                final List<Long> read = new ArrayList<>();
                try (RecordLog.Cursor cursor = log.after(after)) {
                    while (cursor.next()) {
                        read.add(RecordLayout.sequence(cursor.buffer(), cursor.offset()));
                    }
                }
                assertEquals(log.durableSequence() - after, read.size());
                assertEquals(after + 1, read.get(0));
            }
        }
    }

    @Test
    void verifyStillComputesEverythingAgain() {
        final List<DataDirectoryCheck.Finding> findings = new ArrayList<>();
        DataDirectoryCheck.run(config, findings::add);
        assertEquals(4, findings.size());
        findings.forEach(finding -> assertTrue(finding.holds(), finding::toString));
        assertTrue(findings.get(0).details().toString().contains("those before are in Postgres"));
        assertTrue(findings.get(1).details().get(0).matches("\\d+ outcomes from genesis.*"), findings::toString);
    }

    @Test
    void recoversFromPostgresWhenNoSnapshotIsLeft() throws Exception {
        IoUtil.delete(config.snapshotDirectory().toFile(), false);
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertEquals(node.recovery().lastSequence(), node.recovery().replayedCount());
            assertEquals(
                    AnswerType.REPEAT, driver.ask(node.gate(), payment(1, 0)).type());
        }
    }

    @Test
    void refusesAPostgresThatLacksWhatWasHandedOver() throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                        address.user(),
                        address.password());
                Statement statement = connection.createStatement()) {
            statement.execute("delete from miaojie.record_archive");
        }
        final ProjectionException refused =
                assertThrows(ProjectionException.class, () -> EngineNode.start(config, driver));
        assertTrue(refused.getMessage().contains("lacks records"), refused.getMessage());
    }

    private Path firstCycle() {
        return config.journalDirectory().resolve("cycle-0000000001");
    }

    private static DirectBuffer payment(final int number, final int day) {
        return Commands.payment(NodeDriver.KEY, "pay-" + number)
                .member("member-" + number % 10)
                .amount(1_000)
                .at(T0_NS + TimeUnit.DAYS.toNanos(day))
                .encode();
    }
}
