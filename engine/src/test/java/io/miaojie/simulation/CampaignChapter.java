package io.miaojie.simulation;

import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Merchants, keys, campaigns of every kind, funders. */
final class CampaignChapter {
    private static final List<String> FUNDERS = List.of("platform", "platform", "seller:1");

    private final Story story;

    CampaignChapter(final Story story) {
        this.story = story;
    }

    Deed.Merchant merchant() {
        final String id = story.oneIn(20) && !story.merchants.isEmpty() ? story.merchant() : story.fresh("M");
        final BindingMode mode = story.pick(
                BindingMode.FIRST_TOUCH,
                BindingMode.WINDOW,
                BindingMode.LAST_TOUCH,
                BindingMode.REGISTER_ONLY,
                BindingMode.ORDER_TOKEN);
        return new Deed.Merchant(
                story.merchants.contains(id) ? new Deed.Head(0, story.fresh("node"), id, 0) : story.node(id),
                story.pick(480, 0, -300),
                "CNY",
                mode,
                mode == BindingMode.WINDOW ? 1 + story.below(20) : 0,
                story.pick(1_000_000, 1_000_000, 100_000, 20_000, 1));
    }

    /** The first key of a merchant, by the node. */
    Deed firstKey(final String merchant) {
        return new Deed.MakeKey(story.node(story.fresh("k")), story.fresh("key"), merchant, Role.ADMIN, "");
    }

    Deed key() {
        final String merchant = story.merchant();
        final String of = story.oneIn(8) ? story.pick(story.merchants) : story.oneIn(15) ? "nomerchant" : merchant;
        return new Deed.MakeKey(
                story.oneIn(3) ? story.node(story.fresh("k")) : story.head(merchant, story.fresh("k")),
                story.oneIn(6) ? "key0" : story.fresh("key"),
                of,
                story.pick(Role.READ, Role.INGEST, Role.OPERATE, Role.ADMIN),
                story.oneIn(3) ? "s1" : "");
    }

    Deed revoke() {
        final String merchant = story.merchant();
        final List<World.Key> known = story.world.keys.stream()
                .filter(key -> key.shop != null && key.shop.id.equals(merchant))
                .filter(key -> key.index != story.admin(merchant))
                .toList();
        final String id = known.isEmpty() || story.oneIn(10) ? "nokey" : story.pick(known).id;
        return new Deed.RevokeKey(story.head(merchant, story.fresh("k")), id, merchant);
    }

    Deed state() {
        final String merchant = story.merchant();
        return new Deed.ChangeState(
                story.head(merchant, story.fresh("q")),
                "C" + story.below(story.campaignCount),
                story.oneIn(6)
                        ? CampaignState.CLOSED
                        : story.pick(CampaignState.ACTIVE, CampaignState.ACTIVE, CampaignState.PAUSED));
    }

    Deed fund() {
        final String merchant = story.merchant();
        return new Deed.Fund(
                story.head(merchant, story.fresh("f")),
                story.oneIn(5) ? -story.below(5_000) : story.below(100_000) + 1L,
                story.world.shop(merchant).currency,
                story.pick(FUNDERS),
                story.oneIn(6) ? FundingMode.PREPAID : story.oneIn(3) ? FundingMode.ACCRUE : null);
    }

    Deed campaign() {
        final String merchant = story.merchant();
        final String id = "C" + story.below(story.campaignCount);
        final World.Campaign known = story.world.shop(merchant).campaigns.get(id);
        final int after = known == null ? story.oneIn(25) ? 1 : 0 : known.versions.size() - (story.oneIn(15) ? 1 : 0);
        final int kind =
                known != null && !story.oneIn(20) ? known.current().terms.kind() : story.oneIn(40) ? 99 : newKind();
        final HoldPolicy hold = KindTerms.hold(story, kind);
        final boolean hasDays = hold == HoldPolicy.DAYS_AFTER_PAY || hold == HoldPolicy.DAYS_AFTER_DELIVERY;
        final boolean keepsTerms = known != null && known.current().terms.kind() == kind && story.oneIn(2);
        final KindTerms terms = keepsTerms ? KindTerms.of(known.current().terms) : KindTerms.of(story, kind);
        return new Deed.Define(
                story.head(merchant, story.fresh("c")),
                id,
                after,
                kind,
                story.oneIn(20) ? "USD" : "CNY",
                story.oneIn(4) ? story.world.nowNs - (3 - story.below(6)) * World.DAY_NS : 0,
                story.oneIn(keepsTerms ? 2 : 4) ? story.world.nowNs + end() : 0,
                budgets(),
                story.below(3),
                story.oneIn(3) ? story.pick("g1", "g2") : "",
                hold,
                hasDays ? 1 + story.below(9) : 0,
                KindTerms.instantPpm(story, kind),
                story.pick(FUNDERS),
                terms.scalars(),
                terms.rows(),
                terms.lists(),
                story.oneIn(5) ? List.of("s1") : List.of(),
                story.oneIn(5) ? List.of("app") : List.of());
    }

    private int newKind() {
        return story.isCrowd && story.oneIn(3) ? NaiveGroupBuys.GROUP_BUY : story.pick(KindTerms.NUMBERS);
    }

    /** Returns when a campaign ends, from now: in days, or in hours. */
    private long end() {
        return story.oneIn(2) ? (story.below(9) - 2) * World.DAY_NS + 1 : story.below(40_000) * World.SECOND_NS;
    }

    /** A rebate by the first key of all, before anything else is told. */
    Deed plain(final String merchant, final int number) {
        final KindTerms terms = new KindTerms(Map.of(0, 1_000L), Map.of(), Map.of());
        return plain(merchant, "C" + number, NaiveKinds.REBATE, terms);
    }

    /** Group buys that are open for good. */
    Deed groupBuy(final String merchant) {
        return plain(merchant, "C8", NaiveGroupBuys.GROUP_BUY, KindTerms.of(story, NaiveGroupBuys.GROUP_BUY));
    }

    private Deed plain(final String merchant, final String id, final int kind, final KindTerms terms) {
        return new Deed.Define(
                new Deed.Head(1, merchant, story.fresh("c"), 0),
                id,
                0,
                kind,
                "CNY",
                0,
                0,
                budgets(),
                0,
                "",
                HoldPolicy.NEVER,
                0,
                1_000_000,
                "platform",
                terms.scalars(),
                terms.rows(),
                terms.lists(),
                List.of(),
                List.of());
    }

    private List<Long> budgets() {
        final List<Long> budgets = new ArrayList<>();
        for (final int most : new int[] {60_000, 60, 4_000, 900}) {
            budgets.add(story.oneIn(5) ? 1L + story.below(most) : -1L);
        }
        return budgets;
    }
}
