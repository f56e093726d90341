package io.miaojie.projection;

import org.agrona.collections.Int2IntHashMap;

/** Which merchant each API key belongs to: commands carry the key only. Thread: the projector's. */
final class KeyOwners {
    private static final int NONE = -1;

    private final Int2IntHashMap merchantByKey = new Int2IntHashMap(NONE);

    void put(final int keyIndex, final int merchantIndex) {
        merchantByKey.put(keyIndex, merchantIndex);
    }

    /**
     * Returns the merchant of a key.
     *
     * @throws ProjectionException when no record has made this key
     */
    int merchant(final int keyIndex) {
        final int merchantIndex = merchantByKey.get(keyIndex);
        if (merchantIndex == NONE) {
            throw new ProjectionException("no merchant is known for keyIndex=" + keyIndex);
        }
        return merchantIndex;
    }
}
