package io.miaojie.simulation;

import static io.miaojie.simulation.NaiveGroups.ABANDONED;
import static io.miaojie.simulation.NaiveGroups.CANCELLED;
import static io.miaojie.simulation.NaiveGroups.FAILED_EXPIRED;
import static io.miaojie.simulation.NaiveGroups.FORMING;
import static io.miaojie.simulation.NaiveGroups.HELD;
import static io.miaojie.simulation.NaiveGroups.MOVED;
import static io.miaojie.simulation.NaiveGroups.OPENING;
import static io.miaojie.simulation.NaiveGroups.PAID;
import static io.miaojie.simulation.NaiveGroups.REFUNDED;
import static io.miaojie.simulation.NaiveGroups.RELEASED;
import static io.miaojie.simulation.NaiveGroups.SHIPPABLE;
import static io.miaojie.simulation.NaiveGroups.SUCCESS;

import io.miaojie.simulation.NaiveGroups.Group;
import io.miaojie.simulation.NaiveGroups.Lobby;
import io.miaojie.simulation.NaiveGroups.Place;
import io.miaojie.simulation.NaiveSales.Sale;
import io.miaojie.simulation.NaiveSales.Seat;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Version;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.OrderState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Group buys once more, straight from {@code docs/campaigns/group-buy.md}: seats are counted, whoever leads is
 * remembered. A seat's first number is 1 once its share of the success is settled, its second, of who opened the group,
 * until when that may form.
 */
final class NaiveGroupBuys implements NaiveSaleKind {
    static final int GROUP_BUY = 5;

    private static final int SIZE = 0;
    private static final int PRICE = 1;
    private static final int STEPS = 2;
    private static final int LEADER_PRICE = 3;
    private static final int LEADER_REWARD = 4;
    private static final int DURATION = 5;
    private static final int PER_ORDER = 6;
    private static final int PER_MEMBER = 7;
    private static final int NEWCOMERS = 8;
    private static final int OVERFULL = 9;
    private static final int LEADER_QUITS = 10;
    private static final int SUBSIDISED = 11;
    private static final int SKUS = 12;

    private static final long JOIN_OTHER = 1;
    private static final long OPEN_NEW = 2;
    private static final int LOOKED_AT = 64;
    private static final long MINUTE_NS = 60 * World.SECOND_NS;
    private static final Group NEW = new Group();

    private final World world;
    private final NaiveCredits credits;
    private NaiveOrders orders;

    NaiveGroupBuys(final World world, final NaiveCredits credits) {
        this.world = world;
        this.credits = credits;
    }

    /** Says who ends orders, which asks this one in turn. */
    void endBy(final NaiveOrders newOrders) {
        orders = newOrders;
    }

    static boolean isSound(final Deed.Define deed) {
        final Map<Integer, Long> given = deed.scalars();
        if (!given.containsKey(SIZE) || !given.containsKey(PRICE)) {
            return false;
        }
        boolean isSound = given.getOrDefault(LEADER_PRICE, 0L) <= given.get(PRICE);
        isSound &= given.getOrDefault(SUBSIDISED, 0L) < given.get(SIZE);
        long size = given.get(SIZE);
        long price = given.get(PRICE);
        for (final List<Long> step : deed.rows().getOrDefault(STEPS, List.of())) {
            isSound &= step.get(0) > size && step.get(1) <= price;
            size = step.get(0);
            price = step.get(1);
        }
        return isSound;
    }

    static boolean follows(final Deed.Define before, final Deed.Define next) {
        boolean follows = before.rows().equals(next.rows());
        for (final int term : List.of(SIZE, PRICE, LEADER_PRICE, LEADER_REWARD)) {
            final long was = before.scalars().getOrDefault(term, -1L);
            follows &= was == next.scalars().getOrDefault(term, -1L);
        }
        return follows;
    }

    @Override
    public String action() {
        return "join";
    }

    @Override
    public Sale begin(final Version version) {
        return new Lobby();
    }

    @Override
    public Seat seat() {
        return new Place();
    }

