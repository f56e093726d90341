package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which program a rig loads, and with what heap: options that all of them have. */
public final class ServerProgram {
    /** Options of its JVM: a heap that is all there from the start, as {@code docs/OPERATIONS.md} asks for. */
    static final String JVM = "-Xms3g -Xmx3g " + ServerProcess.TOUCHED;

    @Option(
            names = "--server-class-path",
            defaultValue = ServedShop.PROGRAM,
            description = "Program to start (default: ${DEFAULT-VALUE}).")
    private String classPath;

    @Option(
            names = "--server-jvm",
            split = " ",
            defaultValue = JVM,
            description = "JVM options of the server, one blank between (default: ${DEFAULT-VALUE}).")
    private List<String> jvm;

    /** Returns where the program stands. */
    public String classPath() {
        return classPath;
    }

    /** Starts it over a data directory, with more options of {@code serve}. */
    ServerProcess start(final Path directory, final String... more) throws IOException {
        return ServerProcess.start(classPath, jvm, directory, more);
    }
}
