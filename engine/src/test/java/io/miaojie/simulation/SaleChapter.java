package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.wire.codec.CampaignState;
import java.util.List;
import java.util.Map;

/** What stories tell of campaigns that sell: lines that take part in them, and their stock. */
final class SaleChapter {
    private final Story story;

    SaleChapter(final Story story) {
        this.story = story;
    }

    /** Returns a line of this id that a campaign of the merchant sells, null when none does. */
    Deed.Line line(final String merchant, final String id) {
        final List<Campaign> sales = story.world.shop(merchant).campaigns.values().stream()
                .filter(campaign -> campaign.current().terms.kind() == NaiveSales.FLASH_SALE)
                .filter(campaign -> campaign.state != CampaignState.CLOSED || story.oneIn(20))
                .toList();
        if (sales.isEmpty()) {
            return null;
        }
        final Campaign sale = story.pick(sales);
        final int quantity = 1 + story.below(3);
        final long price = sale.current().terms.scalars().get(0);
        return new Deed.Line(
                id,
                story.pick("A", "B", "C"),
                "t",
                price * quantity,
                quantity,
                story.oneIn(30) ? "C" + story.below(story.campaignCount) : sale.id,
                story.oneIn(40) ? "join" : "reserve",
                story.oneIn(40) ? "g1" : "");
    }

    /** Returns a line that books a presale of the merchant, null when there is none. */
    Deed.Line booking(final String merchant) {
        final List<Campaign> presales = presales(merchant);
        if (presales.isEmpty()) {
            return null;
        }
        final Campaign presale = story.pick(presales);
        final Map<Integer, Long> terms = presale.current().terms.scalars();
        final int quantity = 1 + story.below(2);
        final long bonus = terms.getOrDefault(3, terms.get(1)) - terms.get(1);
        return new Deed.Line(
                "1",
                story.pick("A", "A", "B", "C"),
                "t",
                (terms.get(0) - bonus) * quantity,
                quantity,
                presale.id,
                story.oneIn(40) ? "reserve" : "book",
                "");
    }

    /** Returns the deposit of a line that {@link #booking} made. */
    long deposit(final String merchant, final Deed.Line line) {
        final Campaign presale = story.world.shop(merchant).campaigns.get(line.campaign());
        return presale.current().terms.scalars().get(1) * line.quantity();
    }

    private List<Campaign> presales(final String merchant) {
        return story.world.shop(merchant).campaigns.values().stream()
                .filter(campaign -> campaign.current().terms.kind() == NaivePresales.PRESALE)
                .filter(campaign -> campaign.state != CampaignState.CLOSED || story.oneIn(20))
                .toList();
    }

    /** An operator closes a presale, or decides on it. */
    Deed decision() {
        final String merchant = story.merchant();
        final List<Campaign> presales = presales(merchant);
        return presales.isEmpty()
                ? stock()
                : new Deed.Act(
                        story.head(merchant, story.fresh("act")),
                        story.pick(presales).id,
                        1 + story.below(3),
                        story.oneIn(20) ? 1L : null);
    }

    Deed stock() {
        final String merchant = story.merchant();
        final List<String> sales = story.world.shop(merchant).campaigns.values().stream()
                .filter(campaign -> campaign.current().terms.kind() == NaiveSales.FLASH_SALE)
                .map(campaign -> campaign.id)
                .toList();
        final String campaign =
                sales.isEmpty() || story.oneIn(10) ? "C" + story.below(story.campaignCount + 1) : story.pick(sales);
        return new Deed.Act(
                story.head(merchant, story.fresh("act")),
                campaign,
                1,
                story.oneIn(20) ? null : Long.valueOf(story.below(14) - 5));
    }
}
