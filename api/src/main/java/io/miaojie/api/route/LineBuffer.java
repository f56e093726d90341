package io.miaojie.api.route;

import io.vertx.core.buffer.Buffer;

/** The bytes of a bulk request that are not used up yet, cut into lines. Bounded: its reader stops taking chunks. */
final class LineBuffer {
    private byte[] bytes = new byte[64 * 1024];
    private int start;
    private int scanned;
    private int end;

    /** Appends a chunk. */
    void append(final Buffer chunk) {
        reserve(chunk.length());
        chunk.getBytes(bytes, end);
        end += chunk.length();
    }

    /** Appends the first bytes of an array. */
    void append(final byte[] source, final int length) {
        reserve(length);
        System.arraycopy(source, 0, bytes, end, length);
        end += length;
    }

    private void reserve(final int length) {
        if (end + length > bytes.length) {
            final int kept = end - start;
            final byte[] target = kept + length > bytes.length ? new byte[2 * (kept + length)] : bytes;
            System.arraycopy(bytes, start, target, 0, kept);
            bytes = target;
            scanned -= start;
            start = 0;
            end = kept;
        }
    }

    /** Returns whether a whole line stands at {@link #start}; it has {@link #lineLength} bytes. */
    boolean hasLine() {
        while (scanned < end) {
            if (bytes[scanned] == '\n') {
                return true;
            }
            scanned++;
        }
        return false;
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    /** Returns the bytes of the line at the start, as far as they are here, without its line feed. */
    int lineLength() {
        return scanned - start;
    }

    /** Returns whether nothing but white space stands in the line at the start. */
    boolean isBlank() {
        for (int i = start; i < scanned; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Uses up the line at the start, with its line feed. */
    void next() {
        start = Math.min(scanned + 1, end);
        scanned = start;
    }

    /** Throws everything away. */
    void clear() {
        start = end;
        scanned = end;
    }

    /** Throws away what is here of a line that is too long. */
    void discard() {
        start = scanned;
    }
}
