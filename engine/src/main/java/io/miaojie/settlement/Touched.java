package io.miaojie.settlement;

import java.util.Arrays;

/**
 * Rows that one record touched, each once, in the order of their first touch, and beside each two numbers and its
 * places in two other lists. Reused.
 */
final class Touched {
    private int[] rows;
    private long[] firsts;
    private long[] seconds;
    private int[] firstLinks;
    private int[] secondLinks;
    private int count;

    Touched(final int expected) {
        rows = new int[expected];
        firsts = new long[expected];
        seconds = new long[expected];
        firstLinks = new int[expected];
        secondLinks = new int[expected];
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

    /** Returns the place in the first other list that was linked to the row. */
    int firstLink(final int place) {
        return firstLinks[place];
    }

    int secondLink(final int place) {
        return secondLinks[place];
    }

    /** Links places of two other lists to the row. */
    void setLinks(final int place, final int first, final int second) {
        firstLinks[place] = first;
        secondLinks[place] = second;
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
            firstLinks = Arrays.copyOf(firstLinks, 2 * count);
            secondLinks = Arrays.copyOf(secondLinks, 2 * count);
        }
        rows[count] = row;
        firsts[count] = 0;
        seconds[count] = 0;
        return count++;
    }
}
