package io.miaojie.settlement;

import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ConflictAnswerEncoder;
import io.miaojie.wire.codec.DefinedOutcomeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RefusedAnswerEncoder;
import io.miaojie.wire.codec.RefusedOutcomeEncoder;
import io.miaojie.wire.codec.SeenAnswerEncoder;

/** Writes the replies that many commands share. Each returns what {@link Core#settle} returns. */
final class Replies {
    private static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RefusedOutcomeEncoder refusedOutcome = new RefusedOutcomeEncoder();
    private final DefinedOutcomeEncoder definedOutcome = new DefinedOutcomeEncoder();
    private final RefusedAnswerEncoder refusedAnswer = new RefusedAnswerEncoder();
    private final SeenAnswerEncoder seenAnswer = new SeenAnswerEncoder();
    private final ConflictAnswerEncoder conflictAnswer = new ConflictAnswerEncoder();

    /** Refuses for good: journaled, and the id stays bound to it. */
    int refuse(final Call call, final ResultCode code) {
        return refuse(call, code.number());
    }

    /** Refuses for good with a code of the engine or of a kind. */
    int refuse(final Call call, final int code) {
        return refuse(call, code, RefusedOutcomeEncoder.lineNullValue());
    }

    /** Refuses for good for what one line of an order asks. */
    int refuse(final Call call, final int code, final int line) {
        refusedOutcome
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(code)
                .line((short) line);
        return HEADER_LENGTH + refusedOutcome.encodedLength();
    }

    /** Turns away: not journaled, nothing is remembered. */
    int turnAway(final Call call, final ResultCode code) {
        refusedAnswer.wrapAndApplyHeader(call.out(), call.outOffset(), header).code(code.number());
        return -HEADER_LENGTH - refusedAnswer.encodedLength();
    }

    int seen(final Call call, final long firstSequence) {
        seenAnswer.wrapAndApplyHeader(call.out(), call.outOffset(), header).firstSequence(firstSequence);
        return -HEADER_LENGTH - seenAnswer.encodedLength();
    }

    int conflict(final Call call, final long firstSequence) {
        conflictAnswer.wrapAndApplyHeader(call.out(), call.outOffset(), header).firstSequence(firstSequence);
        return -HEADER_LENGTH - conflictAnswer.encodedLength();
    }

    /** Answers a definition that is no campaign. */
    int defined(final Call call, final int index, final int merchant) {
        return defined(call, index, merchant, 0, CampaignState.NULL_VAL);
    }

    int defined(final Call call, final int index, final int merchant, final int version, final CampaignState state) {
        definedOutcome
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(ResultCode.OK.number())
                .index(index)
                .merchantIndex(merchant)
                .version(version)
                .state(state);
        return HEADER_LENGTH + definedOutcome.encodedLength();
    }
}
