package io.miaojie.simulation;

import io.miaojie.simulation.NaiveSales.Sale;
import io.miaojie.simulation.NaiveSales.Seat;
import io.miaojie.simulation.World.Campaign;
import io.miaojie.simulation.World.Member;
import io.miaojie.simulation.World.Version;
import java.util.function.Supplier;

/** What a kind of campaign that sells makes of lines of orders, in the naive model. */
interface NaiveSaleKind {
    /**
     * A line that asks for a seat.
     *
     * @param sale what the campaign has sold, null: nothing yet
     * @param isAlone whether its order has no other line, and spends no pool money
     */
    record Asked(Version version, Sale sale, Member member, Deed.Line line, boolean isAlone) {}

    /** Returns what a line says that takes part. */
    String action();

    /** Returns what a campaign has sold before it has sold anything. */
    Sale begin(Version version);

    /** Returns a seat of nobody. */
    Seat seat();

    /** Returns the price of the line, unless it is refused. */
    long price(Asked asked);

    /** Returns where a line that was priced has its seat. */
    default Sale place(final Sale sale, final Deed.Line line) {
        return sale;
    }

    /** The seat is there, and its order awaits its payment. */
    void hold(Seat seat);

    /** Returns the deposit that the seat asks for, 0: none. */
    default long deposit(final Seat seat) {
        return 0;
    }

    /** Tells whether what was captured for the seat, whose order has ended, is the merchant's. */
    default boolean forfeits(final Seat seat) {
        return false;
    }

    /** Tells whether what the seat was credited stays, whatever is refunded. */
    default boolean keepsCredit(final Seat seat) {
        return false;
    }

    default void deposited(final Seat seat) {}

    void paid(Seat seat);

    void ended(Seat seat);

    /** All that was paid for the line is refunded. */
    void refunded(Seat seat, boolean isDelivered);

    /** Tells whether a seat whose order has expired may be held again. */
    boolean mayReturn(Seat seat);

    void holdAgain(Seat seat);

    /** A payment has reached the order of the seat. */
    default void settleAtPayment(final Seat seat) {}

    /** The campaign, which somebody has taken part in, has come to its end. */
    default void campaignEnds(final Sale sale) {}

    /** Returns how many actions an operator may ask for, numbered from 1. */
    int actionCount();

    /**
     * Carries out what an operator asks for.
     *
     * @param known what the campaign has sold, null: nothing yet
     * @param opened makes that if need be
     */
    void act(Deed.Act deed, Campaign campaign, Sale known, Supplier<Sale> opened);
}
