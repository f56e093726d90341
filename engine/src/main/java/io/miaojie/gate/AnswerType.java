package io.miaojie.gate;

/** What the bytes are that a {@link ReplySink} is handed. */
public enum AnswerType {
    /** The outcome of a command decided now. */
    OUTCOME,
    /** The outcome of the first command with this id: an honest repeat. */
    REPEAT,
    /** The first <em>command</em> with this id, whose fields differ from the one submitted now. */
    CONFLICT,
    /** An answer message without a record: of a query, or {@code RefusedAnswer}. */
    ANSWER,
    /** No bytes: the first outcome of a repeated id can't be read at present. */
    UNAVAILABLE
}
