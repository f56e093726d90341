package io.miaojie.support;

import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AccountsAnswerDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.InstanceAnswerDecoder;
import io.miaojie.wire.codec.MemberAnswerDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OrderAnswerDecoder;
import io.miaojie.wire.codec.PoolAnswerDecoder;
import io.miaojie.wire.codec.RefusedAnswerDecoder;
import io.miaojie.wire.codec.RefusedOutcomeDecoder;
import io.miaojie.wire.codec.SeenAnswerDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import io.miaojie.wire.codec.WithdrawalAnswerDecoder;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a core said to one message.
 *
 * @param sequence of the record; 0: an answer without one
 * @param bytes the outcome or answer, header included
 */
public record Reply(long sequence, byte[] bytes) {
    public boolean isJournaled() {
        return sequence > 0;
    }

    public int templateId() {
        return bytes[Short.BYTES] & 0xFF;
    }

    /** Returns the code that every reply but a repeat begins with. */
    public int codeNumber() {
        return buffer().getShort(MessageHeaderDecoder.ENCODED_LENGTH, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    public ResultCode code() {
        return Arrays.stream(ResultCode.values())
                .filter(code -> code.number() == codeNumber())
                .findFirst()
                .orElseThrow();
    }

    /** Tells whether this is a refusal, journaled or not. */
    public boolean isRefusal() {
        return templateId() == RefusedOutcomeDecoder.TEMPLATE_ID || templateId() == RefusedAnswerDecoder.TEMPLATE_ID;
    }

    public boolean isSeen() {
        return templateId() == SeenAnswerDecoder.TEMPLATE_ID;
    }

    public SettledOutcomeDecoder settled() {
        return new SettledOutcomeDecoder().wrapAndApplyHeader(buffer(), 0, new MessageHeaderDecoder());
    }

    public DefinedOutcomeDecoder defined() {
        return new DefinedOutcomeDecoder().wrapAndApplyHeader(buffer(), 0, new MessageHeaderDecoder());
    }

    public PoolAnswerDecoder pools() {
        return new PoolAnswerDecoder().wrapAndApplyHeader(buffer(), 0, new MessageHeaderDecoder());
    }

    public AccountsAnswerDecoder accounts() {
        return new AccountsAnswerDecoder().wrapAndApplyHeader(buffer(), 0, new MessageHeaderDecoder());
    }

    /** Returns what changed, or what a query asked for; without entries when this reply tells of none. */
    public EffectsReader effects() {
        final UnsafeBuffer buffer = buffer();
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        header.wrap(buffer, 0);
        final boolean hasEffects =
                switch (templateId()) {
                    case SettledOutcomeDecoder.TEMPLATE_ID,
                            OrderAnswerDecoder.TEMPLATE_ID,
                            MemberAnswerDecoder.TEMPLATE_ID,
                            WithdrawalAnswerDecoder.TEMPLATE_ID,
                            InstanceAnswerDecoder.TEMPLATE_ID -> true;
                    default -> false;
                };
        final boolean isOrder = templateId() == OrderAnswerDecoder.TEMPLATE_ID;
        final int at = isOrder ? behindLines(buffer) : MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        final int length = hasEffects ? buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF : 0;
        return new EffectsReader().wrap(buffer, at + Short.BYTES, length);
    }

    private static int behindLines(final UnsafeBuffer buffer) {
        final OrderAnswerDecoder answer =
                new OrderAnswerDecoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderDecoder());
        for (final OrderAnswerDecoder.LinesDecoder line : answer.lines()) {
            line.skipLineId();
            line.skipSku();
            line.skipCategory();
        }
        return answer.limit();
    }

    /** Returns the message to be decoded by whoever knows its type. */
    public UnsafeBuffer buffer() {
        return new UnsafeBuffer(bytes);
    }
}
