package io.miaojie.settlement.kind;

import static io.miaojie.settlement.kind.GroupBuyRoster.ABANDONED;
import static io.miaojie.settlement.kind.GroupBuyRoster.ACTIVE;
import static io.miaojie.settlement.kind.GroupBuyRoster.CANCELLED;
import static io.miaojie.settlement.kind.GroupBuyRoster.FAILED_EXPIRED;
import static io.miaojie.settlement.kind.GroupBuyRoster.FORMING;
import static io.miaojie.settlement.kind.GroupBuyRoster.HELD;
import static io.miaojie.settlement.kind.GroupBuyRoster.HELD_SEATS;
import static io.miaojie.settlement.kind.GroupBuyRoster.LINK;
import static io.miaojie.settlement.kind.GroupBuyRoster.MOVED;
import static io.miaojie.settlement.kind.GroupBuyRoster.OPENING;
import static io.miaojie.settlement.kind.GroupBuyRoster.PAID;
import static io.miaojie.settlement.kind.GroupBuyRoster.PAID_SEATS;
import static io.miaojie.settlement.kind.GroupBuyRoster.REACHED;
import static io.miaojie.settlement.kind.GroupBuyRoster.REFUNDED;
import static io.miaojie.settlement.kind.GroupBuyRoster.REFUNDED_SEATS;
import static io.miaojie.settlement.kind.GroupBuyRoster.RELEASED;
import static io.miaojie.settlement.kind.GroupBuyRoster.SEATS;
import static io.miaojie.settlement.kind.GroupBuyRoster.SUBSIDISED;
import static io.miaojie.settlement.kind.GroupBuyRoster.SUCCEEDED;
import static io.miaojie.settlement.kind.GroupBuyRoster.SUCCEEDED_SEAT;
import static io.miaojie.settlement.kind.GroupBuyRoster.SUCCESS;
import static io.miaojie.settlement.kind.GroupBuyRoster.isOpen;
import static io.miaojie.settlement.kind.GroupBuyRoster.room;
import static io.miaojie.settlement.kind.GroupBuyRoster.successor;
import static io.miaojie.settlement.kind.GroupBuyWords.ALREADY_IN_GROUP;
import static io.miaojie.settlement.kind.GroupBuyWords.DURATION;
import static io.miaojie.settlement.kind.GroupBuyWords.GROUP_CANCELLED;
import static io.miaojie.settlement.kind.GroupBuyWords.GROUP_ENDED;
import static io.miaojie.settlement.kind.GroupBuyWords.GROUP_FULL;
import static io.miaojie.settlement.kind.GroupBuyWords.GROUP_NOT_FORMING;
import static io.miaojie.settlement.kind.GroupBuyWords.LEADER_PRICE;
import static io.miaojie.settlement.kind.GroupBuyWords.LEADER_QUITS;
import static io.miaojie.settlement.kind.GroupBuyWords.LEADER_REWARD;
import static io.miaojie.settlement.kind.GroupBuyWords.NEWCOMERS;
import static io.miaojie.settlement.kind.GroupBuyWords.NEWCOMERS_ONLY;
import static io.miaojie.settlement.kind.GroupBuyWords.NOTHING_TO_COMPLETE;
import static io.miaojie.settlement.kind.GroupBuyWords.OVERFULL;
import static io.miaojie.settlement.kind.GroupBuyWords.PER_MEMBER;
import static io.miaojie.settlement.kind.GroupBuyWords.PER_ORDER;
import static io.miaojie.settlement.kind.GroupBuyWords.PIECES_LIMIT;
import static io.miaojie.settlement.kind.GroupBuyWords.PRICE;
import static io.miaojie.settlement.kind.GroupBuyWords.SEATS_LIMIT;
import static io.miaojie.settlement.kind.GroupBuyWords.SIZE;
import static io.miaojie.settlement.kind.GroupBuyWords.SKUS;
import static io.miaojie.settlement.kind.GroupBuyWords.SKU_NOT_OFFERED;
import static io.miaojie.settlement.kind.GroupBuyWords.STEPS;
import static io.miaojie.settlement.kind.GroupBuyWords.STEP_PRICE;
import static io.miaojie.settlement.kind.GroupBuyWords.STEP_REWARD;
import static io.miaojie.settlement.kind.GroupBuyWords.STEP_SIZE;
import static io.miaojie.settlement.kind.GroupBuyWords.SUBSIDISED_MAX;
import static io.miaojie.settlement.kind.GroupBuyWords.SUBSIDY_LIMIT;

