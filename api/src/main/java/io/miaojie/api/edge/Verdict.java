package io.miaojie.api.edge;

import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.message.FirstDifference;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.gate.AnswerType;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;

/** What an answer means over HTTP: status, code and, where it helps, the place. A flyweight of one event loop. */
public final class Verdict {
    private static final int DONE = 200;

    private final ResultCodes codes;
    private final RefusedOutcomeDecoder refused = new RefusedOutcomeDecoder();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int status;
    private String code;
    private String pointer;
    private boolean isRepeat;
    private long firstSequence;

    Verdict(final ResultCodes codes) {
        this.codes = codes;
    }

    /** Judges this answer. */
    public Verdict of(final Answer answer) {
        pointer = null;
        firstSequence = 0;
        isRepeat = answer.type() == AnswerType.REPEAT;
        switch (answer.type()) {
            case UNAVAILABLE -> edge(EdgeCode.ANSWER_UNAVAILABLE);
            case CONFLICT -> {
                edge(EdgeCode.ID_REUSED);
                firstSequence = answer.sequence();
                pointer = FirstDifference.pointer(
                        answer.command(), answer.buffer(), answer.offset(), answer.offset() + answer.length);
            }
            case OUTCOME, REPEAT, ANSWER -> {
                final CodeDescriptor descriptor = codes.of(answer.code());
                status = ResultCodes.status(descriptor.category());
                code = descriptor.name();
                pointer = refusedLine(answer);
            }
        }
        return this;
    }

    public boolean isDone() {
        return status == DONE;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    /** Returns the place that the code is about, null when there is none. */
    public String pointer() {
        return pointer;
    }

    public boolean isRepeat() {
        return isRepeat;
    }

    /** Returns where the id was decided first, when it was re-used with other fields; else 0. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Returns the line of an order that asks of its campaign what can't be had; null: it is no such refusal. */
    private String refusedLine(final Answer answer) {
        if (isDone()
                || DirectoryFeed.templateId(answer.buffer(), answer.offset()) != RefusedOutcomeDecoder.TEMPLATE_ID) {
            return null;
        }
        final int line = refused.wrapAndApplyHeader(answer.buffer(), answer.offset(), header)
                .line();
        return line == RefusedOutcomeDecoder.lineNullValue() ? null : "/lines/" + line + "/campaign";
    }

    private void edge(final EdgeCode edgeCode) {
        status = edgeCode.status();
        code = edgeCode.name();
    }
}
