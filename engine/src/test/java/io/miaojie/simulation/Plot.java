package io.miaojie.simulation;

import java.util.ArrayList;
import java.util.List;

/** Chooses what happens next. */
final class Plot {
    private static final int WAITING_MAX = 40;
    private static final int CAMPAIGNS_MANY = 30;

    private final Story story;
    private final CampaignChapter campaigns;
    private final PeopleChapter people;
    private final SaleChapter sales;
    private final OrderChapter orders;
    private final RiskChapter risk;

    Plot(final Story story) {
        this.story = story;
        this.campaigns = new CampaignChapter(story);
        this.risk = new RiskChapter(story);
        this.people = new PeopleChapter(story, risk);
        this.sales = new SaleChapter(story);
        this.orders = new OrderChapter(story, people, sales, risk);
    }

    /** Returns what makes the first merchants ready, each deed once the one before was told. */
    Iterable<Deed> opening() {
        final List<Deed> opening = new ArrayList<>();
        for (int i = 1 + story.below(2); i >= 0; i--) {
            final Deed.Merchant merchant = campaigns.merchant();
            opening.add(merchant);
            opening.add(campaigns.firstKey(merchant.head().id()));
            story.merchants.add(merchant.head().id());
        }
        if (story.isCrowd) {
            opening.add(campaigns.groupBuy(story.merchants.get(0)));
        }
        if (story.isWatched) {
            opening.add(risk.firstRules(story.merchants.get(0)));
        }
        for (int i = 0; story.campaignCount > CAMPAIGNS_MANY && i < story.campaignCount; i++) {
            opening.add(campaigns.plain(story.merchants.get(0), i));
        }
        return opening;
    }

    /** Returns how long nothing happens: seconds to weeks. */
    long pause() {
        return switch (story.below(6)) {
            case 0 -> World.DAY_NS * (1 + story.below(9));
            case 1, 2 -> 3_600L * World.SECOND_NS * (1 + story.below(30));
            default -> World.SECOND_NS * story.below(4_000);
        };
    }

    /** Returns what comes when something is due. */
    Deed inTheInstant() {
        return story.oneIn(2) ? orders.seated() : next();
    }

    Deed next() {
        final Deed waiting = story.waitingCount() > WAITING_MAX || !story.oneIn(3) ? story.waiting() : null;
        if (waiting != null) {
            return waiting;
        }
        if (story.isWatched && story.oneIn(9)) {
            return story.oneIn(5) ? orders.reviewed() : risk.next();
        }
        final int dice = story.below(100);
        if (dice < 45) {
            return dice < (story.isCrowd ? 10 : 25) ? orders.paid() : dice < 40 ? orders.placed() : ofGroups();
        }
        if (dice < 52) {
            return dice < 50 ? orders.stray() : orders.balance();
        }
        if (dice < 86) {
            return ofPeople(dice - 52);
        }
        return ofCampaigns(dice - 86);
    }

    private Deed ofGroups() {
        return story.oneIn(6) ? sales.completion() : orders.seated();
    }

    private Deed ofPeople(final int dice) {
        if (dice < 14) {
            return dice < 6 ? people.register() : dice < 8 ? people.bind() : people.touch();
        }
        if (dice < 18) {
            return dice < 15 ? people.target() : people.link();
        }
        return dice < 22 ? people.withdraw() : dice < 29 ? people.payout() : people.byHand(dice < 33);
    }

    private Deed ofCampaigns(final int dice) {
        if (dice < 8) {
            return dice < 4 ? campaigns.campaign() : dice < 6 ? sale(dice) : campaigns.state();
        }
        if (dice < 10) {
            return campaigns.fund();
        }
        return switch (story.below(8)) {
            case 0, 1, 2 -> campaigns.key();
            case 3 -> campaigns.revoke();
            case 4 -> campaigns.merchant();
            default -> clock();
        };
    }

    private Deed sale(final int dice) {
        return dice == 4 ? sales.stock() : story.oneIn(2) ? sales.decision() : sales.completion();
    }

    private Deed clock() {
        final boolean isAdvance = story.oneIn(2);
        return new Deed.Clock(
                story.head(story.merchant(), story.fresh("clock")),
                isAdvance ? World.SECOND_NS * (1 + story.below(100_000)) : 0,
                story.world.nowNs + World.SECOND_NS * (story.below(100_000) - 20_000));
    }
}
