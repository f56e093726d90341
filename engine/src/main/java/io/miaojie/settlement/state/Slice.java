package io.miaojie.settlement.state;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The exact bytes of one id, where they stand: a reused view. Allocates: nothing when moved. */
public final class Slice {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** Where copies stand, null until there is one. */
    private UnsafeBuffer own;

    private DirectBuffer buffer;
    private int offset;
    private int length;

    /** Makes a view of bytes that are kept. */
    public static Slice of(final byte[] bytes) {
        return new Slice().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    public Slice wrap(final DirectBuffer newBuffer, final int newOffset, final int newLength) {
        if (buffer != newBuffer) { // storing a reference makes the collector's barrier wait for all stores before it
            buffer = newBuffer;
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
        own.putLong(0, first, ByteOrder.LITTLE_ENDIAN);
        own.putLong(Long.BYTES, second, ByteOrder.LITTLE_ENDIAN);
        own.putLong(2 * Long.BYTES, third, ByteOrder.LITTLE_ENDIAN);
        return wrap(own, 0, newLength);
    }

    public DirectBuffer buffer() {
        return buffer;
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
        return buffer.getLong(offset + from, ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns all bytes, fewer than eight, little endian. */
    long bytes() {
        long bytes = 0;
        for (int i = length - 1; i >= 0; i--) {
            bytes = bytes << Byte.SIZE | buffer.getByte(offset + i) & 0xFF;
        }
        return bytes;
    }

    /** Compares byte for byte. */
    public boolean matches(final DirectBuffer other, final int otherOffset, final int otherLength) {
        if (length != otherLength) {
            return false;
        }
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            if (buffer.getLong(offset + i) != other.getLong(otherOffset + i)) {
                return false;
            }
        }
        return lastBytes(buffer, offset, length) == lastBytes(other, otherOffset, length);
    }

    /** Returns a hash of the owner and the bytes. It only finds places: it never stands for the id. */
    public long hash(final long owner) {
        long hash = owner << Byte.SIZE | length;
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ hash >>> 32 ^ buffer.getLong(offset + i, ByteOrder.LITTLE_ENDIAN)) * MULTIPLIER;
        }
        return mix(hash ^ lastBytes(buffer, offset, length));
    }

    /** Returns the last eight bytes, which may overlap what stands before them, or all when there are fewer. */
    private static long lastBytes(final DirectBuffer buffer, final int offset, final int length) {
        if (length >= Long.BYTES) {
            return buffer.getLong(offset + length - Long.BYTES, ByteOrder.LITTLE_ENDIAN);
        }
        long bytes = 0;
        for (int i = 0; i < length; i++) {
            bytes = bytes << Byte.SIZE | buffer.getByte(offset + i) & 0xFF;
        }
        return bytes;
    }

    /** Spreads every bit over the high ones, which choose the place in an index. */
    public static long mix(final long value) {
        final long product = (value ^ value >>> 32) * MULTIPLIER;
        return (product ^ product >>> 29) * MULTIPLIER;
    }

    /** Copies the bytes, which are few: a call to copy memory costs more. */
    public void copyTo(final MutableDirectBuffer target, final int targetOffset) {
        if (length < Long.BYTES) {
            for (int i = 0; i < length; i++) {
                target.putByte(targetOffset + i, buffer.getByte(offset + i));
            }
            return;
        }
        for (int i = 0; i < length - Long.BYTES; i += Long.BYTES) {
            target.putLong(targetOffset + i, buffer.getLong(offset + i));
        }
        final int last = length - Long.BYTES; // may overlap the one before
        target.putLong(targetOffset + last, buffer.getLong(offset + last));
    }

    /** Returns a copy of the bytes. */
    public byte[] copy() {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return buffer.getStringWithoutLengthUtf8(offset, length);
    }
}
