package io.miaojie.api.json;

import java.nio.charset.StandardCharsets;

/**
 * The names and words that documents are made of, found by their bytes: the same few come again and again, and each is
 * made a string once. A place holds the word that came last, so whoever sends others costs a string each and nothing
 * more.
 *
 * <p>Thread: one. Allocates: nothing for words of ASCII that came lately.
 */
final class Words {
    private static final int PLACES = 1024;
    private static final int LENGTH_MAX = 32;

    private final String[] words = new String[PLACES];

    /** Returns the string that these bytes of UTF-8 are. */
    String of(final byte[] bytes, final int offset, final int length) {
        if (length > LENGTH_MAX) {
            return new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        int hash = 0;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        final int place = (hash ^ hash >>> 10) & PLACES - 1;
        if (words[place] == null || !isSame(words[place], bytes, offset, length)) {
            words[place] = new String(bytes, offset, length, StandardCharsets.UTF_8);
        }
        return words[place];
    }

    /** A byte outside ASCII is negative and no character is, so such a word is never found: it is made each time. */
    private static boolean isSame(final String word, final byte[] bytes, final int offset, final int length) {
        if (word.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (word.charAt(i) != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
