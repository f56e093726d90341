package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Draws;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.RegisterMemberCommandEncoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Registrations of the members of a bench, each by whoever brought it. One at a time in one buffer. */
final class Registrations {
    private static final int LENGTH_MAX = 512;

    private final Rewards rewards;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
    private int length;

    Registrations(final Rewards rewards) {
        this.rewards = rewards;
    }

    /** Encodes the registration of a member and returns the buffer that it stands in. */
    DirectBuffer of(final int member) {
        final RegisterMemberCommandEncoder command =
                new RegisterMemberCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        final EnvelopeEncoder envelope =
                command.envelope().keyIndex(ShopCommands.KEY_INDEX).atNs(Payments.AT_NS);
        final long digest = Draws.mix(-1L - member);
        envelope.digestHigh(digest).digestLow(Draws.mix(digest)).fingerprint(digest);
        command.boundAtNs(0).grade((short) 0).roles((short) 0).identitiesCount(0);
        final int parent = rewards.parent(member);
        Text.put(command::putId, Rewards.memberId(member));
        Text.put(command::putReferrerId, parent < 0 ? "" : Rewards.memberId(parent));
        Text.put(command::putVisitorId, "");
        Text.put(command::putStoreId, "");
        Text.put(command::putChannel, "");
        Text.put(command::putMetadata, "");
        Text.put(command::putRandom, "");
        length = command.limit();
        return buffer;
    }

    /** Returns the bytes of the registration that was encoded last. */
    int length() {
        return length;
    }
}
