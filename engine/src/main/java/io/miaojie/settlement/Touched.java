package io.miaojie.settlement;

import java.util.Arrays;

/**
 * Rows that one record touched, each once, in the order of their first touch, and two numbers beside each, and a link.
 * Reused.
 */
final class Touched {
    private int[] rows;
    private long[] firsts;
    private long[] seconds;
    private int[] links;
    private int count;

    Touched(final int expected) {
        rows = new int[expected];
        firsts = new long[expected];
        seconds = new long[expected];
        links = new int[expected];
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

    /** Returns the place that was linked to the row, in another list. */
    int link(final int place) {
        return links[place];
    }

    /** Links a place of another list to the row. */
    void setLink(final int place, final int link) {
        links[place] = link;
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
            links = Arrays.copyOf(links, 2 * count);
        }
        rows[count] = row;
        firsts[count] = 0;
        seconds[count] = 0;
        return count++;
    }
}
