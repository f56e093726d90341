package io.miaojie.node.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What does not agree, first things first; bounded, because the first says most. */
final class Differences {
    private static final int KEPT_MAX = 20;

    private final List<String> kept = new ArrayList<>();
    private long count;

    /** Notes a difference between what is expected and what was found, if there is one. */
    void compare(final String what, final Object expected, final Object found) {
        if (!Objects.equals(expected, found)) {
            add(what + ": expected=" + expected + " found=" + found);
        }
    }

    void add(final String difference) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(difference);
        }
    }

    List<String> list() {
        final List<String> list = new ArrayList<>(kept);
        if (count > kept.size()) {
            list.add("... and " + (count - kept.size()) + " more");
        }
        return List.copyOf(list);
    }
}
