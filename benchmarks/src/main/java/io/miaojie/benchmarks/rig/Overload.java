package io.miaojie.benchmarks.rig;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * More payments than the store can take, on a planned clock over HTTP, and whether those that are answered still get
 * their answers soon.
 *
 * <pre>
 *   asked     half |  twice  | half | five times | half | twenty times | half
 *   answered  all  |  what the store takes, soon; the others 503 with Retry-After
 *                            | 5 s | from here on all again
 * </pre>
 */
@Command(
        name = "overload",
        mixinStandardHelpOptions = true,
        description = "Ask for 2, 5 and 20 times what a slow store can take, on loopback.")
public final class Overload implements Callable<Integer> {
    private static final int WARM_S = 20;
    private static final int GRACE_S = 5;
    private static final int LATENCY_FACTOR_MAX = 3;

    /** Of what is asked at half of the capacity: a p99 that counts them as never answered still is one. */
    private static final int REFUSED_SHARE = 100;

    /** What a turn may leave behind beside what its payments take: buffers of connections, compiled code. */
    private static final long GROWTH_BYTES_MAX = 64L << 20;

    /** A payment with an order, three grants, its keys: tables grow by less for each. */
    private static final long PAYMENT_BYTES_MAX = 2_048;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "60", description = "Of each turn (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--force-ms", defaultValue = "5", description = "Of each force (default: ${DEFAULT-VALUE}).")
    private int forceMs;

    @Option(
            names = "--commit-slots",
            defaultValue = "10",
            description = "Payments of a commit at most (default: ${DEFAULT-VALUE}).")
    private int commitSlots;

    @Option(
            names = "--wait-ms",
            defaultValue = "20",
            description = "Bound of the wait for the store (default: ${DEFAULT-VALUE}).")
    private int waitMs;

    @Option(
            names = "--factors",
            split = ",",
            defaultValue = "2,5,20",
            description = "Times the capacity (default: ${DEFAULT-VALUE}).")
    private List<Integer> factors;

    @Option(names = "--connections", defaultValue = "256", description = "Of payers (default: ${DEFAULT-VALUE}).")
    private int connections;

    private final List<String> failures = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        final SlowServer.Store store = new SlowServer.Store(forceMs, commitSlots, waitMs);
        final long secondsMax = WARM_S + seconds + (long) factors.size() * (seconds + 2 * GRACE_S);
        try (SlowShop shop = new SlowShop(store, connections, store.capacity() * secondsMax)) {
            shop.ask(store.capacity() / 2, WARM_S);
            final SlowShop.Turn half = tell(shop.ask(store.capacity() / 2, seconds));
            require(isServed(half), "half of the capacity was refused");
            SlowShop.Turn before = half;
            for (final int factor : factors) {
                final SlowShop.Turn over = tell(shop.ask(store.capacity() * factor, seconds));
                hold(over, half, before, factor);
                shop.ask(store.capacity() / 2, GRACE_S);
                before = tell(shop.ask(store.capacity() / 2, GRACE_S));
                require(
                        isServed(before) && before.p99Ms() <= LATENCY_FACTOR_MAX * half.p99Ms(),
                        "no full service " + GRACE_S + " s after " + factor + " times the capacity");
            }
        }
        failures.forEach(failure -> print("FAILED: " + failure));
        return failures.isEmpty() ? 0 : 1;
    }

    /** Tells whether no more was refused than a stall of the machine does, behind which the bound is full at once. */
    private static boolean isServed(final SlowShop.Turn turn) {
        return turn.refused() <= turn.asked() / REFUSED_SHARE;
    }

    private void hold(
            final SlowShop.Turn over, final SlowShop.Turn half, final SlowShop.Turn before, final int factor) {
        final String at = " at " + factor + " times the capacity";
        require(over.isKept(), "this client could not ask for as much" + at);
        require(over.refused() > 0, "nothing was refused" + at);
        require(over.answered() > half.answered(), "less was answered than at half of it" + at);
        require(over.p99Ms() <= LATENCY_FACTOR_MAX * half.p99Ms(), "those that were answered waited long" + at);
        require(
                over.anonymousBytes() - before.anonymousBytes()
                        < GROWTH_BYTES_MAX + PAYMENT_BYTES_MAX * over.answered(),
                "memory grew" + at);
    }

    private void require(final boolean holds, final String failure) {
        if (!holds) {
            failures.add(failure);
        }
    }

    private SlowShop.Turn tell(final SlowShop.Turn turn) {
        print(turn.toString());
        return turn;
    }

    private void print(final String line) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
