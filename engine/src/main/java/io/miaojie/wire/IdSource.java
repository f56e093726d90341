package io.miaojie.wire;

/** Ids by the index of what they name, written straight to where they are needed. Thread: that of its owner. */
@FunctionalInterface
public interface IdSource {
    /** Writes an empty id: the command names what is meant, or nobody is meant. */
    IdSource NONE = (index, target, offset) -> {
        target[offset] = 0;
        return offset + 1;
    };

    /** Most bytes behind an id that may be written over. */
    int BEHIND_MAX = 3 * Long.BYTES;

    /**
     * Writes the length of an id as one byte, and its bytes.
     *
     * @param target has room for {@link #BEHIND_MAX} bytes more
     * @return where the id ends
     */
    int putId(int index, byte[] target, int offset);
}
