package io.miaojie.api.edge;

import io.miaojie.gate.AnswerType;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One answer and the command it belongs to; a flyweight, valid during the call that hands it over. */
public final class Answer {
    private static final int TEMPLATE_ID_OFFSET = 2;
    private static final int CODE_OFFSET = 5;

    AnswerType type;
    long sequence;
    long ticket;
    DirectBuffer buffer;
    int offset;
    int length;
    final UnsafeBuffer command = new UnsafeBuffer(0, 0);

    public AnswerType type() {
        return type;
    }

    /** Returns the sequence that the answer rests on. */
    public long sequence() {
        return sequence;
    }

    /** Returns what the caller gave along with its command. */
    public long ticket() {
        return ticket;
    }

    /** Returns the buffer with the message of the answer. */
    public DirectBuffer buffer() {
        return buffer;
    }

    public int offset() {
        return offset;
    }

    /** Returns the command that was submitted, from offset 0 on. */
    public DirectBuffer command() {
        return command;
    }

    /** Returns the template of the message. */
    public int templateId() {
        return buffer.getByte(offset + TEMPLATE_ID_OFFSET) & 0xFF;
    }

    /** Returns the result code: the first field of every outcome and answer. */
    public int code() {
        return buffer.getShort(offset + CODE_OFFSET) & 0xFFFF;
    }
}
