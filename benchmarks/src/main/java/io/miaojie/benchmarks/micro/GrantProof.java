package io.miaojie.benchmarks.micro;

import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads off an outcome whether a payment earned what every payment of a bench earns. Thread: one each. */
final class GrantProof {
    private static final int EFFECTS_OFFSET = MessageHeaderDecoder.ENCODED_LENGTH + SettledOutcomeDecoder.BLOCK_LENGTH;

    private final int grantCount;
    private final EffectsReader effects = new EffectsReader();

    GrantProof(final int grantCount) {
        this.grantCount = grantCount;
    }

    /** Tells whether this is the outcome of a payment with all its grants. */
    boolean holds(final DirectBuffer buffer, final int offset, final int length) {
        if (length <= EFFECTS_OFFSET || !isSettled(buffer, offset)) {
            return false;
        }
        final int at = offset + EFFECTS_OFFSET;
        effects.wrap(buffer, at + Short.BYTES, buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xFFFF);
        int grants = 0;
        while (effects.next()) {
            grants += effects.type() == EffectType.GRANT ? 1 : 0;
        }
        return grants == grantCount;
    }

    private static boolean isSettled(final DirectBuffer buffer, final int offset) {
        final int templateId = buffer.getByte(offset + MessageHeaderDecoder.templateIdEncodingOffset()) & 0xFF;
        return templateId == SettledOutcomeDecoder.TEMPLATE_ID;
    }
}
