package io.miaojie.api.directory;

import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.AdvanceClockCommandDecoder;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.ChangeCampaignStateCommandDecoder;
import io.miaojie.wire.codec.CreateKeyCommandDecoder;
import io.miaojie.wire.codec.CreateLinkCommandDecoder;
import io.miaojie.wire.codec.CreateMerchantCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineTargetCommandDecoder;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.DirectoryAnswerDecoder;
import io.miaojie.wire.codec.DirectoryType;
import io.miaojie.wire.codec.EnvelopeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.OpenShardCommandDecoder;
import io.miaojie.wire.codec.RevokeKeyCommandDecoder;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Brings a {@link Directory} up to date from commands and what they were decided to. Allocates; definitions are rare.
 */
public final class DirectoryFeed {
    private static final int TEMPLATE_ID_OFFSET = 2;

    private final Directory directory;
    private final LinkFeed links;

    public DirectoryFeed(final Directory directory) {
        this.directory = directory;
        links = new LinkFeed(directory);
    }

    /** Returns the template of the message that begins here. */
    public static int templateId(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TEMPLATE_ID_OFFSET) & 0xFF;
    }

    /** Takes a defining command and its outcome, whose code is OK. */
    public void onDefined(
            final DirectBuffer command, final DirectBuffer outcome, final int offset, final long sequence) {
        final DefinedOutcomeDecoder defined =
                new DefinedOutcomeDecoder().wrapAndApplyHeader(outcome, offset, new MessageHeaderDecoder());
        switch (templateId(command, 0)) {
            case RevokeKeyCommandDecoder.TEMPLATE_ID -> directory.revokeKey(defined.index());
            case ChangeCampaignStateCommandDecoder.TEMPLATE_ID ->
                directory.putState(defined.index(), defined.state(), sequence);
            default ->
                onCommand(
                        command,
                        0,
                        defined.index(),
                        defined.merchantIndex(),
                        defined.version(),
                        defined.state(),
                        sequence);
        }
    }

    /** Takes any command and its settled outcome, whose code is OK: of few of them there is something to learn. */
    public void onSettled(
            final DirectBuffer command, final DirectBuffer outcome, final int offset, final long sequence) {
        switch (templateId(command, 0)) {
            case DefineTargetCommandDecoder.TEMPLATE_ID -> links.putTarget(command, merchantIndex(command));
            case CreateLinkCommandDecoder.TEMPLATE_ID ->
                links.onSettled(command, merchantIndex(command), outcome, offset);
            case AdvanceClockCommandDecoder.TEMPLATE_ID -> onCampaigns(outcome, offset, sequence);
            default -> {}
        }
    }

    /** Takes what timers did to campaigns. */
    public void onCampaigns(final DirectBuffer outcome, final int offset, final long sequence) {
        final SettledOutcomeDecoder settled =
                new SettledOutcomeDecoder().wrapAndApplyHeader(outcome, offset, new MessageHeaderDecoder());
        final int at = settled.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        final EffectsReader effects = new EffectsReader().wrap(outcome, at, settled.effectsLength());
        while (effects.next()) {
            if (effects.type() == EffectType.NOTE && effects.note() == EffectNote.CAMPAIGN) {
                final CampaignState state = CampaignState.get((short) effects.noteSecond());
                directory.putState((int) effects.noteFirst(), state, sequence);
            }
        }
    }

    /** Takes one entry that was asked for at start. */
    public void onEntry(final DirectoryAnswerDecoder entry, final long sequence) {
        final int length = entry.definitionLength();
        if (length == 0) {
            return;
        }
        final UnsafeBuffer command = new UnsafeBuffer(new byte[length]);
        entry.getDefinition(command, 0, length);
        onCommand(command, 0, entry.index(), entry.merchantIndex(), entry.version(), entry.state(), sequence);
        if (entry.type() == DirectoryType.KEY && entry.state() == CampaignState.CLOSED) {
            directory.revokeKey(entry.index());
        }
    }

    private void onCommand(
            final DirectBuffer command,
            final int offset,
            final int index,
            final int merchantIndex,
            final int version,
            final CampaignState state,
            final long sequence) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        switch (templateId(command, offset)) {
            case OpenShardCommandDecoder.TEMPLATE_ID ->
                directory.put(shard(new OpenShardCommandDecoder().wrapAndApplyHeader(command, offset, header)));
            case CreateMerchantCommandDecoder.TEMPLATE_ID ->
                directory.put(merchant(
                        index, new CreateMerchantCommandDecoder().wrapAndApplyHeader(command, offset, header)));
            case CreateKeyCommandDecoder.TEMPLATE_ID ->
                putKey(index, merchantIndex, new CreateKeyCommandDecoder().wrapAndApplyHeader(command, offset, header));
            case DefineTargetCommandDecoder.TEMPLATE_ID -> links.putTarget(command, merchantIndex);
            case CreateLinkCommandDecoder.TEMPLATE_ID -> links.putLink(command, merchantIndex);
            case DefineCampaignCommandDecoder.TEMPLATE_ID -> {
                final CampaignDefinition definition = CampaignDefinition.of(
                        new DefineCampaignCommandDecoder().wrapAndApplyHeader(command, offset, header));
                directory.put(new CampaignVersion(index, merchantIndex, version, definition), state, sequence);
            }
            default -> throw new IllegalStateException("not a definition, template=" + templateId(command, offset));
        }
    }

    /** Of whom the key of a command is. */
    private int merchantIndex(final DirectBuffer command) {
        final int keyIndex = new EnvelopeDecoder()
                .wrap(command, MessageHeaderDecoder.ENCODED_LENGTH)
                .keyIndex();
        return directory.key(keyIndex).merchantIndex();
    }

    private static Shard shard(final OpenShardCommandDecoder in) {
        return new Shard(
                in.shard(), in.sandbox() == 1, in.clockFollowsEvents() == 1, in.digestKeyHigh(), in.digestKeyLow());
    }

    private static Merchant merchant(final int index, final CreateMerchantCommandDecoder in) {
        return new Merchant(
                index,
                Text.of(in.idLength(), in::getId),
                Text.of(in.nameLength(), in::getName),
                in.utcOffsetMinutes(),
                in.currency(),
                new Merchant.Binding(in.bindingMode(), in.bindingDays()),
                in.rewardCapPpm());
    }

    private void putKey(final int index, final int merchantIndex, final CreateKeyCommandDecoder in) {
        final byte[] hash = new byte[SecretHash.LENGTH];
        for (int i = 0; i < hash.length; i++) {
            hash[i] = (byte) in.secretHash(i);
        }
        final Role role = in.role();
        final String id = Text.of(in.idLength(), in::getId);
        in.skipMerchantId();
        final String storeId = Text.of(in.storeIdLength(), in::getStoreId);
        directory.put(SecretHash.of(hash), new ApiKey(index, merchantIndex, role, id, storeId, false));
    }
}