import io.miaojie.settlement.campaign.Consequence;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.campaign.Seat;
import io.miaojie.settlement.campaign.Terms;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.ResultCode;

/**
 * Group buy (拼团): a member opens a group with an order, others join it with theirs. A seat is held by the order and
 * confirmed by its payment, {@code paid + held} never pass the seats. Enough paid seats are a success; at the deadline,
 * which counts from the leader's payment, a group without it fails and every order of it is given back.
 *
 * <p>The campaign's own group counts over all of its groups. Register {@code LINK} holds the leader's entry + 1 in the
 * high half and the group opened before + 1 in the low; of the campaign's own, the newest group + 1. The first number
 * of an entry is 1 once the closing of its group has been settled with it; the second, of who opened the group, until
 * when it may form.
 */
public final class GroupBuy implements SaleKind {
    private static final int JOIN_OTHER = 1;
    private static final int OPEN_NEW = 2;
    private static final int CANCEL = 2;
    private static final int NOWHERE = -2;

    private static final int MINUTES_DEFAULT = 24 * 60;
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long LOW_HALF = 0xFFFF_FFFFL;

    /** So many groups back a late payment looks for one that has a seat. */
    private static final int OTHERS_MAX = 64;

    @Override
    public KindDescriptor descriptor() {
        return GroupBuyWords.DESCRIPTOR;
    }

    /** A ladder rises in size and falls in price; the merchant can't fill a group all by itself. */
    @Override
    public boolean isSound(final Terms terms) {
        boolean isSound = terms.has(SIZE) && terms.has(PRICE);
        isSound &= !terms.has(LEADER_PRICE) || terms.scalar(LEADER_PRICE) <= terms.scalar(PRICE);
        isSound &= !terms.has(SUBSIDISED_MAX) || terms.scalar(SUBSIDISED_MAX) < terms.scalar(SIZE);
        long size = terms.scalar(SIZE);
        long price = terms.scalar(PRICE);
        for (int step = 0; step < terms.rowCount(STEPS); step++) {
            isSound &= terms.cell(STEPS, step, STEP_SIZE) > size && terms.cell(STEPS, step, STEP_PRICE) <= price;
            size = terms.cell(STEPS, step, STEP_SIZE);
            price = terms.cell(STEPS, step, STEP_PRICE);
        }
        return isSound;
    }

    /** Groups live through several versions: what makes them a success, and what their seats cost, stays. */
    @Override
    public boolean follows(final Terms before, final Terms after) {
        boolean follows = before.rowCount(STEPS) == after.rowCount(STEPS);
        for (int term = SIZE; term <= LEADER_REWARD; term++) {
            follows &= term == STEPS || before.scalar(term) == after.scalar(term);
        }
        for (int step = 0; follows && step < after.rowCount(STEPS); step++) {
            for (int column = STEP_SIZE; column <= STEP_REWARD; column++) {
                follows &= before.cell(STEPS, step, column) == after.cell(STEPS, step, column);
            }
        }
        return follows;
    }

    @Override
    public long opening(final Terms terms, final int register) {
        return 0;
    }

    @Override
    public int owner(final Rosters rosters, final int group) {
        return (int) (rosters.register(group, LINK) >>> Integer.SIZE) - 1;
    }

    /**
     * Says {@code SKU_NOT_OFFERED}; of who joins, {@code GROUP_NOT_FORMING}, {@code ALREADY_IN_GROUP},
     * {@code GROUP_FULL}, {@code NEWCOMERS_ONLY}; then {@code PIECES_LIMIT}, {@code SEATS_LIMIT}.
     */
    @Override
    public int admit(final Seat seat) {
        final Terms terms = seat.terms();
        if (!terms.admits(SKUS, seat.sku())) {
            return SKU_NOT_OFFERED;
        }
        if (seat.group() >= 0) {
            if (!isOpen(seat.rosters(), seat.group())) {
                return GROUP_NOT_FORMING;
            }
            if (seat.standing(ACTIVE) > 0) {
                return ALREADY_IN_GROUP;
            }
            if (room(seat.rosters(), seat.group()) == 0) {
                return GROUP_FULL;
            }
            if (terms.has(NEWCOMERS) && terms.scalar(NEWCOMERS) == 1 && !seat.isNewcomer()) {
                return NEWCOMERS_ONLY;
            }
        }
        if (terms.has(PER_ORDER) && seat.pieces() > terms.scalar(PER_ORDER)) {
            return PIECES_LIMIT;
        }
        return exceedsMember(seat) ? SEATS_LIMIT : 0;
    }

