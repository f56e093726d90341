package io.miaojie.settlement.campaign;

import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Merchant;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.codec.CampaignState;

/**
 * One line of an order in a campaign, as its kind may know it: the terms, the group, the member, what the line asks
 * for, and the time of the record. A reused view that the engine moves. Units: minor, pieces, epoch nanoseconds.
 */
public final class Seat {
    private final Rosters rosters;
    private final Members members;
    private final GroupTimers timers;
    private final Slice sku = new Slice();
    private final Slice memberId = new Slice();
    private CampaignVersion version;
    private Merchant merchant;
    private long nowNs;
    private int group;
    private int member;
    private int pieces;
    private int entry;
    private int standing;
    private int parent;
    private boolean isAlone;
    private int ownStanding;
    private boolean isDelivered;

    /** Makes a view over these tables. */
    public Seat(final Rosters newRosters, final Members newMembers, final GroupTimers newTimers) {
        rosters = newRosters;
        timers = newTimers;
        members = newMembers;
    }

    /**
     * Moves the view to a line that asks for a seat, or to a whole campaign.
     *
     * @param newGroup -1: it is not made yet
     * @param newMember -1: nobody
     */
    public Seat ask(
            final CampaignVersion newVersion,
            final Merchant newMerchant,
            final int newGroup,
            final int newMember,
            final int newPieces,
            final long newNowNs) {
        version = newVersion;
        merchant = newMerchant;
        group = newGroup;
        member = newMember;
        pieces = newPieces;
        nowNs = newNowNs;
        entry = -1;
        parent = -1;
        isAlone = false;
        isDelivered = false;
        standing = group < 0 || member < 0 ? -1 : rosters.findStanding(group, member);
        ownStanding = own() < 0 || member < 0 || own() == group ? standing : rosters.findStanding(own(), member);
        return this;
    }

    /** Moves the view to a line's sku. */
    public void setSku(final Slice newSku) {
        sku.wrap(newSku.buffer(), newSku.offset(), newSku.length());
    }

    /** Says whether the order that asks has no other line, and spends no pool money. */
    public void setAlone(final boolean newIsAlone) {
        isAlone = newIsAlone;
    }

    /** Says who brought the member, as the order has it; -1: nobody. */
    public void setParent(final int newParent) {
        parent = newParent;
    }

    /** Moves the view to an entry. */
    public Seat take(
            final CampaignVersion newVersion,
            final Merchant newMerchant,
            final int newEntry,
            final boolean newIsDelivered,
            final long newNowNs) {
        ask(
                newVersion,
                newMerchant,
                rosters.group(newEntry),
                rosters.member(newEntry),
                rosters.pieces(newEntry),
                newNowNs);
        entry = newEntry;
        isDelivered = newIsDelivered;
        return this;
    }

    public Rosters rosters() {
        return rosters;
    }

    /** Returns the terms that it is taken under: those in force when it was asked for. */
    public Terms terms() {
        return version.definition().terms();
    }

    /** Tells whether the campaign still sells: not closed, and before its end. */
    public boolean isOnSale() {
        return version.campaign().state() != CampaignState.CLOSED
                && !version.campaign().current().definition().hasEnded(nowNs);
    }

    /** Returns when the campaign starts, 0: it always did. */
    public long startsAtNs() {
        return version.definition().startsAtNs();
    }

    /** Tells whether the order that asks has no other line, and spends no pool money. */
    public boolean isAlone() {
        return isAlone;
    }

    /** Returns the group; there is one once anything was held. */
    public int group() {
        return group;
    }

    /** Returns a register of the group, or what it will begin with. */
    public long register(final int register) {
        return group < 0
                ? ((SaleKind) version.definition().kind()).opening(terms(), register)
                : rosters.register(group, register);
    }

    /** Returns the campaign's own group; there is one once anything was held. */
    public int own() {
        return version.campaign().group();
    }

    public int member() {
        return member;
    }

