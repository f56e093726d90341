package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.part.ApiKey;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.DirectoryAnswerEncoder;
import io.miaojie.wire.codec.DirectoryQueryDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;

/** Answers {@code DirectoryQuery}: the definitions by place, for the node's own key. Changes nothing. */
final class Directory {
    private static final byte[] NO_DEFINITION = {};

    private final State state;
    private final Replies replies;
    private final LinkDefinitions links;
    private final DirectoryQueryDecoder query = new DirectoryQueryDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final DirectoryAnswerEncoder answer = new DirectoryAnswerEncoder();

    Directory(final State state, final Replies replies) {
        this.state = state;
        this.replies = replies;
        this.links = new LinkDefinitions(state);
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code ENTRY_UNKNOWN}, with the count of the table. */
    int answer(final Call call) {
        if (!call.key().isOfNode()) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        query.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        answer.wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .type(query.type())
                .index(query.index())
                .merchantIndex(ApiKey.NO_MERCHANT)
                .version(0)
                .state(CampaignState.NULL_VAL);
        final byte[] definition = write(query.index());
        answer.putDefinition(definition, 0, definition.length);
        return -MessageHeaderEncoder.ENCODED_LENGTH - answer.encodedLength();
    }

    /** Writes the entry but for its definition, which it returns. */
    private byte[] write(final int index) {
        final int count = count();
        final boolean isKnown = index >= 0 && index < count;
        answer.count(count).code((isKnown ? ResultCode.OK : ResultCode.ENTRY_UNKNOWN).number());
        if (!isKnown) {
            return NO_DEFINITION;
        }
        return switch (query.type()) {
            case SHARD -> state.shard().definition();
            case MERCHANT -> merchant(index);
            case KEY -> write(state.apiKeys().at(index));
            case CAMPAIGN -> write(state.campaigns().version(index));
            case TARGET -> target(index);
            case LINK -> link(index);
            default -> NO_DEFINITION;
        };
    }

    private int count() {
        return switch (query.type()) {
            case SHARD -> 1;
            case MERCHANT -> state.merchants().count();
            case KEY -> state.apiKeys().count();
            case CAMPAIGN -> state.campaigns().versionCount();
            case TARGET -> state.targets().count();
            case LINK -> state.links().count();
            default -> 0;
        };
    }

    private byte[] merchant(final int index) {
        answer.merchantIndex(index);
        return state.merchants().at(index).definition();
    }

    private byte[] write(final ApiKey key) {
        answer.merchantIndex(key.merchant()).state(key.isRevoked() ? CampaignState.CLOSED : CampaignState.NULL_VAL);
        return key.definition();
    }

    private byte[] write(final CampaignVersion version) {
        answer.merchantIndex(version.campaign().merchant())
                .version(version.number())
                .state(version.campaign().state());
        return version.definition().bytes();
    }

    private byte[] target(final int index) {
        answer.merchantIndex(state.targets().merchant(index));
        return state.targets().definition(index);
    }

    private byte[] link(final int index) {
        answer.merchantIndex(state.links().merchant(index));
        return links.encode(index);
    }
}
