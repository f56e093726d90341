package io.miaojie.settlement.state;

import io.miaojie.wire.LittleEndian;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The exact bytes of one id, where they stand: a reused view of bytes on the heap. They are read as an array, see
 * {@link LittleEndian}. Allocates: nothing when moved.
 */
public final class Slice {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Where copies stand, null until there is one. */
    private UnsafeBuffer own;

    private DirectBuffer buffer;
    private byte[] bytes;
    private int offset;
    private int length;

    /** Makes a view of bytes that are kept. */
    public static Slice of(final byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** Moves the view into a buffer over an array, from its first byte on. */
    public Slice wrap(final DirectBuffer newBuffer, final int newOffset, final int newLength) {
        if (buffer != newBuffer) { // storing a reference makes the collector's barrier wait for all stores before it
            buffer = newBuffer;
            bytes = newBuffer.byteArray();
            if (bytes == null || newBuffer.wrapAdjustment() != 0) {
                throw new IllegalArgumentException("not over an array: buffer=" + newBuffer);
            }
        }
        offset = newOffset;
        length = newLength;
        return this;
    }

    /** Moves to a copy of its own of these bytes, little endian, 24 at most; another copy takes its place. */
    Slice copyOf(final long first, final long second, final long third, final int newLength) {
        if (own == null) {
            own = new UnsafeBuffer(new byte[PackedId.LONGS * Long.BYTES]);
        }
        wrap(own, 0, newLength);
        LittleEndian.putLong(bytes, 0, first);
        LittleEndian.putLong(bytes, Long.BYTES, second);
        LittleEndian.putLong(bytes, 2 * Long.BYTES, third);
        return this;
    }

    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the array that {@link #offset} counts in. */
    public byte[] bytes() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /** Returns the eight bytes from here on, little endian. */
    long longAt(final int from) {
        return LittleEndian.longAt(bytes, offset + from);
    }

    /** Returns all bytes, fewer than eight, little endian. */
    long fewBytes() {
        long few = 0;
        for (int i = length - 1; i >= 0; i--) {
            few = few << Byte.SIZE | bytes[offset + i] & 0xFF;
        }
        return few;
    }

    /** Compares byte for byte with bytes in a buffer over an array. */
    public boolean matches(final DirectBuffer other, final int otherOffset, final int otherLength) {
        if (length != otherLength) {
            return false;
        }
        final byte[] others = other.byteArray();
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            if (LittleEndian.longAt(bytes, offset + i) != LittleEndian.longAt(others, otherOffset + i)) {
                return false;
            }
        }
        return lastBytes(bytes, offset, length) == lastBytes(others, otherOffset, length);
    }

    /** Returns a hash of the owner and the bytes. It only finds places: it never stands for the id. */
    public long hash(final long owner) {
        return hash(owner, bytes, offset, length);
    }

    /** Returns the hash of these bytes, see {@link #hash(long)}. */
    public static long hash(final long owner, final byte[] bytes, final int offset, final int length) {
        long hash = owner << Byte.SIZE | length;
        if (length > Long.BYTES) { // before the loop, which an id of at most 16 bytes never enters
            hash = (hash ^ hash >>> 32 ^ LittleEndian.longAt(bytes, offset)) * MULTIPLIER;
        }
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ hash >>> 32 ^ LittleEndian.longAt(bytes, offset + i)) * MULTIPLIER;
        }
        return mix(hash ^ lastBytes(bytes, offset, length));
    }

    /** Returns the last eight bytes, which may overlap what stands before them, or all when there are fewer. */
    private static long lastBytes(final byte[] bytes, final int offset, final int length) {
        if (length >= Long.BYTES) {
            return LittleEndian.longAt(bytes, offset + length - Long.BYTES);
        }
        long few = 0;
        for (int i = 0; i < length; i++) {
            few = few << Byte.SIZE | bytes[offset + i] & 0xFF;
        }
        return few;
    }

    /** Spreads every bit over the high ones, which choose the place in an index. */
    public static long mix(final long value) {
        final long product = (value ^ value >>> 32) * MULTIPLIER;
        return (product ^ product >>> 29) * MULTIPLIER;
    }

    /** Copies the bytes, which are few, into a buffer over an array: a call to copy memory costs more. */
    public void copyTo(final DirectBuffer target, final int targetOffset) {
        final byte[] copies = target.byteArray();
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                copies[targetOffset + i] = bytes[offset + i];
            }
            return;
        }
        LittleEndian.putLong(copies, targetOffset, LittleEndian.longAt(bytes, offset));
        for (int i = Long.BYTES; i < length - Long.BYTES; i += Long.BYTES) {
            LittleEndian.putLong(copies, targetOffset + i, LittleEndian.longAt(bytes, offset + i));
        }
        final int last = length - Long.BYTES; // may overlap the one before
        LittleEndian.putLong(copies, targetOffset + last, LittleEndian.longAt(bytes, offset + last));
    }

    /** Returns a copy of the bytes. */
    public byte[] copy() {
        return Arrays.copyOfRange(bytes, offset, offset + length);
    }

    @Override
    public String toString() {
        return buffer.getStringWithoutLengthUtf8(offset, length);
    }
}
