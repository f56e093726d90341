package io.miaojie.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Percentiles are those of what was recorded, within two digits. */
@Timeout(20)
class LatencyTest {
    @Test
    void tellsPercentilesAndTheLongest() {
        final Latency latency = new Latency();
        for (int i = 1; i <= 1_000; i++) {
            latency.record(i * 1_000_000L);
        }
        assertEquals(0.5, latency.seconds(0.5), 0.005);
        assertEquals(0.99, latency.seconds(0.99), 0.01);
        assertEquals(1.0, latency.seconds(1), 0.01);
    }

    @Test
    void nothingIsNothing() {
        assertEquals(0, new Latency().seconds(0.99));
    }
}
