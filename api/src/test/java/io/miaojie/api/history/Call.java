package io.miaojie.api.history;

/**
 * One call of a recorded history: from when to when, and what came of it.
 *
 * @param startNs before its first byte was sent
 * @param endNs after its answer was read; {@link #NEVER} when it got none
 * @param answer null: none; it may have been decided or not, at any time since
 */
record Call(Operation operation, long startNs, long endNs, Answer answer) {
    static final long NEVER = Long.MAX_VALUE;

    static Call unanswered(final Operation operation, final long startNs) {
        return new Call(operation, startNs, NEVER, null);
    }

    boolean isAnswered() {
        return answer != null;
    }

    @Override
    public String toString() {
        return operation + " [" + startNs + ", " + (isAnswered() ? endNs + "] " + answer : "no answer");
    }
}