    @Override
    public long price(final Asked asked) {
        final Deed.Line line = asked.line();
        final Deed.Define terms = asked.version().terms;
        final Lobby lobby = asked.sale() == null ? new Lobby() : (Lobby) asked.sale();
        final Group group = find(lobby, line.group());
        final List<String> skus = terms.lists().getOrDefault(SKUS, List.of());
        refuse(!skus.isEmpty() && !skus.contains(line.sku()), "SKU_NOT_OFFERED");
        if (group != null) {
            refuse(!group.isOpen(), "GROUP_NOT_FORMING");
            refuse(group.active(asked.member()) > 0, "ALREADY_IN_GROUP");
            refuse(group.room() == 0, "GROUP_FULL");
            final boolean isForNewcomers = terms.scalars().getOrDefault(NEWCOMERS, 0L) == 1;
            refuse(isForNewcomers && asked.member().firstPaid != null, "NEWCOMERS_ONLY");
        }
        refuse(line.quantity() > terms.scalars().getOrDefault(PER_ORDER, Long.MAX_VALUE), "PIECES_LIMIT");
        refuse(isAtLimit(terms, lobby, asked.member()), "SEATS_LIMIT");
        final long price = terms.scalars().get(PRICE);
        return (group == null ? terms.scalars().getOrDefault(LEADER_PRICE, price) : price) * line.quantity();
    }

    private static boolean isAtLimit(final Deed.Define terms, final Lobby lobby, final Member member) {
        return lobby.active(member) >= terms.scalars().getOrDefault(PER_MEMBER, Long.MAX_VALUE);
    }

    /** Returns the group of this id, null when none is named. */
    private static Group find(final Lobby lobby, final String id) {
        final Group known = lobby.groups.stream()
                .filter(group -> Names.groupId(group.sequence, group.ordinal).equals(id))
                .findFirst()
                .orElse(null);
        Refusal.when(known == null && !id.isEmpty(), "INSTANCE_UNKNOWN");
        return known;
    }

    @Override
    public Sale place(final Sale sale, final Deed.Line line) {
        return line.group().isEmpty() ? make((Lobby) sale) : find((Lobby) sale, line.group());
    }

    private Group make(final Lobby lobby) {
        final Group group = new Group();
        group.lobby = world.touch(lobby);
        NaiveSales.make(world, group, lobby.campaign);
        lobby.groups.add(group);
        return group;
    }

    @Override
    public void hold(final Seat seat) {
        final Group group = touch(seat);
        if (group.leader == null) {
            final Deed.Define terms = seat.version.terms;
            final List<List<Long>> steps = terms.rows().getOrDefault(STEPS, List.of());
            group.leader = (Place) seat;
            group.size = terms.scalars().get(SIZE);
            group.places =
                    steps.isEmpty() ? group.size : steps.get(steps.size() - 1).get(0);
        }
        if (group.leader == seat) {
            group.state = OPENING;
        }
        seat.state = HELD;
    }

    @Override
    public void paid(final Seat seat) {
        if (seat.state != HELD) {
            return;
        }
        final Group group = touch(seat);
        seat.state = PAID;
        if (group.state == OPENING) {
            group.state = FORMING;
            final long minutes = seat.version.terms.scalars().getOrDefault(DURATION, 1_440L);
            seat.second = world.nowNs + minutes * MINUTE_NS;
            setDeadline(group, Math.max(world.nowNs + 1, Math.min(endsNs(group.campaign.current()), seat.second)));
        }
        count(group);
    }

    /** One more seat counts: enough are a success, and a success that is full is over. */
    private void count(final Group group) {
        if (group.state == FORMING && group.paid() + group.subsidised >= group.size) {
            group.state = SUCCESS;
            walkLater(group);
        }
        if (group.state == SUCCESS && group.isOpen() && group.room() == 0 && group.count(HELD) == 0) {
            close(group);
        }
    }

    private void close(final Group group) {
        group.deadlineNs = 0;
        group.reached = group.paid() + group.subsidised;
        walkLater(group);
    }

    @Override
    public void ended(final Seat seat) {
        if (seat.state == HELD) {
            leave(seat, RELEASED);
        }
    }

