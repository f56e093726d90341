package io.miaojie.api.history;

/** What a caller of a recorded history asks for; amounts are minor units of one currency. */
sealed interface Operation {
    /** What changes something, bound to its id: sent again, it is the same one. */
    sealed interface Write extends Operation {
        String id();

        String member();

        long amount();
    }

    /** A payment, of which the member earns a share that can be withdrawn at once. */
    record Pay(String id, String member, long amount) implements Write {}

    /** A withdrawal, refused when the pool is short. */
    record Withdraw(String id, String member, long amount) implements Write {}

    /** An adjustment of what can be withdrawn; one that takes more than there is, is refused. */
    record Adjust(String id, String member, long amount) implements Write {}

    /** Reads a member's pool. */
    record ReadPool(String member) implements Operation {}

    /** Reads the sum of all accounts that are no pool's. */
    record ReadBank() implements Operation {}
}
