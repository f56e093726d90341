package io.miaojie.benchmarks.exchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The baseline with tiny parameters: what it says was adjusted is what the accounts hold. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BalanceAdjustmentsTest {
    @TempDir
    private Path directory;

    @Test
    void holdsWhatWasSent() {
        run(null);
    }

    @Test
    void writesItsJournal() throws IOException {
        run(directory.toString());
        try (var files = Files.list(directory)) {
            assertTrue(files.mapToLong(file -> file.toFile().length()).sum() > 0);
        }
    }

    private static void run(final String journal) {
        final BalanceAdjustments bench = new BalanceAdjustments(50, journal);
        bench.openAccounts();
        bench.adjust(1_000);
        bench.check();
        bench.close();
    }
}
