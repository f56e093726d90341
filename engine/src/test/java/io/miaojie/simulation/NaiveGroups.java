package io.miaojie.simulation;

import io.miaojie.simulation.NaiveSales.Sale;
import io.miaojie.simulation.NaiveSales.Seat;
import io.miaojie.simulation.World.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the naive model remembers of group buys; every figure is counted from the seats. */
final class NaiveGroups {
    static final int OPENING = 1;
    static final int FORMING = 2;
    static final int SUCCESS = 3;
    static final int FAILED_EXPIRED = 4;
    static final int CANCELLED = 5;
    static final int ABANDONED = 6;

    static final int HELD = 1;
    static final int PAID = 2;
    static final int RELEASED = 3;
    static final int SHIPPABLE = 4;
    static final int REFUNDED = 5;
    static final int MOVED = 6;

    /** All groups of a campaign together. */
    static final class Lobby extends Sale {
        final List<Group> groups = new ArrayList<>();
        boolean isWalkDue;

        private long sum(final ToLongFunction<Group> figure) {
            return groups.stream().mapToLong(figure).sum();
        }

        long active(final Member member) {
            return sum(group -> group.active(member));
        }

        @Override
        public String told() {
            final long newest = groups.isEmpty() ? 0 : groups.get(groups.size() - 1).index + 1L;
            return "0 " + sum(group -> group.places) + " " + sum(group -> group.count(HELD)) + " "
                    + sum(Group::paid) + " " + sum(group -> group.subsidised) + " " + sum(Group::refunded) + " "
                    + sum(Group::success) + " " + sum(group -> group.reached) + " " + newest;
        }
    }

    /** One group. */
    static final class Group extends Sale {
        Lobby lobby;
        Place leader;
        int state;
        long size;
        long places;
        long subsidised;
        long reached;
        long deadlineNs;
        boolean isWalkDue;

        boolean isOpen() {
            return state == FORMING || state == SUCCESS && deadlineNs > 0;
        }

        /** Tells whether others have paid beside the leader, and more are needed. */
        boolean isLed() {
            return state == FORMING && leader.state == PAID && count(PAID) > 1;
        }

        /** Tells whether all seats are taken, and not all of them paid. */
        boolean isWaiting() {
            return state == FORMING && room() == 0;
        }

        long room() {
            return places - count(HELD) - paid() - subsidised - refunded();
        }

        long paid() {
            return count(PAID, SHIPPABLE);
        }

        long refunded() {
            return seats.stream().filter(seat -> ((Place) seat).isKept).count();
        }

        private long success() {
            return state == SUCCESS ? 1 : 0;
        }

        long active(final Member member) {
            return seats.stream()
                    .filter(seat -> seat.order.member == member && seat.isIn(HELD, PAID, SHIPPABLE))
                    .count();
        }

        @Override
        public String told() {
            final int place = lobby.groups.indexOf(this);
            final long before = place == 0 ? 0 : lobby.groups.get(place - 1).index + 1L;
            return state + " " + places + " " + count(HELD) + " " + paid() + " " + subsidised + " " + refunded() + " "
                    + success() + " " + reached + " " + ((leader.index + 1L << Integer.SIZE) + before) + " until="
                    + deadlineNs + " by=" + leader.order.member.index + " " + leader.order.member.id;
        }
    }

    /** One seat of a group. */
    static final class Place extends Seat {
        /** It was refunded after the success, and stays taken. */
        boolean isKept;

        Group group() {
            return (Group) sale;
        }
    }

    private NaiveGroups() {}
}
