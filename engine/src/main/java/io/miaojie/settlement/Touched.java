package io.miaojie.settlement;

import java.util.Arrays;

/** Rows that one record touched, each once, in the order of their first touch, and two numbers beside each. Reused. */
final class Touched {
    private int[] rows;
    private long[] firsts;
    private long[] seconds;
    private int count;

    Touched(final int expected) {
        rows = new int[expected];
        firsts = new long[expected];
        seconds = new long[expected];
    }

    void clear() {
        count = 0;
    }

    /** Returns the place of the row, which is added with sums of 0 when it is new. Looks at the newest first. */
    int touch(final int row) {
        final int known = find(row);
        return known >= 0 ? known : add(row);
    }

    /** Returns the place of the row, -1 when it was not touched. */
    int find(final int row) {
        int place = count - 1;
        while (place >= 0 && rows[place] != row) {
            place--;
        }
        return place;
    }

    int count() {
        return count;
    }

    int row(final int place) {
        return rows[place];
    }

    long first(final int place) {
        return firsts[place];
    }

    long second(final int place) {
        return seconds[place];
    }

    /** Puts two values beside the row. */
    void put(final int place, final long newFirst, final long newSecond) {
        firsts[place] = newFirst;
        seconds[place] = newSecond;
    }

    void raise(final int place, final long firstBy, final long secondBy) {
        firsts[place] += firstBy;
        seconds[place] += secondBy;
    }

    private int add(final int row) {
        if (count == rows.length) {
            rows = Arrays.copyOf(rows, 2 * count);
            firsts = Arrays.copyOf(firsts, 2 * count);
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        rows[count] = row;
        firsts[count] = 0;
        seconds[count] = 0;
        return count++;
    }
}