    /** Tells whether the member has never paid for an order of the merchant. */
    public boolean isNewcomer() {
        return members.firstPaidOrder(member) < 0;
    }

    /** Returns when the campaign ends, {@code Long.MAX_VALUE}: never. */
    public long endsAtNs() {
        final long endsAtNs = version.campaign().current().definition().endsAtNs();
        return endsAtNs == 0 ? Long.MAX_VALUE : endsAtNs;
    }

    public Slice memberId() {
        return members.id(member, memberId);
    }

    /** Returns the grade of the member, 0: none was said. */
    public int memberGrade() {
        return members.grade(member);
    }

    public Slice sku() {
        return sku;
    }

    public int pieces() {
        return pieces;
    }

    public int entry() {
        return entry;
    }

    public int state() {
        return rosters.state(entry);
    }

    public void setState(final int state) {
        rosters.setState(entry, state);
    }

    /** Returns what the entry's line costs. */
    public long amountMinor() {
        return rosters.amountMinor(entry);
    }

    /** Returns the state of the group, 0 before it is made. */
    public int groupState() {
        return group < 0 ? 0 : rosters.groupState(group);
    }

    public void setGroupState(final int state) {
        rosters.setGroupState(group, state);
    }

    /** Adds to a register of the group. */
    public void raise(final int register, final long by) {
        rosters.raise(group, register, by);
    }

    /** Adds to a register of the group and to that of the campaign's own. */
    public void raiseBoth(final int register, final long by) {
        rosters.raise(group, register, by);
        rosters.raise(own(), register, by);
    }

    /** Returns a register of what the member has in the campaign's own group, 0 when it has nothing. */
    public long ownStanding(final int register) {
        return rosters.standing(ownStanding, register);
    }

    /** Sets a register of what the member has in the campaign's own group, of a seat that has its entry. */
    public void setOwnStanding(final int register, final long value) {
        rosters.setStanding(ownStanding, register, value);
    }

    /** Returns a register of what the member has in the group, 0 when it has nothing. */
    public long standing(final int register) {
        return rosters.standing(standing, register);
    }

    /** Sets a register of what the member has, of a seat that has its entry. */
    public void setStanding(final int register, final long value) {
        rosters.setStanding(standing, register, value);
    }

    /** Adds to a register of what the member's parent has in the group, if somebody brought the member. */
    public void raiseParent(final int register, final long by) {
        final int row = parent < 0 ? -1 : rosters.findStanding(group, parent);
        if (row >= 0) {
            rosters.setStanding(row, register, rosters.standing(row, register) + by);
        }
    }

    /** Returns when the group's kind is to be told, epoch nanoseconds; 0: never. */
    public long deadlineNs() {
        return rosters.deadlineNs(group);
    }

    /**
     * Sets when the group's kind is to be told, instead of any instant that was set; 0: never.
     *
     * @param deadlineNs epoch nanoseconds; while one is set, or one that was taken back has not passed, not before it
     */
    public void setDeadline(final long deadlineNs) {
        timers.setDeadline(group, deadlineNs);
    }

    /** Begins a walk over all entries of the group, in slices, from now on; one that is under way begins anew. */
    public void beginWalk() {
        timers.beginWalk(group, nowNs);
    }

    /** Begins a walk over the groups that orders have opened, from this one on; the seat is of the campaign's own. */
    public void beginGroupWalk(final int first) {
        timers.beginGroupWalk(group, first, nowNs);
    }

    /** Tells whether an earlier version of the campaign was to end later than the one in force. */
    public boolean endsEarlierThanSaid() {
        return version.campaign().latestEndNs() > endsAtNs();
    }

    /** Tells whether goods of the order were received. */
    public boolean isDelivered() {
        return isDelivered;
    }

    public long nowNs() {
        return nowNs;
    }

    /** Returns the merchant's business day of the record. */
    public int day() {
        return merchant.day(nowNs);
    }

    /** Returns the minute of that day, from 0. */
    public int minuteOfDay() {
        return merchant.minuteOfDay(nowNs);
    }
}
