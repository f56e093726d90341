package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rebates;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder.ScalarsEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.Role;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands that open a shop: the shard, one merchant, its key, its three campaigns. */
final class ShopCommands {
    /** Place of the shop's key in the key table; the node's own is 0. */
    static final int KEY_INDEX = 1;

    private static final int NODE_KEY_INDEX = 0;
    private static final String MERCHANT = "shop";
    private static final int LENGTH_MAX = 4096;
    private static final long AMPLE = 1L << 50;
    private static final long UNBOUNDED = -1;

    private ShopCommands() {}

    /** Returns the commands in the order in which they are to be settled. */
    static List<DirectBuffer> all(final Budgets budgets) {
        final Stream<DirectBuffer> campaigns =
                IntStream.range(0, Rebates.COUNT).mapToObj(campaign -> defineCampaign(campaign, budgets));
        return Stream.concat(Stream.of(openShard(), createMerchant(), createKey()), campaigns)
                .toList();
    }

    private static DirectBuffer openShard() {
        return encode(buffer -> {
            final OpenShardCommandEncoder command =
                    new OpenShardCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope(), NODE_KEY_INDEX, 0);
            command.shard((short) 0)
                    .sandbox((short) 1)
                    .clockFollowsEvents((short) 1)
                    .digestKeyHigh(1)
                    .digestKeyLow(2);
            return command.limit();
        });
    }

    private static DirectBuffer createMerchant() {
        return encode(buffer -> {
            final CreateMerchantCommandEncoder command =
                    new CreateMerchantCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope(), NODE_KEY_INDEX, 1);
            command.utcOffsetMinutes((short) 480)
                    .currency(Currencies.byCode("CNY").number());
            Text.put(command::putId, MERCHANT);
            Text.put(command::putName, "Tea shop");
            Text.put(command::putActor, "");
            return command.limit();
        });
    }

    private static DirectBuffer createKey() {
        return encode(buffer -> {
            final CreateKeyCommandEncoder command =
                    new CreateKeyCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope(), NODE_KEY_INDEX, 2);
            command.role(Role.ADMIN);
            Text.put(command::putId, "key");
            Text.put(command::putMerchantId, MERCHANT);
            Text.put(command::putStoreId, "");
            Text.put(command::putActor, "");
            return command.limit();
        });
    }

    private static DirectBuffer defineCampaign(final int campaign, final Budgets budgets) {
        return encode(buffer -> {
            final DefineCampaignCommandEncoder command =
                    new DefineCampaignCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope(), KEY_INDEX, 3 + campaign);
            command.expectedVersion(0)
                    .kind((short) Rebates.kindNumber())
                    .currency(Currencies.byCode("CNY").number())
                    .startsAtNs(0)
                    .endsAtNs(0)
                    .budgetAmountMinor(AMPLE)
                    .budgetCount(AMPLE)
                    .budgetPerDayMinor(AMPLE)
                    .budgetPerMemberMinor(budgets == Budgets.MEMBER ? AMPLE : UNBOUNDED);
            putTerms(command, Rebates.terms(campaign));
            command.cellsCount(0);
            command.idsCount(0);
            command.storesCount(0);
            command.channelsCount(0);
            Text.put(command::putId, Rebates.id(campaign));
            Text.put(command::putFunder, "platform");
            Text.put(command::putMetadata, "");
            Text.put(command::putActor, "");
            return command.limit();
        });
    }

    private static void putTerms(final DefineCampaignCommandEncoder command, final List<Rebates.Term> terms) {
        final ScalarsEncoder scalars = command.scalarsCount(terms.size());
        for (final Rebates.Term term : terms) {
            scalars.next().term((short) Rebates.termIndex(term.name())).value(term.value());
        }
    }

    private static void bind(final EnvelopeEncoder envelope, final int keyIndex, final long digest) {
        envelope.keyIndex(keyIndex)
                .digestHigh(digest)
                .digestLow(digest)
                .fingerprint(digest)
                .atNs(0);
    }

    private static DirectBuffer encode(final ToIntFunction<UnsafeBuffer> writer) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH_MAX]);
        return new UnsafeBuffer(buffer, 0, writer.applyAsInt(buffer));
    }
}
