package io.miaojie.settlement.part;

import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.Role;

/** One API key: whose it is and what it may do. The hash of its secret stands in its definition. */
public final class ApiKey {
    /** Merchant of the node's own admin key. */
    public static final int NO_MERCHANT = -1;

    private final int index;
    private final int merchant;
    private final Role role;
    private final Slice storeId;
    private final byte[] definition;
    private boolean revoked;

    ApiKey(final int index, final int merchant, final Role role, final Slice storeId, final byte[] definition) {
        this.index = index;
        this.merchant = merchant;
        this.role = role;
        this.storeId = storeId;
        this.definition = definition;
    }

    public int index() {
        return index;
    }

    /** Returns the merchant that the key acts for, or {@link #NO_MERCHANT}. */
    public int merchant() {
        return merchant;
    }

    public Role role() {
        return role;
    }

    public boolean isOfNode() {
        return merchant == NO_MERCHANT;
    }

    public boolean isRevoked() {
        return revoked;
    }

    /** Tells whether the key is bound to another store than this one. */
    public boolean forbidsStore(final Slice store) {
        return !storeId.isEmpty() && !storeId.matches(store.buffer(), store.offset(), store.length());
    }

    /** Returns the command that made the key; empty for the node's own. */
    public byte[] definition() {
        return definition;
    }

    void revoke() {
        revoked = true;
    }
}
