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
        // lag in MiB, in seconds, something comes first, somebody calls, and leaves nothing idle, pace
        "0, 0, false, false, false, FULL",
        "0, 0, false, true, false, SPARING",
        "63, 9.9, false, true, false, SPARING",
        "0, 0, false, true, true, NONE",
        "63, 9.9, false, true, true, NONE",
        "63, 10, false, true, false, SHARED",
        "63, 10, false, true, true, SHARED",
        "64, 1, false, true, false, SHARED",
        "64, 1, false, true, true, SHARED",
        "4095, 90, false, true, true, SHARED",
        "4095, 90, false, false, false, FULL",
        "0, 0, true, true, false, NONE",
        "0, 0, true, false, false, NONE",
        "4095, 90, true, true, true, NONE",
        "4096, 90, true, true, true, FULL",
        "4096, 90, false, true, true, FULL",
    })
    void followsTheLagAndWhoWaits(
            final long lagMib,
            final double lagSeconds,
            final boolean isFirst,
            final boolean isCalled,
            final boolean isTaken,
            final Pace expected) {
        assertEquals(
                expected,
                LoadWatch.paceOnFewCores(lagMib << 20, LAG_BYTES_MAX, lagSeconds, isFirst, isCalled, isTaken));
    }
}
