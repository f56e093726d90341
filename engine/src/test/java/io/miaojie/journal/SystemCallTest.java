package io.miaojie.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.support.JournalAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operating system sees: a force that has returned before each answer, and no answer once one failed. */
@Tag("strace")
@Timeout(120)
class SystemCallTest {
    @TempDir
    private Path temporary;

    private Path trace;

    @BeforeEach
    void needsStrace() throws IOException, InterruptedException {
        trace = temporary.resolve("trace");
        final boolean works = Files.isExecutable(Path.of("/usr/bin/strace"))
                && new ProcessBuilder("strace", "-o", "/dev/null", "true")
                                .start()
                                .waitFor()
                        == 0;
        Assumptions.assumeTrue(works, "strace does not work here");
    }

    private int run(final int records, final int commits, final String... faults)
            throws IOException, InterruptedException {
        final List<String> prefix = new ArrayList<>(List.of(
                "strace", "-f", "-qq", "-e", "trace=fdatasync,fsync,write,writev,pwrite64", "-o", trace.toString()));
        prefix.addAll(List.of(faults));
        final Process process = JournalAppender.start(prefix, temporary.resolve("journal"), records, commits);
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    /** Returns the forces (F: returned whole, E: failed), writes that failed (W), answers (A), in their order. */
    private String story() throws IOException {
        final StringBuilder story = new StringBuilder();
        for (final String line : Files.readAllLines(trace)) {
            if (line.contains("write(1, \"durable ")) {
                story.append('A');
            } else if (line.matches(".*fdatasync.*= 0.*")) {
                story.append('F');
            } else if (line.matches(".*fdatasync.*= -1 .*")) {
                story.append('E');
            } else if (line.matches(".*(pwrite64|writev).*= -1 .*")) {
                story.append('W');
            }
        }
        return story.toString();
    }

    @Test
    void forcesBeforeEachAnswer() throws IOException, InterruptedException {
        assertEquals(0, run(5, 25));
        assertTrue(story().matches("F+(FA){25}F*"), story());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EIO", "ENOSPC"})
    void answersNothingOnceAForceFailed(final String error) throws IOException, InterruptedException {
        assertNotEquals(0, run(5, 25, "-e", "inject=fdatasync:error=" + error + ":when=8+"));
        assertTrue(story().matches("F+(FA)+E"), story());
    }

    /** An excerpt, or zeroes ahead of it. */
    @ParameterizedTest
    @CsvSource({"writev,EIO,10", "writev,ENOSPC,10", "pwrite64,EIO,480", "pwrite64,ENOSPC,480"})
    void answersNothingOnceAWriteFailed(final String call, final String error, final int firstFailed)
            throws IOException, InterruptedException {
        assertNotEquals(0, run(700, 60, "-e", "inject=" + call + ":error=" + error + ":when=" + firstFailed + "+"));
        assertTrue(story().matches("F+(FA)+F?W+"), story());
    }
}
