package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.gate.AnswerType;
import io.miaojie.gate.SubmitCode;
import io.miaojie.journal.JournalException;
import io.miaojie.projection.EmbeddedPostgres;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionException;
import io.miaojie.support.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole engine: started, paid, stopped, killed and started again, with a real journal and a real Postgres. */
@Tag("postgres")
@Timeout(120)
class EngineNodeTest {
    @TempDir
    static Path postgresDirectory;

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private final NodeDriver driver = new NodeDriver();
    private PostgresAddress address;
    private EngineConfig config;

    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgres.start(postgresDirectory);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void makeDatabase(final TestInfo test) throws SQLException {
        address = NodeRig.freshDatabase(
                postgres.address(), test.getTestMethod().orElseThrow().getName().toLowerCase());
        config = NodeRig.config(directory, address);
    }

    @Test
    void settlesPaymentsFromAnEmptyDirectory() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertEquals(1, node.status().durableSequence(), "the stamp of the shard");
            driver.prepare(node.gate());
            assertEquals(5, driver.pay(node.gate(), 7).get().sequence());
            assertEquals(100, driver.spendableMinor(node.gate(), 7));
            assertTrue(node.awaitProjected(5, Duration.ofSeconds(10)));
            assertEquals(5, node.status().projectedSequence());
            assertEquals("purchase-rebate", node.kinds().get(0).name());
            assertTrue(node.status().isAdmitting());
            assertEquals(1, rows(node, "orders"));
            assertEquals(1, rows(node, "grants"));
            assertEquals(config.state().ordersMax(), table(node, "orders").rowsMax());
        }
    }

    @Test
    void findsTheSamePoolsAfterACleanStop() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            driver.prepare(node.gate());
            pay(node, 1, 500);
        }
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertEquals(504, node.recovery().lastSequence());
            assertEquals(0, node.recovery().replayedCount(), "the stop left a snapshot");
            assertEquals(504, node.status().projectedSequence(), "the stop waited for Postgres");
            for (int member = 0; member < 10; member++) {
                assertEquals(5_000, driver.spendableMinor(node.gate(), member));
            }
            final NodeDriver.Answer repeat = driver.pay(node.gate(), 3).get();
            assertEquals(AnswerType.REPEAT, repeat.type());
            assertEquals(7, repeat.sequence());
            assertEquals(504, node.status().lastSequence());
            assertEquals(505, driver.pay(node.gate(), 501).get().sequence());
        }
    }

    @Test
    void bringsItsOwnPostgres() throws Exception {
        final EngineConfig own = config.withProjection(new EngineConfig.ProjectionOptions(Optional.empty(), 6 << 20));
        for (int start = 1; start <= 2; start++) {
            try (EngineNode node = EngineNode.start(own, driver)) {
                if (start == 1) {
                    driver.prepare(node.gate());
                }
                final long sequence = driver.pay(node.gate(), start).get().sequence();
                assertEquals(4 + start, sequence);
                assertTrue(node.awaitProjected(sequence, Duration.ofSeconds(10)));
            }
        }
    }

    @Test
    void leavesNothingOpenWhenItDoesNotStart() throws Exception {
        final PostgresAddress nowhere = new PostgresAddress("127.0.0.1", 1, "d", "u", "p");
        assertThrows(ProjectionException.class, () -> EngineNode.start(NodeRig.config(directory, nowhere), driver));
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertEquals(1, node.status().durableSequence());
        }
    }

    @Test
    void refusesADirectoryInUse() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertThrows(JournalException.class, () -> EngineNode.start(config, driver));
            driver.prepare(node.gate());
        }
    }

    @Test
    void refusesOptionsThatContradictTheDirectory() {
        EngineNode.start(config, driver).close();
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> EngineNode.start(config.withSandbox(true, false), driver));
        assertTrue(refused.getMessage().contains("isSandbox=true"), refused.getMessage());
        EngineNode.start(config, driver).close();
    }

    @Test
    void settlesAnOldLedgerByItsOwnTime() throws Exception {
        final EngineConfig sandbox = config.withSandbox(true, true);
        final long atNs = 852_076_800_000_000_000L;
        try (EngineNode node = EngineNode.start(sandbox, driver)) {
            driver.prepare(node.gate());
            final DirectBuffer payment = Commands.payment(NodeDriver.KEY, "old")
                    .member("member-1")
                    .amount(1_000)
                    .at(atNs)
                    .encode();
            driver.ask(node.gate(), payment);
            assertEquals(100, driver.spendableMinor(node.gate(), 1));
        }
        try (EngineNode node = EngineNode.start(sandbox, driver)) {
            assertEquals(atNs, node.recovery().lastNowNs());
        }
    }

    @Test
    void refusesAPostgresThatIsAheadOfTheJournal() throws Exception {
        try (EngineNode node = EngineNode.start(config, driver)) {
            driver.prepare(node.gate());
        }
        delete(directory.resolve("shard-0"));
        for (int i = 0; i < 2; i++) {
            final ProjectionException refused =
                    assertThrows(ProjectionException.class, () -> EngineNode.start(config, driver));
            assertTrue(refused.getMessage().contains("postgresSequence=4 durableSequence=0"), refused.getMessage());
        }
    }

    @Test
    void haltsOnAFaultAndIsWholeAfterwards() throws Exception {
        final UnsafeBuffer unknown = new UnsafeBuffer(new byte[60]);
        unknown.putByte(2, (byte) 63);
        try (EngineNode node = EngineNode.start(config, driver)) {
            driver.prepare(node.gate());
            driver.send(node.gate(), unknown);
            final Throwable fault = node.halted().get();
            assertEquals(fault, node.status().haltCause());
            assertFalse(node.status().isAdmitting());
            assertEquals(SubmitCode.STOPPED, node.gate().submit(99, unknown, 0, 60));
            assertTrue(Files.exists(directory.resolve("shard-0/poison-5")));
        }
        try (EngineNode node = EngineNode.start(config, driver)) {
            assertEquals(4, node.recovery().replayedCount(), "a halted node takes no snapshot");
            assertEquals(5, driver.pay(node.gate(), 1).get().sequence());
        }
    }

    @Test
    @Tag("slow")
    void losesNothingAnsweredWhenKilled() throws Exception {
        final List<Integer> answered = new ArrayList<>();
        final Process process = startProcess();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith(NodeProcess.ANSWERED)) {
                    answered.add(Integer.parseInt(line.substring(NodeProcess.ANSWERED.length())));
                }
                if (answered.size() == 5_000) {
                    process.toHandle().destroyForcibly(); // the process, not our end of its output
                }
                line = lines.readLine();
            }
        }
        process.waitFor();
        assertTrue(answered.size() >= 5_000, "answered=" + answered.size());
        try (EngineNode node = EngineNode.start(config, driver)) {
            final long before = node.recovery().lastSequence();
            assertEquals(before, node.recovery().replayedCount());
            for (final int number : answered.subList(answered.size() - 100, answered.size())) {
                assertEquals(
                        AnswerType.REPEAT, driver.pay(node.gate(), number).get().type());
            }
            assertEquals(before, node.status().lastSequence());
            assertTrue(node.awaitProjected(before, Duration.ofSeconds(20)));
        }
    }

    private static int rows(final EngineNode node, final String name) {
        return table(node, name).rows();
    }

    private static EngineStatus.Table table(final EngineNode node, final String name) {
        return node.status().tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void pay(final EngineNode node, final int first, final int last) {
        final List<CompletableFuture<NodeDriver.Answer>> answers = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            answers.add(driver.pay(node.gate(), number));
        }
        answers.forEach(CompletableFuture::join);
    }

    private Process startProcess() throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-D"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), NodeProcess.class.getName()));
        command.add(directory.toString());
        command.add("postgres://" + address.user() + ":" + address.password() + "@" + address.host() + ":"
                + address.port() + "/" + address.database());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void delete(final Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
