package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.benchmarks.Measured;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers are measured in turn, while those that wait are idle. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class WindowsTest {
    private final List<String> calls = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    @Test
    void goesForwardAndBackward() throws IOException {
        windows(new Scripted("a"), new Scripted("b")).run(3);
        assertEquals(List.of("warm a", "warm b", "a", "b", "b", "a", "a", "b", "check a", "check b"), calls);
        assertTrue(failures.values().stream().allMatch(String::isEmpty), failures::toString);
    }

    @Test
    void failsAWindowInWhichAnotherWorked() throws IOException {
        final Scripted busy = new Scripted("busy");
        final Scripted ours = new Scripted("ours") {
            @Override
            public Measured window() {
                busy.cpuNs += TimeUnit.SECONDS.toNanos(1);
                return super.window();
            }
        };
        windows(ours, busy).run(1);
        assertTrue(failures.get("ours 0").startsWith("those who waited worked"), failures::toString);
        assertEquals("", failures.get("busy 0"));
    }

    @Test
    void goesOnAfterAWindowThatDidNotKeepItsRate() throws IOException {
        final Scripted late = new Scripted("late") {
            @Override
            public Measured window() {
                throw new IllegalStateException("the planned rate was not reached");
            }
        };
        windows(late, new Scripted("b")).run(1);
        assertTrue(failures.get("late 0").contains("the planned rate"), failures::toString);
        assertEquals("", failures.get("b 0"));
    }

    @Test
    void throwsWhenAResultIsWrong() {
        final Scripted wrong = new Scripted("wrong") {
            @Override
            public void check() {
                throw new IllegalStateException("wrong result");
            }
        };
        assertThrows(IllegalStateException.class, () -> windows(wrong).run(1));
    }

    private Windows windows(final Scripted... contenders) {
        final Map<String, Contender> named = new LinkedHashMap<>();
        for (final Scripted contender : contenders) {
            named.put(contender.name, contender);
        }
        return new Windows(named, (subject, cycle, measured, failure) -> failures.put(subject + " " + cycle, failure));
    }

    private class Scripted implements Contender {
        private final String name;
        long cpuNs;

        Scripted(final String name) {
            this.name = name;
        }

        @Override
        public void warmUp() {
            calls.add("warm " + name);
        }

        @Override
        public Measured window() {
            calls.add(name);
            return new Measured();
        }

        @Override
        public long cpuNs() {
            return cpuNs;
        }

        @Override
        public void check() {
            calls.add("check " + name);
        }

        @Override
        public void close() {}
    }
}
