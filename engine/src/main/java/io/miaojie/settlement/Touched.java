package io.miaojie.settlement;

import java.util.Arrays;

/**
 * Rows that one record touched, each once, in the order of their first touch, and beside each two numbers and its
 * places in two other lists. Reused.
 *
 * <pre>
 *   entry     row | first number | second number | first link (high half), second link (low)
 * </pre>
 */
final class Touched {
    private static final int FIRST = 1;
    private static final int SECOND = 2;
    private static final int LINKS = 3;
    private static final int WIDTH = 4;

    private long[] entries;
    private int count;

    Touched(final int expected) {
        entries = new long[expected * WIDTH];
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
        while (place >= 0 && entries[place * WIDTH] != row) {
            place--;
        }
        return place;
    }

    int count() {
        return count;
    }

    int row(final int place) {
        return (int) entries[place * WIDTH];
    }

    long first(final int place) {
        return entries[place * WIDTH + FIRST];
    }

    long second(final int place) {
        return entries[place * WIDTH + SECOND];
    }

    /** Returns the place in the first other list that was linked to the row. */
    int firstLink(final int place) {
        return (int) (entries[place * WIDTH + LINKS] >>> Integer.SIZE);
    }

    int secondLink(final int place) {
        return (int) entries[place * WIDTH + LINKS];
    }

    /** Adds a row that was not touched, with two numbers and links to places of two other lists. */
    void add(final int row, final long first, final long second, final int firstLink, final int secondLink) {
        final int at = next();
        entries[at + FIRST] = first;
        entries[at + SECOND] = second;
        entries[at + LINKS] = links(firstLink, secondLink);
        entries[at] = row;
    }

    /** Links places of two other lists to the row. */
    void setLinks(final int place, final int first, final int second) {
        entries[place * WIDTH + LINKS] = links(first, second);
    }

    /** Puts two values beside the row. */
    void put(final int place, final long newFirst, final long newSecond) {
        entries[place * WIDTH + FIRST] = newFirst;
        entries[place * WIDTH + SECOND] = newSecond;
    }

    void raise(final int place, final long firstBy, final long secondBy) {
        entries[place * WIDTH + FIRST] += firstBy;
        entries[place * WIDTH + SECOND] += secondBy;
    }

    private int add(final int row) {
        final int at = next();
        entries[at + FIRST] = 0;
        entries[at + SECOND] = 0;
        entries[at] = row;
        return count - 1;
    }

    /** Counts one more entry and returns where it goes. */
    private int next() {
        final int at = count * WIDTH;
        if (at == entries.length) {
            entries = Arrays.copyOf(entries, 2 * at);
        }
        count++;
        return at;
    }

    private static long links(final int first, final int second) {
        return (long) first << Integer.SIZE | second;
    }
}
