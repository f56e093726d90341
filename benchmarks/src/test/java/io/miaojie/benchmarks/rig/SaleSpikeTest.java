package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import picocli.CommandLine;

/** The replay of a flash crowd with tiny parameters against the real server: what was sold is what was told. */
@Tag("data")
@Tag("postgres")
@EnabledIfEnvironmentVariable(named = "MIAOJIE_TEST_DATA", matches = ".+")
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SaleSpikeTest {
    @Test
    void sellsWhatItHasToWhomItToldSo() {
        final StringWriter told = new StringWriter();
        final int exit = new CommandLine(new SaleSpike())
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(told))
                .execute(
                        "--peak", "200",
                        "--seconds", "3",
                        "--rehearsal", "20",
                        "--buyers", "300",
                        "--stock", "20",
                        "--connections", "32",
                        "--server-class-path", System.getProperty("java.class.path"));
        assertEquals(0, exit, told::toString);
        assertTrue(told.toString().contains("20 pieces sold to 20 orders"), told::toString);
    }
}
