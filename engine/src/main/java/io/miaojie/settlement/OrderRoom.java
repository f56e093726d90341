package io.miaojie.settlement;

import io.miaojie.settlement.campaign.RewardLines;

/**
 * What the commands about orders share: one collector of effects, one set of lines, the rules over both. Made once.
 *
 * @param lines the lines of the order that is being settled
 */
record OrderRoom(
        Effects effects,
        RewardLines lines,
        GrantMoney money,
        PoolSpending spending,
        Rewards rewards,
        OrderFacts facts,
        Attribution attribution,
        Seats seats,
        Bookings bookings,
        OrderReviews reviews) {
    static OrderRoom of(final State state, final Effects effects) {
        final GrantMoney money = new GrantMoney(state, effects);
        final PoolSpending spending = new PoolSpending(state, effects);
        final Seats seats = new Seats(state, money, effects);
        return new OrderRoom(
                effects,
                new RewardLines(state.orders(), state.orderLines()),
                money,
                spending,
                new Rewards(state, money, effects),
                new OrderFacts(state, money, spending, seats, effects),
                new Attribution(state),
                seats,
                new Bookings(state, seats, effects),
                new OrderReviews(state, money, effects));
    }
}
