package io.miaojie.settlement;

import io.miaojie.settlement.campaign.Payment;
import io.miaojie.settlement.part.Identities;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Orders;
import io.miaojie.settlement.part.Payers;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import java.nio.ByteOrder;

/**
 * Whom a payment earns for: the member of its order, else the member it names, else whoever the payer is (支付即会员).
 * Members that are named for the first time are made.
 */
final class Buyer {
    private static final int NOBODY = -1;
    private static final int PAYER_LENGTH = 16;

    private final Members members;
    private final Identities identities;
    private final Payers payers;
    private final Orders orders;
    private int owner;
    private int member;
    private boolean namesMember;
    private boolean namesPayer;

    Buyer(final State state) {
        this.members = state.members();
        this.identities = state.identities();
        this.payers = new Payers(state.members(), state.identities());
        this.orders = state.orders();
    }

    /**
     * Looks up.
     *
     * @param order -1: the payment makes it
     * @return whether the payment names another than the order's member
     */
    boolean lookUp(final int merchant, final int order, final Payment payment) {
        final Slice id = payment.checkout().memberId();
        owner = order < 0 ? NOBODY : orders.member(order);
        namesMember = !id.isEmpty();
        namesPayer = !namesMember && payment.payer().length() == PAYER_LENGTH;
        int named = NOBODY;
        if (namesMember) {
            named = members.find(merchant, id);
        } else if (namesPayer) {
            named = payers.find(merchant, low(payment), high(payment));
        }
        member = owner < 0 ? named : owner;
        return owner >= 0 && (namesMember || namesPayer) && named != owner;
    }

    /** Returns the member, -1: nobody, or one that is not made yet. */
    int member() {
        return member;
    }

    boolean isKnown() {
        return member >= 0;
    }

    /** Tells whether the payment makes the member. */
    boolean isNew() {
        return member < 0 && (namesMember || namesPayer);
    }

    /** Tells whether the order has a member now and had none before. */
    boolean isFirst() {
        return owner < 0 && (isKnown() || isNew());
    }

    /** Tells whether the command names the member by its id. */
    boolean isNamed() {
        return namesMember && owner < 0;
    }

    /** Returns {@code MEMBERS_FULL}, {@code IDENTITIES_FULL}, {@code OK}. */
    ResultCode firstFull() {
        if (isNew() && members.room() == 0) {
            return ResultCode.MEMBERS_FULL;
        }
        return isNew() && namesPayer && identities.room() == 0 ? ResultCode.IDENTITIES_FULL : ResultCode.OK;
    }

    /** Makes the member. */
    int make(final int merchant, final Payment payment, final long sequence) {
        return namesMember
                ? members.add(merchant, payment.checkout().memberId())
                : payers.make(merchant, sequence, low(payment), high(payment));
    }

    private static long low(final Payment payment) {
        return payment.payer().buffer().getLong(payment.payer().offset(), ByteOrder.LITTLE_ENDIAN);
    }

    private static long high(final Payment payment) {
        return payment.payer().buffer().getLong(payment.payer().offset() + Long.BYTES, ByteOrder.LITTLE_ENDIAN);
    }
}
