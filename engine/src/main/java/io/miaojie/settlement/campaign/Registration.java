package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.Slice;

/** One registration as rules see it: a reused view. Units: epoch nanoseconds. */
public final class Registration {
    private final Slice storeId = new Slice();
    private final Slice channel = new Slice();
    private final Slice random = new Slice();
    private long atNs;

    public void setAt(final long newAtNs) {
        atNs = newAtNs;
    }

    /** Returns the business time. */
    public long atNs() {
        return atNs;
    }

    public Slice storeId() {
        return storeId;
    }

    public Slice channel() {
        return channel;
    }

    /** Returns the 16 random bytes of the command, empty: it brought none. */
    public Slice randomBytes() {
        return random;
    }

    /** Returns 32 random bits for the campaign of this place, 0: the command brought none. */
    public long random(final int place) {
        return RandomBits.of(random, place);
    }
}
