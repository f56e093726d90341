package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.JournalAppender;
import io.miaojie.support.MountedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full in the middle of a write stops the journal, and every answer given before stands. */
@Tag("slow")
@Timeout(120)
class DiskFullTest {
    @TempDir
    private Path temporary;

    @RegisterExtension
    private final MountedDisk small = new MountedDisk(32);

    @Test
    void stopsAndKeepsWhatItAnswered() throws IOException, InterruptedException {
        final Path directory = small.path().resolve("journal");
        final Process process = JournalAppender.start(List.of(), directory, 700, Long.MAX_VALUE);
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertNotEquals(0, process.waitFor());
        final long answered = said.lines()
                .filter(line -> line.startsWith("durable "))
                .mapToLong(line -> Long.parseLong(line.substring("durable ".length())))
                .max()
                .orElse(0);
        assertTrue(answered > 10_000, "answered=" + answered);
        final Path copy = temporary.resolve("copy");
        MountedDisk.run("cp", "-r", "--sparse=always", directory.toString(), copy.toString());
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(copy, 0))) {
            assertTrue(journal.durableSequence() >= answered, journal.report().toString());
        }
    }
}
