package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The recorded shapes are read as their source describes them. */
@Tag("data")
@EnabledIfEnvironmentVariable(named = "MIAOJIE_TEST_DATA", matches = ".+")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ShapesTest {
    private final Path data = Path.of(System.getenv().getOrDefault("MIAOJIE_TEST_DATA", "."));

    @Test
    void findsTheStepFromSixtyToTheMost() throws IOException {
        final long[] spike = Shapes.spike(data);
        assertEquals(1_673, Arrays.stream(spike).max().orElseThrow());
        assertEquals(1_673, spike[20]);
        assertEquals(60, spike[19]);
    }

    @Test
    void findsTheMostOfAChampionshipAndOfASite() throws IOException {
        final long[] championship = Shapes.worldCup(data);
        assertEquals(120, championship.length);
        assertEquals(229_426, championship[60]);
        final long[] site = Shapes.site(data);
        assertEquals(656, site[20]);
        assertEquals(175, site[19]);
    }

    @Test
    void namesParentsBeforeTheirChildren() throws IOException {
        final int[] parents = Shapes.cascades(data, 10_000);
        int brought = 0;
        for (int member = 0; member < parents.length; member++) {
            assertTrue(parents[member] < member, "member=" + member);
            brought += parents[member] < 0 ? 0 : 1;
        }
        assertTrue(brought > 9_900, "brought=" + brought);
    }
}