    @Override
    public void refunded(final Seat seat, final boolean isDelivered) {
        if (seat.isIn(PAID, SHIPPABLE)) {
            ((Place) seat).isKept = ((Place) seat).group().state == SUCCESS;
            leave(seat, REFUNDED);
        }
    }

    /** Before the success, somebody else leads when the leader goes, or the group is over. */
    private void leave(final Seat seat, final int state) {
        final Group group = touch(seat);
        seat.state = state;
        if (group.leader != seat) {
            return;
        }
        if (group.state == OPENING) {
            group.state = ABANDONED;
        } else if (group.state == FORMING) {
            final boolean isOver = seat.version.terms.scalars().getOrDefault(LEADER_QUITS, 1L) == 2;
            final Seat next = isOver ? null : first(group, first(group, null, HELD), PAID);
            if (next == null) {
                group.state = CANCELLED;
                group.deadlineNs = 0;
                walkLater(group);
            } else {
                group.leader = (Place) next;
            }
        }
    }

    private static Seat first(final Group group, final Seat otherwise, final int state) {
        return group.seats.stream()
                .filter(seat -> seat.state == state)
                .findFirst()
                .orElse(otherwise);
    }

    private void deadline(final Group group) {
        if (group.deadlineNs == 0) {
            return;
        }
        world.touch(group.lobby);
        world.touch(group).deadlineNs = 0;
        final long laterNs = Math.min(endsNs(group.campaign.current()), group.seats.get(0).second);
        if (laterNs > world.nowNs) {
            setDeadline(group, laterNs); // the end of the campaign was moved later
        } else if (group.state == SUCCESS) {
            close(group);
        } else {
            group.state = FAILED_EXPIRED;
            walkLater(group);
        }
    }

    private void setDeadline(final Group group, final long deadlineNs) {
        group.deadlineNs = deadlineNs;
        world.arm(deadlineNs, () -> deadline(group));
    }

    /** Groups that were to end later end with the campaign. */
    @Override
    public void campaignEnds(final Sale sale) {
        final Lobby lobby = (Lobby) sale;
        final long endsNs = endsNs(lobby.campaign.current());
        final boolean wasLater = lobby.campaign.versions.stream().anyMatch(version -> endsNs(version) > endsNs);
        if (wasLater && !lobby.groups.isEmpty() && !lobby.isWalkDue) {
            lobby.isWalkDue = true;
            world.arm(world.nowNs, () -> endAll(lobby));
        }
    }

    private void endAll(final Lobby lobby) {
        lobby.isWalkDue = false;
        for (int i = lobby.groups.size() - 1; i >= 0; i--) {
            if (endsNs(lobby.campaign.current()) <= world.nowNs) {
                deadline(lobby.groups.get(i));
            }
        }
    }

    private static long endsNs(final Version version) {
        return version.terms.endsNs() == 0 ? Long.MAX_VALUE : version.terms.endsNs();
    }

    private void walkLater(final Group group) {
        if (!group.isWalkDue) {
            group.isWalkDue = true;
            world.arm(world.nowNs, () -> walk(group));
        }
    }

    private void walk(final Group group) {
        group.isWalkDue = false;
        for (final Seat seat : List.copyOf(group.seats)) {
            if (!group.isWalkDue) { // else it begins anew
                touch(seat);
                pass(group, seat);
            }
        }
    }

    private void pass(final Group group, final Seat seat) {
        final boolean isOver = group.state != SUCCESS || group.deadlineNs == 0;
        final String code = "group-buy." + (group.state == CANCELLED ? "GROUP_CANCELLED" : "GROUP_ENDED");
        if (seat.state == HELD && isOver) {
            orders.cancel(seat.order, code);
        } else if (seat.state == PAID && group.state != SUCCESS) {
            refunded(seat, false);
            orders.giveBack(seat.order, seat.line, code);
        } else if (seat.state == PAID) {
            seat.state = SHIPPABLE;
        }
        if (seat.state == SHIPPABLE && isOver && seat.first == 0) {
            seat.first = 1;
            final long credit = share(group, seat);
            if (credit > 0 && seat.order.state == OrderState.PAID) {
                credits.credit(seat, credit);
                credits.follow(seat);
            }
        }
    }

