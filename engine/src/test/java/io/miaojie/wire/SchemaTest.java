package io.miaojie.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.miaojie.support.Commands;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.Role;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every message has in common. */
@Timeout(60)
class SchemaTest {
    @Test
    void theEnvelopeStandsFirstInEveryCommandAndQuery() {
        final int key = 7;
        for (final UnsafeBuffer message : List.of(
                Commands.createKey(key, "K", "M", Role.READ, ""),
                Commands.revokeKey(key, "K", "M"),
                Commands.campaign(key, "C").encode(),
                Commands.payment(key, "P").encode(),
                Commands.poolQuery(key, "U"),
                Commands.campaignQuery(key, "C"),
                Commands.directoryQuery(key, DirectoryType.KEY, 1))) {
            final EnvelopeDecoder envelope = new EnvelopeDecoder().wrap(message, MessageHeaderDecoder.ENCODED_LENGTH);
            assertEquals(key, envelope.keyIndex());
        }
    }

    @Test
    void theHeaderTakesFiveBytes() {
        assertEquals(5, MessageHeaderDecoder.ENCODED_LENGTH);
        assertEquals(36, EnvelopeDecoder.ENCODED_LENGTH);
    }
}
