package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Fund;
import io.miaojie.simulation.World.Key;
import io.miaojie.simulation.World.Shop;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.Role;

/** Merchants, keys, campaigns, targets, fundings. Returns place, version and merchant of what was defined. */
final class NaiveDefinitions {
    private static final int OPEN_MAX = 32;
    private static final long LATE_NS = 7 * World.DAY_NS;

    private final World world;
    private final NaivePools pools;
    private NaiveSales sales;

    NaiveDefinitions(final World world, final NaivePools pools) {
        this.world = world;
        this.pools = pools;
    }

    /** Says who hears of the ends of campaigns. */
    void tell(final NaiveSales newSales) {
        sales = newSales;
    }

    String merchant(final Deed.Merchant deed) {
        Refusal.when(deed.head().key() != 0, "ROLE_FORBIDS");
        Refusal.when(Math.abs(deed.offsetMinutes()) > 18 * 60, "TERMS_CONTRADICT");
        Refusal.when(world.shop(deed.head().id()) != null, "MERCHANT_EXISTS");
        final Shop shop = new Shop();
        shop.index = world.shops.size();
        shop.id = deed.head().id();
        shop.offsetMinutes = deed.offsetMinutes();
        shop.currency = deed.currency();
        shop.mode = deed.mode();
        shop.bindingDays = deed.days();
        shop.capPpm = deed.capPpm();
        world.shops.add(shop);
        return shop.index + " v0 m" + shop.index;
    }

    String key(final Deed.MakeKey deed) {
        final Shop shop = ownShop(deed.head(), deed.merchant());
        Refusal.when(
                world.keys.stream().anyMatch(key -> key.shop == shop && key.id.equals(deed.keyId())), "KEY_EXISTS");
        final Key key = new Key();
        key.index = world.keys.size();
        key.id = deed.keyId();
        key.shop = shop;
        key.role = deed.role();
        key.store = deed.store();
        world.keys.add(key);
        return key.index + " v0 m" + shop.index;
    }

    String revoke(final Deed.RevokeKey deed) {
        final Shop shop = ownShop(deed.head(), deed.merchant());
        final Key known = world.keys.stream()
                .filter(key -> key.shop == shop && key.id.equals(deed.keyId()))
                .findFirst()
                .orElse(null);
        Refusal.when(known == null, "KEY_UNKNOWN");
        known.isRevoked = true;
        return known.index + " v0 m" + shop.index;
    }

    private Shop ownShop(final Deed.Head head, final String merchant) {
        final Key by = world.keys.get(head.key());
        Refusal.when(by.role != Role.ADMIN, "ROLE_FORBIDS");
        final Shop shop = world.shop(merchant);
        Refusal.when(by.shop == null && shop == null, "MERCHANT_UNKNOWN");
        Refusal.when(by.shop != null && by.shop != shop, "FOREIGN_MERCHANT");
        return shop;
    }

    String campaign(final Deed.Define deed) {
        final Shop shop = operated(deed.head());
        Refusal.when(!NaiveKinds.isKnown(deed.kind()), "KIND_UNKNOWN");
        final Campaign known = shop.campaigns.get(deed.campaign());
        Refusal.when(deed.after() == 0 && known != null, "CAMPAIGN_EXISTS");
        Refusal.when(deed.after() > 0 && known == null, "CAMPAIGN_UNKNOWN");
        Refusal.when(known != null && known.state == CampaignState.CLOSED, "CAMPAIGN_CLOSED");
        Refusal.when(known != null && known.versions.size() != deed.after(), "VERSION_MISMATCH");
        Refusal.when(!NaiveKinds.isSound(deed) || known != null && !follows(known, deed), "TERMS_CONTRADICT");
        final long openCount = shop.campaigns.values().stream()
                .filter(campaign -> campaign.state != CampaignState.CLOSED)
                .count();
        Refusal.when(known == null && openCount >= OPEN_MAX, "OPEN_CAMPAIGNS_MAX");
        final Campaign campaign = known == null ? add(shop, deed.campaign()) : known;
        final Version version = new Version();
        version.index = world.versions.size();
        version.number = deed.after() + 1;
        version.campaign = campaign;
        version.terms = deed;
        version.funder = pools.fund(shop, deed.funder(), deed.currency());
        campaign.versions.add(version);
        world.versions.add(version);
        if (deed.endsNs() != 0) {
            world.arm(deed.endsNs() + LATE_NS, () -> close(campaign));
            world.arm(deed.endsNs(), () -> sales.campaignEnds(campaign));
        }
        return version.index + " v" + version.number + " m" + shop.index;
    }

