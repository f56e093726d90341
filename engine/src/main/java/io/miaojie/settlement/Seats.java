package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.Checkout;
import io.miaojie.settlement.campaign.CommandLines;
import io.miaojie.settlement.campaign.Eligibility;
import io.miaojie.settlement.campaign.GroupTimers;
import io.miaojie.settlement.campaign.RewardLines;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.part.Merchant;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.ActionDescriptor.Caller;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.ViewDescriptor;
import io.miaojie.wire.codec.OrderState;
import java.util.List;

/**
 * The lines of orders that take part in campaigns which sell: admits and prices them before the order is placed, gives
 * each its entry when it is, and tells their kinds what becomes of the order.
 *
 * <p>Units: minor, pieces. Allocates: nothing but slabs as they are reached.
 */
final class Seats {
    /** Instead of a group: there is none of this id. */
    static final int NO_INSTANCE = -2;

    private final State state;
    private final Campaigns campaigns;
    private final Orders orders;
    private final Rosters rosters;
    private final RosterEffects effects;
    private final SaleCredits credits;
    private final Seat seat;
    private final CampaignVersion[] versions = new CampaignVersion[Campaigns.OPEN_MAX];
    private final int[] lines = new int[Campaigns.OPEN_MAX];
    private final int[] groups = new int[Campaigns.OPEN_MAX];
    private final Slice text = new Slice();
    private int count;
    private int refusedLine;
    private int needed;
    private boolean isAlone;

    Seats(final State state, final GrantMoney money, final Effects effects) {
        this.state = state;
        this.campaigns = state.campaigns();
        this.orders = state.orders();
        this.rosters = state.rosters();
        this.effects = effects.rosters();
        this.credits = new SaleCredits(state, money, effects);
        this.seat = new Seat(state.rosters(), state.members(), new GroupTimers(state.rosters(), state.timers()));
    }

    /**
     * Holds the lines of an order that name a campaign against it, and puts the campaign's price in the place of
     * theirs. Changes no state.
     *
     * @return 0; or the number of {@code CAMPAIGN_UNKNOWN}, {@code ACTION_UNKNOWN}, {@code CAMPAIGN_NOT_OPEN},
     *     {@code CAMPAIGN_EXCLUDES}, {@code CAMPAIGN_REPEATED}, {@code INSTANCE_UNKNOWN}, a code of the kind,
     *     {@code AMOUNT_TOO_LARGE}
     */
    int admit(final Checkout checkout, final int merchant, final int member, final boolean spends, final long nowNs) {
        final CommandLines asked = checkout.lines();
        count = 0;
        needed = 0;
        isAlone = asked.count() == 1 && !spends;
        int code = 0;
        for (int line = 0; line < asked.count() && line < OrderLines.PER_ORDER_MAX && code == 0; line++) {
            if (!asked.campaign(line, text).isEmpty()) {
                code = admit(checkout, line, merchant, member, nowNs);
                refusedLine = line;
            }
        }
        if (count > 0) {
            asked.addUp();
        }
        return code;
    }

    /** Returns the place of the line for which {@link #admit} has refused. */
    int refusedLine() {
        return refusedLine;
    }

    private int admit(final Checkout checkout, final int line, final int merchant, final int member, final long nowNs) {
        final CommandLines asked = checkout.lines();
        final Campaign campaign = campaigns.find(merchant, text);
        if (campaign == null) {
            return ResultCode.CAMPAIGN_UNKNOWN.number();
        }
        final CampaignVersion version = campaign.current();
        if (!isOrderAction(version, asked.action(line, text))) {
            return ResultCode.ACTION_UNKNOWN.number();
        }
        final ResultCode sells = Eligibility.sells(version, checkout, nowNs);
        if (sells != ResultCode.OK) {
            return sells.number();
        }
        if (isNamed(campaign)) {
            return ResultCode.CAMPAIGN_REPEATED.number();
        }
        final int group = instance(campaign, asked.group(line, text));
        if (group == NO_INSTANCE) {
            return ResultCode.INSTANCE_UNKNOWN.number();
        }
        groups[count] = group;
        final int pieces = asked.quantity(line);
        seat.ask(version, state.merchants().at(merchant), group, member, pieces, nowNs);
        seat.setSku(asked.sku(line, text));
        seat.setAlone(isAlone);
        final SaleKind kind = kind(version);
        final int code = kind.admit(seat);
        return code == 0 ? price(asked, line, version, kind.unitPriceMinor(seat)) : code;
    }

