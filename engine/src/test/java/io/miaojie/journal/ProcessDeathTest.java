package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.EchoCore;
import io.miaojie.support.JournalAppender;
import io.miaojie.support.JournalDriver;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it appends has lost nothing that it answered. */
@Tag("slow")
@Timeout(120)
class ProcessDeathTest {
    private static final int DEATHS = 4;

    @TempDir
    private Path temporary;

    @Test
    void losesNothingThatWasAnswered() throws IOException, InterruptedException {
        final Path directory = temporary.resolve("journal");
        long answered = 0;
        for (int death = 1; death <= DEATHS; death++) {
            answered = answeredBeforeDeath(directory, answered, 50 * death);
            try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(directory, 0))) {
                assertTrue(journal.durableSequence() >= answered, "answered=" + answered);
                new JournalDriver(new EchoCore(), journal).append(10, 200).commit();
                answered = journal.durableSequence();
                try (RecordReader reader = journal.reader(0)) {
                    assertEquals(LongStream.rangeClosed(1, answered).boxed().toList(), JournalDriver.sequences(reader));
                }
            }
        }
    }

    /** In a container the server is process 1, and so is the next: Chronicle takes its lock for one that is held. */
    @Test
    void startsAgainAfterProcessOneWasKilledWithTheLockOfItsQueue() throws IOException, InterruptedException {
        final List<String> asProcessOne = List.of("unshare", "-p", "-f", "--mount-proc", "--kill-child");
        Assumptions.assumeTrue(works(asProcessOne), "a PID namespace needs root");
        final Path directory = temporary.resolve("journal");
        for (int start = 1; start <= 3; start++) {
            final Process process = JournalAppender.start(
                    asProcessOne, LockHolder.class, temporary.resolve("err"), directory.toString());
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                String line = lines.readLine();
                while (line != null && !line.startsWith(LockHolder.HOLDS)) {
                    line = lines.readLine();
                }
                assertEquals(LockHolder.HOLDS + "1 true " + 20 * start, line, "see " + temporary.resolve("err"));
                process.toHandle().destroyForcibly(); // the process, not our end of its output
                assertEquals(null, lines.readLine(), "whoever has the other end is gone");
            } finally {
                process.destroyForcibly().waitFor();
            }
            awaitGone(directory);
        }
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(directory, 0))) {
            assertEquals(60, journal.durableSequence());
            new JournalDriver(new EchoCore(), journal).append(10, 200).commit();
            assertEquals(70, journal.durableSequence());
        }
    }

    /** A process that dies closes one file after the other: its output before its lock. */
    private static void awaitGone(final Path directory) {
        boolean isGone = false;
        while (!isGone) {
            try {
                DataDirectoryLock.take(directory).close();
                isGone = true;
            } catch (final JournalException e) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    private static boolean works(final List<String> prefix) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(prefix);
        command.add("true");
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Returns the last sequence that the process named before it was killed. */
    private static long answeredBeforeDeath(final Path directory, final long before, final int commits)
            throws IOException, InterruptedException {
        final Process process = JournalAppender.start(List.of(), directory, 30, Long.MAX_VALUE);
        try (BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII)) {
            long answered = before;
            for (int i = 0; i < commits; i++) {
                answered = nextAnswer(answers);
            }
            process.destroyForcibly();
            return answered;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static long nextAnswer(final BufferedReader answers) throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith("durable ")) {
            line = answers.readLine();
        }
        assertNotNull(line, "the process ended by itself");
        return Long.parseLong(line.substring("durable ".length()));
    }
}
