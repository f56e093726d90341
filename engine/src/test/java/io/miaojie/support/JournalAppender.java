package io.miaojie.support;

import io.miaojie.journal.ChronicleJournal;
import io.miaojie.journal.JournalConfig;
import io.miaojie.settlement.Core;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that appends for ever and says after each commit, in one write, how far it is durable. */
public final class JournalAppender {
    private JournalAppender() {}

    /** Takes the directory, the records per commit, and the most commits. */
    public static void main(final String[] arguments) throws IOException {
        final int recordCount = Integer.parseInt(arguments[1]);
        final long commitsMax = Long.parseLong(arguments[2]);
        final Core core = new EchoCore();
        try (ChronicleJournal journal = ChronicleJournal.open(JournalConfig.of(Path.of(arguments[0]), 0));
                OutputStream answers = new FileOutputStream(FileDescriptor.out)) {
            final JournalDriver driver = new JournalDriver(core, journal);
            for (long i = 0; i < commitsMax; i++) {
                final long durable = driver.append(recordCount, 200).commit();
                answers.write(("durable " + durable + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** Starts such a process, with the class path and the openings of this one. */
    public static Process start(
            final List<String> prefix, final Path directory, final int recordCount, final long commitsMax)
            throws IOException {
        return start(
                prefix,
                JournalAppender.class,
                directory.resolveSibling(directory.getFileName() + ".err"),
                directory.toString(),
                Integer.toString(recordCount),
                Long.toString(commitsMax));
    }

    /** Starts a class with a main method, with the class path and the openings of this process. */
    public static Process start(
            final List<String> prefix, final Class<?> main, final Path errors, final String... arguments)
            throws IOException {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-") || argument.startsWith("-Dchronicle"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    }
}