    /**
     * Returns the group that somebody names by its id.
     *
     * @param id empty: none is named
     * @return the campaign's own if its kind knows no others; {@code NEW_GROUP}: it is to be made; {@code NO_INSTANCE}
     */
    int instance(final Campaign campaign, final Slice id) {
        if (!hasGroups(campaign)) {
            return id.isEmpty() ? campaign.group() : NO_INSTANCE;
        }
        if (id.isEmpty()) {
            return SaleKind.NEW_GROUP;
        }
        final boolean isOne = EngineId.isOf(EngineId.GROUP, id.buffer(), id.offset(), id.length())
                && EngineId.shard(id.buffer(), id.offset()) == state.shard().number();
        final int group = isOne
                ? rosters.findGroup(
                        EngineId.sequence(id.buffer(), id.offset()), EngineId.ordinal(id.buffer(), id.offset()))
                : -1;
        final boolean isOfIt = group >= 0 && group != campaign.group() && rosters.campaign(group) == campaign.index();
        return isOfIt ? group : NO_INSTANCE;
    }

    private static boolean hasGroups(final Campaign campaign) {
        final ViewDescriptor view =
                campaign.current().definition().kind().descriptor().view();
        return view.instances() == ViewDescriptor.Instances.GROUPS;
    }

    private int price(
            final CommandLines asked, final int line, final CampaignVersion version, final long unitPriceMinor) {
        final int pieces = asked.quantity(line);
        if (unitPriceMinor > Money.MINOR_MAX / pieces) {
            return ResultCode.AMOUNT_TOO_LARGE.number();
        }
        asked.setAmount(line, unitPriceMinor * pieces);
        needed += kind(version).ranksInvitees(version.definition().terms()) ? 2 : 1;
        versions[count] = version;
        lines[count++] = line;
        return 0;
    }

    /** Returns {@code ROSTERS_FULL} when there is no room for what was admitted, else {@code OK}. */
    ResultCode firstFull() {
        int rows = count;
        for (int i = 0; i < count; i++) {
            rows += hasGroups(versions[i].campaign()) ? 1 : 0; // its own beside the campaign's
        }
        final boolean hasRoom = hasRoom(count, rows) && rosters.standingRoom() >= rows + needed - count;
        return hasRoom ? ResultCode.OK : ResultCode.ROSTERS_FULL;
    }

    private boolean hasRoom(final int entries, final int rows) {
        return rosters.groupRoom() >= rows && rosters.entryRoom() >= entries && rosters.standingRoom() >= rows;
    }

    /**
     * Gives each line that was admitted its entry.
     *
     * @param kept the lines of the order, as the state has them
     */
    void hold(final int order, final Checkout checkout, final RewardLines kept, final Call call) {
        final CommandLines asked = checkout.lines();
        for (int i = 0; i < count; i++) {
            final int own = group(versions[i], call.sequence());
            final boolean isNew = hasGroups(versions[i].campaign()) && groups[i] == SaleKind.NEW_GROUP;
            final int known = groups[i] < 0 ? own : groups[i];
            final int group = isNew ? rosters.addGroup(rosters.campaign(own), call.sequence()) : known;
            final int line = kept.row(kept.find(asked.id(lines[i], text)));
            final int entry = addEntry(group, order, line, versions[i]);
            rosters.setPieces(entry, asked.quantity(lines[i]), asked.amountMinor(lines[i]));
            if (kind(versions[i]).ranksInvitees(versions[i].definition().terms())) {
                stand(group, orders.beneficiary(order, 1));
            }
            take(entry, false, call.nowNs()).onOrder(seat);
        }
    }