    @Override
    public long unitPriceMinor(final Seat seat) {
        final boolean leads = seat.group() < 0 && seat.terms().has(LEADER_PRICE);
        return seat.terms().scalar(leads ? LEADER_PRICE : PRICE);
    }

    @Override
    public void onOrder(final Seat seat) {
        if (seat.state() == MOVED) {
            return;
        }
        final Rosters rosters = seat.rosters();
        final int group = seat.group();
        if (rosters.groupState(group) == 0) {
            open(seat);
        } else if (rosters.groupState(group) == ABANDONED) {
            rosters.setGroupState(group, OPENING);
        }
        seat.setState(HELD);
        seat.raiseBoth(HELD_SEATS, 1);
        stand(seat, 1);
    }

    @Override
    public void onPaid(final Seat seat) {
        if (seat.state() != HELD) {
            return;
        }
        seat.setState(PAID);
        seat.raiseBoth(HELD_SEATS, -1);
        seat.raiseBoth(PAID_SEATS, 1);
        final Rosters rosters = seat.rosters();
        if (rosters.groupState(seat.group()) == OPENING) {
            rosters.setGroupState(seat.group(), FORMING);
            begin(seat);
        }
        settle(seat);
    }

    @Override
    public void onEnded(final Seat seat) {
        if (seat.state() == HELD) {
            seat.setState(RELEASED);
            seat.raiseBoth(HELD_SEATS, -1);
            leave(seat);
        }
    }

    /** Before the success, who is refunded leaves the seat; after it, the seat stays taken and the group a success. */
    @Override
    public void onRefunded(final Seat seat) {
        if (seat.state() == PAID || seat.state() == SUCCEEDED_SEAT) {
            seat.setState(REFUNDED);
            seat.raiseBoth(PAID_SEATS, -1);
            if (seat.rosters().groupState(seat.group()) == SUCCESS) {
                seat.raiseBoth(REFUNDED_SEATS, 1);
            }
            leave(seat);
        }
    }

    @Override
    public int readmit(final Seat seat) {
        return seat.state() == MOVED || route(seat) != NOWHERE ? 0 : GROUP_FULL;
    }

    /** Back into its own group; if that takes nobody any more, where the terms say. */
    @Override
    public int route(final Seat seat) {
        final Rosters rosters = seat.rosters();
        if (seat.state() == MOVED) {
            return seat.group();
        }
        if (seat.state() != RELEASED || exceedsMember(seat)) {
            return NOWHERE;
        }
        final boolean isAbandoned = rosters.groupState(seat.group()) == ABANDONED;
        if (isAbandoned && seat.isOnSale() || takes(seat, seat.group())) {
            return seat.group();
        }
        final long policy = seat.terms().scalar(OVERFULL);
        if (policy == OPEN_NEW && seat.isOnSale()) {
            return SaleKind.NEW_GROUP;
        }
        return policy == JOIN_OTHER ? other(seat) : NOWHERE;
    }

    @Override
    public void onMoved(final Seat seat) {
        seat.setState(MOVED);
    }

    /** Says {@code INSTANCE_UNKNOWN}, {@code GROUP_NOT_FORMING}, {@code NOTHING_TO_COMPLETE}, {@code SUBSIDY_LIMIT}. */
    @Override
    public int decide(final Seat seat, final int action, final long[] arguments) {
        if (seat.group() < 0) {
            return ResultCode.INSTANCE_UNKNOWN.number();
        }
        if (seat.rosters().groupState(seat.group()) != FORMING) {
            return GROUP_NOT_FORMING;
        }
        final long lacking = lacking(seat);
        if (lacking == 0) {
            return NOTHING_TO_COMPLETE;
        }
        final Terms terms = seat.terms();
        final long most = terms.has(SUBSIDISED_MAX) ? terms.scalar(SUBSIDISED_MAX) : 0;
        return seat.register(SUBSIDISED) + lacking > most ? SUBSIDY_LIMIT : 0;
    }

