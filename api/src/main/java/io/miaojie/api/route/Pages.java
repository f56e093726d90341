package io.miaojie.api.route;

/** How long the pages of lists are. */
final class Pages {
    /** Entries of a page when nothing is said. */
    static final int LIMIT = 50;

    /** Most entries of a page. */
    static final int LIMIT_MAX = 1_000;

    private Pages() {}
}
