package io.miaojie.simulation;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** What a ledger owes holds after every single command of any story, and replaying it gives the same state. */
class EightInvariantsTest {
    private static final int TRIES = 25;
    private static final int COMMANDS = 150;

    @Property(tries = TRIES)
    void theyHoldAfterEveryCommand(@ForAll @LongRange(min = 1_000_000) final long seed) {
        Simulation.roomy(seed, new Coverage()).watchClosely().run(COMMANDS);
    }
}
