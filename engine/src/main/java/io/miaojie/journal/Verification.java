package io.miaojie.journal;

/**
 * The two ways to the same state: every record from genesis on, and the newest snapshot with the records behind it.
 *
 * @param genesis the first
 * @param snapshot the second
 */
public record Verification(Recovery genesis, Recovery snapshot) {
    /** Says whether both gave the same state at the same record. */
    public boolean isAgreed() {
        return genesis.lastSequence() == snapshot.lastSequence()
                && genesis.stateHash().equals(snapshot.stateHash());
    }
}