    private static boolean follows(final Campaign campaign, final Deed.Define next) {
        final Deed.Define before = campaign.current().terms;
        return before.kind() == next.kind()
                && before.currency().equals(next.currency())
                && NaiveKinds.follows(before, next)
                && (next.budgets().get(0) < 0 || next.budgets().get(0) >= campaign.granted)
                && (next.budgets().get(1) < 0 || next.budgets().get(1) >= campaign.count);
    }

    private Campaign add(final Shop shop, final String id) {
        final Campaign campaign = new Campaign();
        campaign.index = world.campaigns.size();
        campaign.shop = shop;
        campaign.id = id;
        world.campaigns.add(campaign);
        shop.campaigns.put(id, campaign);
        return campaign;
    }

    /** Closes a campaign whose end lies a week back, unless a later version moved it. */
    private void close(final Campaign campaign) {
        final long endsNs = campaign.current().terms.endsNs();
        if (campaign.state != CampaignState.CLOSED && endsNs != 0 && endsNs + LATE_NS <= world.nowNs) {
            world.touch(campaign).state = CampaignState.CLOSED;
        }
    }

    String state(final Deed.ChangeState deed) {
        final Shop shop = operated(deed.head());
        final Campaign campaign = shop.campaigns.get(deed.campaign());
        Refusal.when(campaign == null, "CAMPAIGN_UNKNOWN");
        Refusal.when(campaign.state == CampaignState.CLOSED, "CAMPAIGN_CLOSED");
        campaign.state = deed.state();
        return campaign.current().index + " v" + campaign.current().number + " m" + shop.index;
    }

    String target(final Deed.Target deed) {
        final Shop shop = operated(deed.head());
        Refusal.when(shop.targets.containsKey(deed.head().id()), "TARGET_EXISTS");
        shop.targets.put(deed.head().id(), shop.targets.size());
        return world.targetCount++ + " v0 m" + shop.index;
    }

    void fund(final Deed.Fund deed) {
        final Shop shop = operated(deed.head());
        Refusal.when(deed.amount() == 0 && deed.mode() == null, "TERMS_CONTRADICT");
        final Fund known = shop.funds.get(deed.currency() + "/" + deed.funder());
        final FundingMode before = known == null ? FundingMode.ACCRUE : known.mode;
        final FundingMode mode = deed.mode() == null ? before : deed.mode();
        final long held = known == null ? 0 : known.balance;
        Refusal.when(deed.amount() < 0 && mode == FundingMode.PREPAID && held < -deed.amount(), "POOL_SHORT");
        final boolean fits = NaivePools.takes(shop, deed.funder(), deed.currency(), deed.amount())
                && NaivePools.takes(shop, "~bank", deed.currency(), -deed.amount());
        Refusal.when(!fits, "AMOUNT_TOO_LARGE");
        final Fund fund = pools.fund(shop, deed.funder(), deed.currency());
        final Fund bank = pools.fund(shop, "~bank", deed.currency());
        pools.move(fund, deed.amount());
        pools.move(bank, -deed.amount());
        fund.mode = mode;
    }

    private Shop operated(final Deed.Head head) {
        return Allowed.operate(world, head);
    }
}