    private int addEntry(final int group, final int order, final int line, final CampaignVersion version) {
        final int member = orders.member(order);
        final int sums = orders.sumsOf(order);
        final int previous = orders.sums().lastEntry(sums);
        final int entry = rosters.addEntry(group, member, order, line, version.index(), previous);
        orders.sums().setLastEntry(sums, entry);
        stand(group, member);
        stand(version.campaign().group(), member);
        return entry;
    }

    private void stand(final int group, final int member) {
        if (member >= 0 && rosters.findStanding(group, member) < 0) {
            rosters.addStanding(group, member);
        }
    }

    /** Returns the deposit that the order asks for first, 0: none, it is paid as its payments like. */
    long depositMinor(final int order) {
        final int entry = last(order);
        return entry < 0 ? 0 : look(entry, false, 0).depositMinor(seat);
    }

    /** Tells whether what was captured of the order, which has ended, is the merchant's. */
    boolean forfeits(final int order) {
        final int entry = last(order);
        return entry >= 0 && look(entry, false, 0).forfeits(seat);
    }

    /** The deposit of the order was paid. */
    void deposited(final int order, final long nowNs) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            take(entry, false, nowNs).onDeposit(seat);
        }
    }

    /** The order was paid in full. */
    void paid(final int order, final long nowNs) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            take(entry, false, nowNs).onPaid(seat);
        }
    }

    /** The order expired or was cancelled. */
    void ended(final int order, final long nowNs) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            take(entry, false, nowNs).onEnded(seat);
        }
    }

    /**
     * Tells of lines that were refunded in full, and claws what was credited for what was refunded.
     *
     * @param net the lines of the order, their base what refunds have left of them
     */
    void refunded(final int order, final RewardLines net, final long nowNs) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            if (!look(entry, false, nowNs).keepsCredit(seat)) {
                credits.follow(entry, net);
            }
            final int line = net.lineOf(rosters.line(entry));
            final boolean isAll = net.dueMinor(line) > 0 || orders.state(order) == OrderState.REFUNDED;
            if (net.baseMinor(line) == 0 && isAll) {
                final boolean isDelivered = orders.has(order, Orders.DELIVERED_WHOLE) || net.isDelivered(line);
                take(entry, isDelivered, nowNs).onRefunded(seat);
            }
        }
    }

    /** Tells whether the order has entries and each of them may be held again. */
    boolean mayReturn(final int order, final long nowNs) {
        boolean may = last(order) >= 0;
        for (int entry = last(order); entry >= 0 && may; entry = rosters.previous(entry)) {
            may = look(entry, false, nowNs).readmit(seat) == 0;
        }
        return may;
    }

    /** Tells whether there is room for those entries that go to another group when the order is held again. */
    boolean hasRoomToReturn(final int order, final long nowNs) {
        int moving = 0;
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            moving += look(entry, false, nowNs).route(seat) == rosters.group(entry) ? 0 : 1;
        }
        return moving == 0 || hasRoom(moving, moving);
    }

    /** Holds each entry of the order again, in its group or where its kind sends it. */
    void giveBack(final int order, final Call call) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            final SaleKind kind = take(entry, false, call.nowNs());
            final int group = kind.route(seat);
            if (group == rosters.group(entry)) {
                kind.onOrder(seat);
            } else {
                kind.onMoved(seat);
                move(entry, group, call);
            }
        }
    }

    private void move(final int from, final int group, final Call call) {
        final CampaignVersion version = campaigns.version(rosters.version(from));
        final int campaign = version.campaign().index();
        final int to = group == SaleKind.NEW_GROUP ? rosters.addGroup(campaign, call.sequence()) : group;
        final int entry = addEntry(to, rosters.order(from), rosters.line(from), version);
        rosters.setPieces(entry, rosters.pieces(from), rosters.amountMinor(from));
        take(entry, false, call.nowNs()).onOrder(seat);
    }

    /** Returns the campaign's own group, which is made when it is missing. */
    int group(final CampaignVersion version, final long sequence) {
        final Campaign campaign = version.campaign();
        if (campaign.group() < 0) {
            final int group = rosters.addGroup(campaign.index(), sequence);
            for (int register = 0; register < Rosters.REGISTERS; register++) {
                rosters.setRegister(
                        group,
                        register,
                        kind(version).opening(version.definition().terms(), register));
            }
            campaign.setGroup(group);
        }
        return campaign.group();
    }

    /** Moves the view to a group of a campaign that sells, -1: it is not made. */
    Seat of(final CampaignVersion version, final int group, final int member, final long nowNs) {
        final Merchant merchant = state.merchants().at(version.campaign().merchant());
        return seat.ask(version, merchant, group, member, 0, nowNs);
    }

    /** Tells the kind of a group something of the group alone, or of one of its entries. */
    Seat of(final int group, final int entry, final long nowNs) {
        if (entry >= 0) {
            take(entry, false, nowNs);
            return seat;
        }
        final CampaignVersion version =
                campaigns.campaign(rosters.campaign(group)).current();
        effects.touchGroup(version.campaign().group());
        effects.touchGroup(group);
        return of(version, group, -1, nowNs);
    }

    /** Returns the kind of a group's campaign. */
    SaleKind kindOf(final int group) {
        return kind(campaigns.campaign(rosters.campaign(group)).current());
    }

    /** Tells of the seats of an order as they are, and of the groups that they are in. */
    void tell(final int order) {
        for (int entry = last(order); entry >= 0; entry = rosters.previous(entry)) {
            effects.touchEntry(entry);
        }
    }

    /** Tells whether lines of the order take part in campaigns. */
    boolean has(final int order) {
        return last(order) >= 0;
    }

    private SaleKind take(final int entry, final boolean isDelivered, final long nowNs) {
        effects.touchGroup(
                campaigns.campaign(rosters.campaign(rosters.group(entry))).group());
        effects.touchEntry(entry);
        return look(entry, isDelivered, nowNs);
    }

    private SaleKind look(final int entry, final boolean isDelivered, final long nowNs) {
        final CampaignVersion version = campaigns.version(rosters.version(entry));
        final Merchant merchant = state.merchants().at(version.campaign().merchant());
        seat.take(version, merchant, entry, isDelivered, nowNs);
        seat.setParent(orders.beneficiary(rosters.order(entry), 1));
        return kind(version);
    }

    private int last(final int order) {
        return orders.sums().lastEntry(orders.sumsOf(order));
    }

    private boolean isNamed(final Campaign campaign) {
        int i = count - 1;
        while (i >= 0 && versions[i].campaign() != campaign) {
            i--;
        }
        return i >= 0;
    }

    private static SaleKind kind(final CampaignVersion version) {
        return (SaleKind) version.definition().kind();
    }

    /** Tells whether the kind has an action of this name that orders make. */
    private static boolean isOrderAction(final CampaignVersion version, final Slice name) {
        final List<ActionDescriptor> actions =
                version.definition().kind().descriptor().actions();
        int action = actions.size() - 1;
        while (action >= 0
                && (actions.get(action).caller() != Caller.ORDER
                        || !is(name, actions.get(action).name()))) {
            action--;
        }
        return action >= 0;
    }

    private static boolean is(final Slice text, final String ascii) {
        boolean is = text.length() == ascii.length();
        for (int i = 0; is && i < ascii.length(); i++) {
            is = text.buffer().getByte(text.offset() + i) == ascii.charAt(i);
        }
        return is;
    }
}
