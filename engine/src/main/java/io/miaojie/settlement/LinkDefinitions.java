package io.miaojie.settlement;

import io.miaojie.settlement.part.Links;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Targets;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.CreateLinkCommandEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a share link as the {@code CreateLinkCommand} that would make it: links are many and keep no copy of theirs.
 * The request's own id is empty, and so is its envelope.
 */
final class LinkDefinitions {
    private static final int LENGTH_MAX = 2_048;

    private final Links links;
    private final Members members;
    private final Targets targets;
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CreateLinkCommandEncoder command = new CreateLinkCommandEncoder();
    private final byte[] bytes = new byte[LENGTH_MAX];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final Slice text = new Slice();

    LinkDefinitions(final State state) {
        this.links = state.links();
        this.members = state.members();
        this.targets = state.targets();
    }

    byte[] encode(final int link) {
        Arrays.fill(bytes, (byte) 0);
        command.wrapAndApplyHeader(buffer, 0, header)
                .expiresAtNs(links.expiresAtNs(link))
                .putId(bytes, 0, 0);
        links.token(link, text);
        command.putToken(text.buffer(), text.offset(), text.length());
        members.id(links.owner(link), text);
        command.putOwnerId(text.buffer(), text.offset(), text.length());
        targets.id(links.target(link), text);
        command.putTargetId(text.buffer(), text.offset(), text.length());
        links.campaignId(link, text);
        command.putCampaignId(text.buffer(), text.offset(), text.length());
        links.channel(link, text);
        command.putChannel(text.buffer(), text.offset(), text.length());
        return Arrays.copyOf(bytes, MessageHeaderEncoder.ENCODED_LENGTH + command.encodedLength());
    }
}
