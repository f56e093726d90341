package io.miaojie.simulation;

import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Order;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.OrderState;
import java.util.List;
import java.util.Map;

/** What stories tell of campaigns that sell: lines that take part in them, and their stock. */
final class SaleChapter {
    private static final int NEWEST = 6;

    private final Story story;

    SaleChapter(final Story story) {
        this.story = story;
    }

    /** Returns a line of this id that a campaign of the merchant sells, null when none does. */
    Deed.Line line(final String merchant, final String id) {
        final Deed.Line ofGroup = story.oneIn(story.isCrowd ? 5 : 2) ? null : groupLine(merchant, id);
        final List<Campaign> sales = sales(merchant, NaiveFlashSales.FLASH_SALE);
        if (ofGroup != null || sales.isEmpty()) {
            return ofGroup;
        }
        final Campaign sale = story.pick(sales);
        final Map<Integer, Long> terms = sale.current().terms.scalars();
        final int most = terms.getOrDefault(NaiveFlashSales.PER_MEMBER, 0L).intValue();
        final int quantity = most > 0 && story.oneIn(3) ? most + story.below(2) : 1 + story.below(3);
        final long price = terms.get(0);
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

    private Deed.Line groupLine(final String merchant, final String id) {
        final List<Campaign> sales = sales(merchant, NaiveGroupBuys.GROUP_BUY);
        if (sales.isEmpty()) {
            return null;
        }
        final Campaign sale = story.pick(sales);
        final String group = story.oneIn(40) ? "g1" : group(sale, story.oneIn(4));
        final Map<Integer, Long> terms = sale.current().terms.scalars();
        final long price = group.isEmpty() ? terms.getOrDefault(3, terms.get(1)) : terms.get(1);
        final int quantity = 1 + story.below(2);
        return new Deed.Line(
                id,
                story.pick("A", "A", "B", "C"),
                "t",
                price * quantity,
                quantity,
                sale.id,
                story.oneIn(40) ? "reserve" : "join",
                group);
    }

    /** Returns the id of a group of the campaign: one that takes others in, or one of the newest; empty: a new one. */
    private String group(final Campaign campaign, final boolean isAny) {
        final List<NaiveGroups.Group> groups = groups(campaign).stream()
                .filter(group -> isAny || group.isOpen() && group.room() > 0)
                .toList();
        if (groups.isEmpty() || story.oneIn(5)) {
            return "";
        }
        final int last = groups.size() - 1;
        final NaiveGroups.Group group = groups.get(last - story.below(Math.min(NEWEST, groups.size())));
        return Names.groupId(group.sequence, group.ordinal);
    }

    private List<NaiveGroups.Group> groups(final Campaign campaign) {
        return story.world.sales.stream()
                .filter(sale -> sale.campaign == campaign && sale instanceof NaiveGroups.Group)
                .map(NaiveGroups.Group.class::cast)
                .toList();
    }

    /** Returns an order with a seat in one of the newest groups of the merchant, null when there is none. */
    Order seated(final String merchant, final OrderState state) {
        final List<Order> orders = sales(merchant, NaiveGroupBuys.GROUP_BUY).stream()
                .flatMap(campaign -> groups(campaign).stream())
                .flatMap(group -> group.seats.stream())
                .map(seat -> seat.order)
                .filter(order -> order.state == state)
                .toList();
        return orders.isEmpty() ? null : orders.get(orders.size() - 1 - story.below(Math.min(NEWEST, orders.size())));
    }

    /** Returns the order of somebody who leads others that have paid, null when there is none. */
    Order leading(final String merchant) {
        final List<Order> orders = sales(merchant, NaiveGroupBuys.GROUP_BUY).stream()
                .flatMap(campaign -> groups(campaign).stream())
                .filter(NaiveGroups.Group::isLed)
                .map(group -> group.leader.order)
                .toList();
        return orders.isEmpty() ? null : story.pick(orders);
    }

    private List<Campaign> sales(final String merchant, final int kind) {
        return story.world.shop(merchant).campaigns.values().stream()
                .filter(campaign -> campaign.current().terms.kind() == kind)
                .filter(campaign -> campaign.state != CampaignState.CLOSED || story.oneIn(20))
                .toList();
    }

    /** Returns a line that books a presale of the merchant, null when there is none. */
    Deed.Line booking(final String merchant) {
        final List<Campaign> presales = sales(merchant, NaivePresales.PRESALE);
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

    /** An operator closes a presale, or decides on it. */
    Deed decision() {
        final String merchant = story.merchant();
        final List<Campaign> presales = sales(merchant, NaivePresales.PRESALE);
        return presales.isEmpty()
                ? stock()
                : new Deed.Act(
                        story.head(merchant, story.fresh("act")),
                        story.pick(presales).id,
                        "",
                        1 + story.below(3),
                        story.oneIn(20) ? 1L : null);
    }

    /** An operator fills the seats that a group lacks. */
    Deed completion() {
        final String merchant = story.merchant();
        final List<Campaign> sales = sales(merchant, NaiveGroupBuys.GROUP_BUY);
        if (sales.isEmpty()) {
            return stock();
        }
        final Campaign campaign = story.pick(sales);
        final String waiting = groups(campaign).stream()
                .filter(NaiveGroups.Group::isWaiting)
                .map(group -> Names.groupId(group.sequence, group.ordinal))
                .findFirst()
                .orElse("");
        return new Deed.Act(
                story.head(merchant, story.fresh("act")),
                campaign.id,
                !waiting.isEmpty() && story.oneIn(2) ? waiting : group(campaign, story.oneIn(2)),
                1,
                story.oneIn(20) ? 1L : null);
    }

    Deed stock() {
        final String merchant = story.merchant();
        final List<Campaign> sales = sales(merchant, NaiveFlashSales.FLASH_SALE);
        final String campaign =
                sales.isEmpty() || story.oneIn(10) ? "C" + story.below(story.campaignCount + 1) : story.pick(sales).id;
        return new Deed.Act(
                story.head(merchant, story.fresh("act")),
                campaign,
                story.oneIn(40) ? "g1" : "",
                1,
                story.oneIn(20) ? null : Long.valueOf(story.below(14) - 5));
    }
}
