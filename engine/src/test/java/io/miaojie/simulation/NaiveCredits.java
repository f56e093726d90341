package io.miaojie.simulation;

import io.miaojie.simulation.World.Grant;
import io.miaojie.simulation.World.Order;
import io.miaojie.simulation.World.OrderLine;
import io.miaojie.wire.codec.OrderState;

/** What campaigns that sell credit to the pools of buyers: one grant for a seat. */
final class NaiveCredits {
    private final World world;
    private final NaiveGrants grants;
    private final NaiveRewards rewards;
    private final NaiveClaws claws;

    NaiveCredits(final World world, final NaiveGrants grants, final NaiveRewards rewards, final NaiveClaws claws) {
        this.world = world;
        this.grants = grants;
        this.rewards = rewards;
        this.claws = claws;
    }

    /** A grant of the order in the seat's version, within budgets. */
    void credit(final NaiveSales.Seat seat, final long amount) {
        final Order order = seat.order;
        rewards.beginOne(order.member, seat.version);
        final Grant known = NaiveGrants.find(order, seat.version, 0);
        final String code = rewards.budget(seat.version, order.member, known == null, amount, world.nowNs);
        if (code.equals("OK")) {
            final Grant grant = known == null ? grants.make(order, seat.version, order.member, 0) : known;
            grants.credit(grant, amount);
            rewards.count(seat.version, order.member, known == null, amount, world.nowNs);
        } else {
            world.skips.add(NaiveRewards.skip(seat.version, 0, code));
        }
    }

    /** What refunds have taken of the line is clawed of what was credited for it, in proportion. */
    void follow(final NaiveSales.Seat seat) {
        final Grant grant = NaiveGrants.find(seat.order, seat.version, 0);
        if (grant == null) {
            return;
        }
        final OrderLine line = seat.line;
        final long net = NaiveNet.net(seat.order)[seat.order.lines.indexOf(line)];
        final long whole = seat.order.state == OrderState.REFUNDED ? 0 : grant.credited;
        claws.bring(grant, grant.credited - (line.due == 0 ? whole : Sums.part(grant.credited, net, line.due)));
    }
}