    /** What was paid above the price that the group has reached, and what the leader has earned. */
    private static long share(final Group group, final Seat seat) {
        final Map<Integer, Long> terms = seat.version.terms.scalars();
        long price = terms.get(PRICE);
        long reward = terms.getOrDefault(LEADER_REWARD, 0L);
        final long base = reward;
        for (final List<Long> step : seat.version.terms.rows().getOrDefault(STEPS, List.of())) {
            if (step.get(0) <= group.reached) {
                price = step.get(1);
                reward = step.get(2) < 0 ? base : step.get(2);
            }
        }
        return Math.max(0, seat.amount - price * seat.pieces) + (group.leader == seat ? reward : 0);
    }

    @Override
    public boolean mayReturn(final Seat seat) {
        return seat.state == MOVED || route((Place) seat) != null;
    }

    /** Returns where a late payment has its seat, null: nowhere. */
    private Group route(final Place seat) {
        final Group own = seat.group();
        final Lobby lobby = own.lobby;
        final Member member = seat.order.member;
        if (seat.state != RELEASED || isAtLimit(seat.version.terms, lobby, member)) {
            return null;
        }
        final boolean isOnSale = NaiveSales.isOnSale(world, seat);
        if (own.state == ABANDONED && isOnSale || takes(own, member)) {
            return own;
        }
        final long policy = seat.version.terms.scalars().getOrDefault(OVERFULL, 3L);
        if (policy == OPEN_NEW) {
            return isOnSale ? NEW : null;
        }
        final int from = lobby.groups.size() - 1;
        for (int i = from; policy == JOIN_OTHER && i >= 0 && i > from - LOOKED_AT; i--) {
            if (takes(lobby.groups.get(i), member)) {
                return lobby.groups.get(i);
            }
        }
        return null;
    }

    private static boolean takes(final Group group, final Member member) {
        return group.isOpen() && group.room() > 0 && group.active(member) == 0;
    }

    @Override
    public void holdAgain(final Seat seat) {
        final Group group = seat.state == MOVED ? null : route((Place) seat);
        if (group == seat.sale) {
            hold(seat);
        } else if (group != null) {
            touch(seat);
            seat.state = MOVED;
            final Place moved = new Place();
            moved.version = seat.version;
            moved.order = seat.order;
            moved.line = seat.line;
            moved.pieces = seat.pieces;
            moved.amount = seat.amount;
            NaiveSales.sit(world, moved, group == NEW ? make(((Group) seat.sale).lobby) : group);
            hold(moved);
        }
    }

    @Override
    public int actionCount() {
        return 1;
    }

    /** The merchant fills what a forming group lacks. */
    @Override
    public void act(final Deed.Act deed, final Campaign campaign, final Sale known, final Supplier<Sale> opened) {
        Refusal.when(deed.pieces() != null, "ARGUMENT_INVALID");
        Refusal.when(campaign.state == CampaignState.CLOSED, "CAMPAIGN_CLOSED");
        final Group group = find(known == null ? new Lobby() : (Lobby) known, deed.group());
        Refusal.when(group == null, "INSTANCE_UNKNOWN");
        refuse(group.state != FORMING, "GROUP_NOT_FORMING");
        final long lacking = Math.min(group.size - group.paid() - group.subsidised, group.room());
        refuse(lacking <= 0, "NOTHING_TO_COMPLETE");
        final long most = campaign.current().terms.scalars().getOrDefault(SUBSIDISED, 0L);
        refuse(group.subsidised + lacking > most, "SUBSIDY_LIMIT");
        world.touch(group.lobby);
        world.touch(group).subsidised += lacking;
        count(group);
    }

    private Group touch(final Seat seat) {
        world.touch(seat);
        final Group group = ((Place) seat).group();
        world.touch(group.lobby);
        return world.touch(group);
    }

    private static void refuse(final boolean isRefused, final String code) {
        Refusal.when(isRefused, "group-buy." + code);
    }
}
