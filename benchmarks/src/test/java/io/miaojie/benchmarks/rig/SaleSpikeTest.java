package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
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
        final String told = told("--peak", "200", "--connections", "32");
        assertTrue(told.contains("of them 0 refused with 503"), told);
    }

    @Test
    void sellsNoMoreAndNoLessWhenItTurnsBuyersAway() {
        final String told = told("--peak", "3000", "--connections", "64", "--waiting-max", "1", "--overload");
        assertFalse(told.contains("of them 0 refused with 503"), told);
        assertTrue(told.contains("again "), told);
    }

    private static String told(final String... options) {
        final StringWriter told = new StringWriter();
        final List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--seconds", "3", "--rehearsal", "20", "--buyers", "300", "--stock", "20"));
        all.addAll(List.of("--server-class-path", System.getProperty("java.class.path")));
        final int exit = new CommandLine(new SaleSpike())
                .setOut(new PrintWriter(told))
                .setErr(new PrintWriter(told))
                .execute(all.toArray(String[]::new));
        assertEquals(0, exit, told::toString);
        assertTrue(told.toString().contains("20 pieces sold to 20 orders"), told::toString);
        return told.toString();
    }
}
