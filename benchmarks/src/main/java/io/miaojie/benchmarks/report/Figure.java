package io.miaojie.benchmarks.report;

/**
 * A figure of a subject.
 *
 * @param subject by its name in {@link Subjects}
 * @param name of the figure; its end is the unit
 */
record Figure(String subject, String name) {
    private static final String PER_S = "per_s";

    /** Names what a subject does in a second. */
    static Figure perSecond(final String subject) {
        return new Figure(subject, PER_S);
    }
}
