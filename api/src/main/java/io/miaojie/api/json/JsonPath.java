package io.miaojie.api.json;

/** Where a reader stands: names and places from the root, made into an RFC 6901 pointer only when asked. */
final class JsonPath {
    private final String[] names;
    private final int[] places;
    private int depth;

    JsonPath(final int depthMax) {
        names = new String[depthMax];
        places = new int[depthMax];
    }

    void reset() {
        depth = 0;
    }

    void enter() {
        names[depth] = null;
        places[depth++] = -1;
    }

    void leave() {
        depth--;
    }

    void name(final String name) {
        names[depth - 1] = name;
        places[depth - 1] = -1;
    }

    /** Steps to the next entry of an array and returns its place. */
    int step() {
        return ++places[depth - 1];
    }

    String pointer() {
        final StringBuilder pointer = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (names[i] != null) {
                pointer.append('/').append(names[i].replace("~", "~0").replace("/", "~1"));
            } else if (places[i] >= 0) {
                pointer.append('/').append(places[i]);
            }
        }
        return pointer.toString();
    }
}