    @Override
    public void act(final Seat seat, final int action, final long[] arguments) {
        seat.raiseBoth(SUBSIDISED, lacking(seat));
        settle(seat);
    }

    /** The end of the campaign ends its groups: those whose deadline was set by a later one, too. */
    @Override
    public void onCampaignEnd(final Seat seat) {
        if (seat.endsEarlierThanSaid()) {
            seat.beginGroupWalk(groupBefore(seat.rosters(), seat.group()));
        }
    }

    /** Of the campaign's own group: the newest. */
    @Override
    public int groupBefore(final Rosters rosters, final int group) {
        return (int) (rosters.register(group, LINK) & LOW_HALF) - 1;
    }

    @Override
    public void onGroupWalk(final Seat seat) {
        if (seat.deadlineNs() > 0 && seat.endsAtNs() <= seat.nowNs()) {
            seat.setDeadline(0);
            onDeadline(seat);
        }
    }

    @Override
    public void onDeadline(final Seat seat) {
        final Rosters rosters = seat.rosters();
        final int state = rosters.groupState(seat.group());
        final long deadlineNs = Math.min(seat.endsAtNs(), rosters.second(rosters.firstEntry(seat.group())));
        if (deadlineNs > seat.nowNs() && (state == FORMING || state == SUCCESS)) { // the end was moved later
            seat.setDeadline(deadlineNs);
        } else if (state == FORMING) {
            rosters.setGroupState(seat.group(), FAILED_EXPIRED);
            seat.beginWalk();
        } else if (state == SUCCESS) {
            close(seat);
        }
    }

    @Override
    public void onWalk(final Seat seat, final Consequence consequence) {
        final Rosters rosters = seat.rosters();
        final int groupState = rosters.groupState(seat.group());
        final boolean isSuccess = groupState == SUCCESS;
        final boolean isOver = !isSuccess || rosters.deadlineNs(seat.group()) == 0;
        final int code = groupState == CANCELLED ? GROUP_CANCELLED : GROUP_ENDED;
        if (seat.state() == HELD && isOver) {
            consequence.end(code);
        } else if (seat.state() == PAID && !isSuccess) {
            onRefunded(seat);
            consequence.end(code);
        } else if (seat.state() == PAID) {
            seat.setState(SUCCEEDED_SEAT);
        }
        if (seat.state() == SUCCEEDED_SEAT && isOver && rosters.first(seat.entry()) == 0) {
            rosters.setFirst(seat.entry(), 1);
            consequence.credit(differenceMinor(seat) + rewardMinor(seat));
        }
    }

    @Override
    public String violation(final Terms terms, final Rosters rosters, final int group) {
        return GroupBuyRoster.violation(rosters, group);
    }

    /** A group is made by its leader's order. */
    private static void open(final Seat seat) {
        final Rosters rosters = seat.rosters();
        final int group = seat.group();
        final int steps = seat.terms().rowCount(STEPS);
        rosters.setGroupState(group, OPENING);
        seat.raiseBoth(
                SEATS, steps == 0 ? seat.terms().scalar(SIZE) : seat.terms().cell(STEPS, steps - 1, STEP_SIZE));
        rosters.setRegister(group, LINK, (seat.entry() + 1L) << Integer.SIZE | rosters.register(seat.own(), LINK));
        rosters.setRegister(seat.own(), LINK, group + 1L);
    }

    /** Draws what follows from one more seat that counts. */
    private static void settle(final Seat seat) {
        final Rosters rosters = seat.rosters();
        final boolean isSuccess = rosters.groupState(seat.group()) == FORMING
                && seat.register(PAID_SEATS) + seat.register(SUBSIDISED)
                        >= seat.terms().scalar(SIZE);
        if (isSuccess) {
            rosters.setGroupState(seat.group(), SUCCESS);
            seat.raiseBoth(SUCCEEDED, 1);
            seat.beginWalk();
        }
        final boolean isFull = room(rosters, seat.group()) == 0 && seat.register(HELD_SEATS) == 0;
        if (rosters.groupState(seat.group()) == SUCCESS && isOpen(rosters, seat.group()) && isFull) {
            close(seat);
        }
    }

    /** Nobody joins a success any more: what its seats cost, and what the leader earns, is settled. */
    private static void close(final Seat seat) {
        seat.setDeadline(0);
        seat.raiseBoth(REACHED, seat.register(PAID_SEATS) + seat.register(SUBSIDISED));
        seat.beginWalk();
    }

