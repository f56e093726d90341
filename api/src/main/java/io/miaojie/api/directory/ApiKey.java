package io.miaojie.api.directory;

import io.miaojie.wire.codec.Role;

/**
 * An API key, without its secret: who a caller is.
 *
 * @param index its place in the engine's table; 0: the node's own admin key
 * @param merchantIndex the one merchant that it belongs to; {@link #NO_MERCHANT} for the node's own
 * @param storeId the one store that it may send payments of; empty: every store
 */
public record ApiKey(int index, int merchantIndex, Role role, String id, String storeId, boolean isRevoked) {
    /** Merchant of the node's own admin key. */
    public static final int NO_MERCHANT = -1;

    /** Returns whether this is the node's own admin key. */
    public boolean isNode() {
        return index == 0;
    }

    /** Returns whether this key may speak for a merchant as its administrator. */
    public boolean administers(final int merchant) {
        return isNode() || role == Role.ADMIN && merchantIndex == merchant;
    }

    /** Returns whether payments with this store id (empty: none) may come with this key. */
    public boolean covers(final byte[] text, final int offset, final int length) {
        if (storeId.isEmpty()) {
            return true;
        }
        if (length != storeId.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text[offset + i] != storeId.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it is in force and may send facts of every store of this merchant. */
    boolean maySendFacts(final int merchant) {
        return !isRevoked && merchantIndex == merchant && role != Role.READ && storeId.isEmpty();
    }

    ApiKey revoked() {
        return new ApiKey(index, merchantIndex, role, id, storeId, true);
    }
}
