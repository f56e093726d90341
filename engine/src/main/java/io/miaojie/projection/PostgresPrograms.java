package io.miaojie.projection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of Postgres from the Maven artefact of this machine, unpacked once per user and version, and how to run
 * one: as root through {@code unshare -U}, because Postgres refuses to run as root.
 */
final class PostgresPrograms {
    private static final int EXECUTABLE = 0111;

    private final Path directory;
    private final Path logFile;
    private final boolean isRoot;

    private PostgresPrograms(final Path directory, final Path logFile, final boolean isRoot) {
        this.directory = directory;
        this.logFile = logFile;
        this.isRoot = isRoot;
    }

    /**
     * Finds or unpacks the programs.
     *
     * @param fallback where to unpack them when the user has no cache directory that can be written
     * @param logFile what the programs print goes to its end
     */
    static PostgresPrograms unpacked(final Path fallback, final Path logFile) throws IOException {
        final URL archive = archive();
        final Path directory = cache(fallback).resolve("postgres-" + fingerprint(archive));
        if (!Files.isDirectory(directory)) {
            unpack(archive, directory);
        }
        return new PostgresPrograms(directory, logFile, isRoot());
    }

    /**
     * Runs a program to its end.
     *
     * @return its exit code
     * @throws ProjectionException when it can't be started or does not end in time
     */
    int run(final String program, final long timeoutSeconds, final String... arguments) {
        return run(0, program, timeoutSeconds, arguments);
    }

    /**
     * Runs a program to its end, it and whatever it starts with this niceness.
     *
     * @param niceness 0: as we run; up to 19: the kernel prefers whoever has less
     */
    int run(final int niceness, final String program, final long timeoutSeconds, final String... arguments) {
        final List<String> command = new ArrayList<>();
        if (niceness > 0) {
            command.addAll(List.of("nice", "-n", Integer.toString(niceness)));
        }
        if (isRoot) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return run(command, timeoutSeconds);
    }

    /**
     * Proves that this machine can run Postgres as the present user.
     *
     * @throws ProjectionException when we are root and the machine has no user namespaces
     */
    void requireUser() {
        if (isRoot && run(List.of("unshare", "-U", "true"), 10) != 0) {
            throw new ProjectionException("Postgres refuses to run as root, and this machine lets nobody make a user"
                    + " namespace (unshare -U failed): start as another user, or bring your own Postgres with"
                    + " --postgres-uri");
        }
    }

    private int run(final List<String> command, final long timeoutSeconds) {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(timeoutSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ProjectionException("no end after seconds=" + timeoutSeconds + " of command=" + command);
            }
            return process.exitValue();
        } catch (final IOException e) {
            throw new ProjectionException(
                    "can't run command=" + command + "; with --postgres-uri no program of ours is needed", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectionException("interrupted while running command=" + command, e);
        }
    }

    private static boolean isRoot() throws IOException {
        final Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }

    static boolean isLinux() {
        return "linux".equals(system());
    }

    private static String system() {
        final String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "darwin" : os.startsWith("windows") ? "windows" : "linux";
    }

    private static URL archive() {
        final String system = system();
        final boolean isArm = "aarch64".equals(System.getProperty("os.arch")) && "linux".equals(system);
        final String variant = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
        final String name = "postgres-" + system + "-" + (isArm ? "arm_64" : "x86_64") + variant + ".txz";
        final URL found = PostgresPrograms.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new ProjectionException("no Postgres for this machine comes with us: resource=" + name
                    + ": bring your own with --postgres-uri");
        }
        return found;
    }

    /** Tells one archive from another without reading it: the checksum in the index of its jar. */
    private static String fingerprint(final URL archive) throws IOException {
        final URLConnection connection = archive.openConnection();
        return connection instanceof JarURLConnection jar
                ? String.format("%08x", jar.getJarEntry().getCrc())
                : connection.getContentLengthLong() + "-" + connection.getLastModified();
    }

    private static Path cache(final Path fallback) {
        final String given = System.getenv("XDG_CACHE_HOME");
        final Path base = given == null || given.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(given);
        try {
            return Files.createDirectories(base.resolve("miaojie"));
        } catch (final IOException e) {
            return fallback;
        }
    }

    /** Unpacks beside the target and moves it there, so that a half unpacked tree never has the final name. */
    private static void unpack(final URL archive, final Path target) throws IOException {
        final Path parent = Files.createDirectories(target.getParent());
        final Path fresh = Files.createTempDirectory(parent, "unpacking-");
        try (InputStream in = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, fresh);
            }
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            delete(fresh);
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static void unpack(final TarArchiveInputStream tar, final TarArchiveEntry entry, final Path into)
            throws IOException {
        final Path path = into.resolve(entry.getName()).normalize();
        if (!path.startsWith(into)) {
            throw new IOException("an entry leaves the archive: name=" + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(path, into.resolve(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            if ((entry.getMode() & EXECUTABLE) != 0) {
                path.toFile().setExecutable(true, true);
            }
        }
    }

    static void delete(final Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (final Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
