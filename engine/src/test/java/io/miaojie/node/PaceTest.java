package io.miaojie.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.projection.Pace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On few cores rows wait while others do: sparingly for moments, and never until the bound of the lag is near. */
class PaceTest {
    private static final long LAG_BYTES_MAX = 8L << 30;

    @ParameterizedTest
    @CsvSource({
        // lag in MiB, in seconds, something comes first, somebody calls, pace
        "0, 0, false, false, FULL",
        "0, 0, false, true, SPARING",
        "63, 9.9, false, true, SPARING",
        "63, 10, false, true, SHARED",
        "64, 1, false, true, SHARED",
        "4095, 90, false, true, SHARED",
        "4095, 90, false, false, FULL",
        "0, 0, true, true, NONE",
        "0, 0, true, false, NONE",
        "4095, 90, true, true, NONE",
        "4096, 90, true, true, FULL",
        "4096, 90, false, true, FULL",
    })
    void followsTheLagAndWhoWaits(
            final long lagMib,
            final double lagSeconds,
            final boolean isFirst,
            final boolean isCalled,
            final Pace expected) {
        assertEquals(expected, LoadWatch.paceOnFewCores(lagMib << 20, LAG_BYTES_MAX, lagSeconds, isFirst, isCalled));
    }
}
