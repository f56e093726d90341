package io.miaojie.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The forks of the benches get the same openings as every other process. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class JdkOpeningsTest {
    @Test
    void areThoseOfTheBuild() {
        assertEquals(System.getProperty("jdk.openings"), String.join(" ", JdkOpenings.all()));
    }
}
