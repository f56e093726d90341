package io.miaojie.benchmarks.rig;

import io.miaojie.benchmarks.Measured;
import io.miaojie.benchmarks.Setting;
import io.miaojie.benchmarks.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/** From the start of the process to the line {@code ready}, with an empty data directory and the embedded Postgres. */
public final class StartUp implements Subject {
    @Override
    public Measured measure(final Setting setting) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("miaojie-bench-");
        final long startNs = System.nanoTime();
        try (ServerProcess server =
                ServerProcess.start(setting.text("server_class_path", ServedShop.PROGRAM), List.of(), directory)) {
            server.awaitReady();
            return new Measured().with("start_s", (System.nanoTime() - startNs) / 1e9);
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }
}
