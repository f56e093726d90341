package io.miaojie.benchmarks.micro;

import io.miaojie.benchmarks.Rebates;
import io.miaojie.benchmarks.Rewards;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CreateKeyCommandEncoder;
import io.miaojie.wire.codec.CreateMerchantCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder.ScalarsEncoder;
import io.miaojie.wire.codec.DefineCampaignCommandEncoder.StoresEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OpenShardCommandEncoder;
import io.miaojie.wire.codec.Role;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands that open a shop: the shard, one merchant, its key, its campaigns. */
final class ShopCommands {
    /** Place of the shop's key in the key table; the node's own is 0. */
    static final int KEY_INDEX = 1;

    private static final int NODE_KEY_INDEX = 0;
    private static final String MERCHANT = "shop";
    private static final int LENGTH_MAX = 4096;
    private static final long AMPLE = 1L << 50;
    private static final long UNBOUNDED = -1;
    private static final long PPM = 1_000_000;

    /** A campaign but for its terms; {@code place} is its digest too, an empty store means every store. */
    private record Definition(int place, String id, int kind, boolean isHeld, String store) {}

    private ShopCommands() {}

    /** Returns the commands in the order in which they are to be settled. */
    static List<DirectBuffer> all(final ShopPlan plan) {
        final Budgets budgets = plan.budgets();
        final Stream<DirectBuffer> earning = plan.rewards().isTree()
                ? Stream.of(defineHeldRebate(plan), defineCommission(plan))
                : IntStream.range(0, Rebates.COUNT).mapToObj(campaign -> defineRebate(campaign, budgets));
        final Stream<DirectBuffer> idle = IntStream.range(0, plan.idleCampaigns())
                .mapToObj(campaign -> defineIdleRebate(Rebates.COUNT + campaign, budgets));
        return Stream.of(Stream.of(openShard(), createMerchant(), createKey()), earning, idle)
                .flatMap(commands -> commands)
                .toList();
    }

    /** Returns the commands that open a shop whose one campaign is of this kind, with these scalars. */
    static List<DirectBuffer> selling(final String campaign, final int kind, final long... scalars) {
        final DirectBuffer define =
                defineCampaign(new Definition(0, campaign, kind, false, ""), Budgets.CAMPAIGN, scalars);
        return List.of(openShard(), createMerchant(), createKey(), define);
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
                    .currency(Currencies.byCode("CNY").number())
                    .bindingMode(BindingMode.FIRST_TOUCH)
                    .bindingDays(0)
                    .rewardCapPpm((int) PPM);
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

    private static DirectBuffer defineRebate(final int campaign, final Budgets budgets) {
        final long[] scalars = Rebates.terms(campaign).stream()
                .flatMapToLong(term -> LongStream.of(Rebates.termIndex(term.name()), term.value()))
                .toArray();
        return defineCampaign(
                new Definition(campaign, Rebates.id(campaign), Rebates.kindNumber(), false, ""), budgets, scalars);
    }

    private static DirectBuffer defineHeldRebate(final ShopPlan plan) {
        return defineCampaign(
                new Definition(0, Rebates.id(0), Rebates.kindNumber(), true, ""),
                plan.budgets(),
                Rebates.termIndex("rate_ppm"),
                plan.rewards().ratePpm(0));
    }

    /** Rates of levels 1 and 2 are the first two terms of the kind. */
    private static DirectBuffer defineCommission(final ShopPlan plan) {
        return defineCampaign(
                new Definition(1, "commission", Rewards.COMMISSION_KIND, true, ""),
                plan.budgets(),
                0,
                plan.rewards().ratePpm(1),
                1,
                plan.rewards().ratePpm(2));
    }

    /** Open, but of a store that no payment of a bench is made in. */
    private static DirectBuffer defineIdleRebate(final int campaign, final Budgets budgets) {
        return defineCampaign(
                new Definition(campaign, Rebates.id(campaign), Rebates.kindNumber(), false, "elsewhere"),
                budgets,
                Rebates.termIndex("rate_ppm"),
                PPM / 100);
    }

    /** Defines a campaign by scalars: place and value, one after the other. */
    private static DirectBuffer defineCampaign(
            final Definition definition, final Budgets budgets, final long... scalars) {
        return encode(buffer -> {
            final DefineCampaignCommandEncoder command =
                    new DefineCampaignCommandEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
            bind(command.envelope(), KEY_INDEX, 3 + definition.place());
            command.expectedVersion(0)
                    .kind((short) definition.kind())
                    .currency(Currencies.byCode("CNY").number())
                    .startsAtNs(0)
                    .endsAtNs(0)
                    .budgetAmountMinor(AMPLE)
                    .budgetCount(AMPLE)
                    .budgetPerDayMinor(AMPLE)
                    .budgetPerMemberMinor(budgets == Budgets.MEMBER ? AMPLE : UNBOUNDED);
            command.priority((short) 0)
                    .holdPolicy(definition.isHeld() ? HoldPolicy.DAYS_AFTER_PAY : HoldPolicy.NULL_VAL)
                    .holdDays(definition.isHeld() ? 7 : 0)
                    .instantPpm((int) PPM);
            final ScalarsEncoder group = command.scalarsCount(scalars.length / 2);
            for (int i = 0; i < scalars.length; i += 2) {
                group.next().term((short) scalars[i]).value(scalars[i + 1]);
            }
            command.cellsCount(0);
            command.idsCount(0);
            final StoresEncoder stores = command.storesCount(definition.store().isEmpty() ? 0 : 1);
            if (!definition.store().isEmpty()) {
                Text.put(stores.next()::putId, definition.store());
            }
            command.channelsCount(0);
            Text.put(command::putId, definition.id());
            Text.put(command::putFunder, "platform");
            Text.put(command::putMetadata, "");
            Text.put(command::putExclusiveGroup, "");
            Text.put(command::putActor, "");
            return command.limit();
        });
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
