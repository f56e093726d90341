package io.miaojie.api.edge;

/** Somebody who waits for answers. Thread: its event loop. */
@FunctionalInterface
public interface Caller {
    /** Takes one answer; each accepted submission gets exactly one. */
    void onAnswer(Answer answer);

    /** Takes that an answer could not be handed over: a fault of ours, which is logged already. */
    default void onFault() {}
}
