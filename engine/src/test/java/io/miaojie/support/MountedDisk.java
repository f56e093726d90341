package io.miaojie.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A small file system of its own, in memory, there for each test and gone behind it with all that is in it; where
 * mounting is not allowed, the test is skipped.
 */
public final class MountedDisk implements BeforeEachCallback, AfterEachCallback {
    private final long mib;
    private Path path;

    public MountedDisk(final long mib) {
        this.mib = mib;
    }

    @Override
    public void beforeEach(final ExtensionContext test) throws IOException, InterruptedException {
        final Path fresh = Files.createTempDirectory("small-disk");
        final int mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", fresh.toString());
        if (mounted != 0) {
            Files.delete(fresh);
        }
        Assumptions.assumeTrue(mounted == 0, "mounting needs root");
        path = fresh;
    }

    @Override
    public void afterEach(final ExtensionContext test) throws IOException, InterruptedException {
        if (path != null) {
            run("umount", path.toString());
            Files.delete(path);
        }
    }

    public Path path() {
        return path;
    }

    /** Takes all of it but so many bytes, for a file that may be deleted; again for what has become free since. */
    public Path fillBut(final long freeBytes) throws IOException {
        final Path filler = path.resolve("filler");
        final long takenBytes = Math.max(0, path.toFile().getUsableSpace() - freeBytes);
        Files.write(filler, new byte[(int) takenBytes], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return filler;
    }

    /** Takes all of it, into the same file, whoever else is just writing to it. */
    public void fill() {
        try {
            fillBut(0);
        } catch (final IOException e) {
            // Somebody else was quicker with what seemed to be left: it is full.
            assertTrue(String.valueOf(e.getMessage()).contains("No space left on device"), e::toString);
        }
    }

    /** Runs a command and returns its exit code. */
    public static int run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
