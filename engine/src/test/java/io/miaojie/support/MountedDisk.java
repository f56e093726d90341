package io.miaojie.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A small file system of its own, in memory; where mounting is not allowed, the test is skipped. */
public record MountedDisk(Path path) {
    /** Mounts one of this size below a directory. */
    public static MountedDisk below(final Path directory, final long mib) throws IOException, InterruptedException {
        final Path path = Files.createDirectory(directory.resolve("small"));
        final int mounted = run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "tmpfs", path.toString());
        Assumptions.assumeTrue(mounted == 0, "mounting needs root");
        return new MountedDisk(path);
    }

    /** Runs a command and returns its exit code. */
    public static int run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Takes it away, with all that is in it. */
    public void unmount() throws IOException, InterruptedException {
        run("umount", path.toString());
    }
}
