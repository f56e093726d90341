package io.miaojie.ring;

import io.miaojie.gate.AnswerType;

/**
 * One place of the ring: whose message it is, and what settling it left for the stages behind. The bytes themselves
 * stand in {@link MessageBytes} and {@link RecordRing}.
 *
 * <p>Thread: handed from the caller to the settlement thread to the journal thread by the ring's sequences.
 */
final class Slot {
    private static final AnswerType[] TYPES = AnswerType.values();
    private static final int NOBODY = -1;

    /** Of the caller; meaningless when {@link #length} is 0. */
    long token;

    /** Bytes of the message that begins here; 0: the rest of one that began before, or a nudge by the ticker. */
    int length;

    /** What the core threw when it was told of the message ahead; null: nothing. */
    Throwable foreseeFault;

    /** More of this slot follows: it is handed on in parts, see {@link SlotParts}. */
    boolean isPart;

    /** First record that this slot, or this part of it, made; above {@link #lastSequence} if it made none. */
    long firstSequence;

    /** Last record settled so far, by this slot or before it: what the answer rests on must not be younger. */
    long lastSequence;

    /** Of the answer's type: a reference kept here would cost a fence, and the collector a look at it, each time. */
    private int answerOrdinal = NOBODY;

    /** Record that the answer rests on. */
    long answerSequence;

    /** Where in the record ring the answer stands; -1: the archive has to fetch it from the journal. */
    long answerPosition;

    int answerLength;

    /** The record ring up to here is free for new records once this slot is answered. */
    long endPosition;

    void beginSettling(final long settledSequence) {
        firstSequence = settledSequence + 1;
        lastSequence = settledSequence;
        answerOrdinal = NOBODY;
        isPart = false;
    }

    /** Returns what the caller is answered; null: nobody waits. */
    AnswerType answerType() {
        return answerOrdinal == NOBODY ? null : TYPES[answerOrdinal];
    }

    /** Ends a part, or the slot, behind the last one. */
    void handOn(final long settledSequence, final long settledPosition) {
        if (isPart) {
            firstSequence = lastSequence + 1;
        }
        lastSequence = settledSequence;
        endPosition = settledPosition;
    }

    void answer(final AnswerType type, final long sequence, final long position, final int bytes) {
        answerOrdinal = type.ordinal();
        answerSequence = sequence;
        answerPosition = position;
        answerLength = bytes;
    }
}