    /** A seat is given up; when it was the leader's, the next in order leads, or the group is cancelled. */
    private void leave(final Seat seat) {
        stand(seat, -1);
        final Rosters rosters = seat.rosters();
        final int group = seat.group();
        if (owner(rosters, group) != seat.entry()) {
            return;
        }
        if (rosters.groupState(group) == OPENING) {
            rosters.setGroupState(group, ABANDONED);
        } else if (rosters.groupState(group) == FORMING) {
            final boolean isCancelled =
                    seat.terms().has(LEADER_QUITS) && seat.terms().scalar(LEADER_QUITS) == CANCEL;
            final int next = isCancelled ? -1 : successor(rosters, group);
            if (next < 0) {
                rosters.setGroupState(group, CANCELLED);
                seat.setDeadline(0);
                seat.beginWalk();
            } else {
                final long before = rosters.register(group, LINK) & LOW_HALF;
                rosters.setRegister(group, LINK, (next + 1L) << Integer.SIZE | before);
            }
        }
    }

    /** Returns the newest of the other groups that takes the seat, within bounds. */
    private int other(final Seat seat) {
        final Rosters rosters = seat.rosters();
        int group = groupBefore(rosters, seat.own());
        for (int i = 0; i < OTHERS_MAX && group >= 0; i++) {
            if (takes(seat, group)) {
                return group;
            }
            group = groupBefore(rosters, group);
        }
        return NOWHERE;
    }

    private static boolean takes(final Seat seat, final int group) {
        final Rosters rosters = seat.rosters();
        return isOpen(rosters, group)
                && room(rosters, group) > 0
                && rosters.standing(rosters.findStanding(group, seat.member()), ACTIVE) == 0;
    }

    /** Returns how many seats the merchant would fill: what the size lacks, as far as nobody holds them. */
    private static long lacking(final Seat seat) {
        final long counted = seat.register(PAID_SEATS) + seat.register(SUBSIDISED);
        final long lacking = seat.terms().scalar(SIZE) - counted;
        return Math.max(0, Math.min(lacking, room(seat.rosters(), seat.group())));
    }

    private static void stand(final Seat seat, final int by) {
        seat.setStanding(ACTIVE, seat.standing(ACTIVE) + by);
        seat.setOwnStanding(ACTIVE, seat.ownStanding(ACTIVE) + by);
    }

    private static boolean exceedsMember(final Seat seat) {
        final Terms terms = seat.terms();
        return terms.has(PER_MEMBER) && seat.ownStanding(ACTIVE) + 1 > terms.scalar(PER_MEMBER);
    }

    /** The leader has paid: from now on it counts. The leader's entry keeps until when, should no end cut it short. */
    private static void begin(final Seat seat) {
        final long minutes = seat.terms().has(DURATION) ? seat.terms().scalar(DURATION) : MINUTES_DEFAULT;
        final long wholeNs = seat.nowNs() + minutes * MINUTE_NS;
        seat.rosters().setSecond(seat.entry(), wholeNs);
        seat.setDeadline(Math.max(seat.nowNs() + 1, Math.min(seat.endsAtNs(), wholeNs)));
    }

    /** Returns the best step that the group has reached, -1: none of the ladder. */
    private static int step(final Seat seat) {
        int step = seat.terms().rowCount(STEPS) - 1;
        while (step >= 0 && seat.terms().cell(STEPS, step, STEP_SIZE) > seat.register(REACHED)) {
            step--;
        }
        return step;
    }

    /** Returns what was paid above the price that the group has reached. */
    private static long differenceMinor(final Seat seat) {
        final int step = step(seat);
        final long price = step < 0 ? seat.terms().scalar(PRICE) : seat.terms().cell(STEPS, step, STEP_PRICE);
        return Math.max(0, seat.rosters().amountMinor(seat.entry()) - price * seat.pieces());
    }

    private long rewardMinor(final Seat seat) {
        if (owner(seat.rosters(), seat.group()) != seat.entry()) {
            return 0;
        }
        final Terms terms = seat.terms();
        final int step = step(seat);
        final long ofStep = step < 0 ? Terms.ABSENT : terms.cell(STEPS, step, STEP_REWARD);
        final long base = terms.has(LEADER_REWARD) ? terms.scalar(LEADER_REWARD) : 0;
        return ofStep == Terms.ABSENT ? base : ofStep;
    }
}
