package io.miaojie.projection;

import io.miaojie.support.GivenIds;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;
import io.miaojie.wire.IdSource;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AfterSaleState;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.PaymentStatus;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.RefundResult;
import io.miaojie.wire.codec.WithdrawalState;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One story with every command that moves money or members, made up by hand: Anna buys, is refunded, withdraws and
 * owes; Ben is brought by her, pays too late, and is refunded before he pays.
 */
final class MoneyStory {
    private static final int MADE = EffectsWriter.MEMBER_MADE;
    private static final int BOUND = EffectsWriter.MEMBER_BOUND;
    private static final int ANNA = 0;
    private static final int BEN = 1;
    private static final int DIRECT = 0;
    private static final int PLACED = 1;
    private static final int LATE = 2;
    private static final int PARKED = 3;
    private static final int OWED = 4;
    private static final int CANCELLED = 5;
    private static final int PAUSED = 1;
    private static final int DELIVERED = 2;

    private final Facts facts;

    private MoneyStory(final History history) {
        this.facts = new Facts(history);
    }

    /** Writes it behind the four records of {@link History#open}, and commits. */
    static void write(final History history) {
        history.open();
        final MoneyStory story = new MoneyStory(history);
        story.members();
        story.purchases();
        story.withdrawal();
        story.late();
        story.parked();
        history.commit();
    }

    /** Sequences 5 to 13. */
    private void members() {
        facts.payment("p1", "direct", "", PaymentStatus.CAPTURED.value(), effects -> {
            member(effects, MADE | EffectsWriter.MEMBER_PROVISIONAL, ANNA, "mj-5", -1);
            pool(effects, ANNA, 0, 100, 0, 0, 0);
            effects.order(OrderState.PAID.value(), true, DIRECT, ANNA);
            effects.grant(0, 0, 0, 100);
        });
        facts.register("anna", 0b10010, effects -> member(effects, 0, ANNA, "anna", -1));
        facts.target(0, "t1", "https://shop.example/tea");
        facts.link("l1", "TOKEN", "anna", effects -> note(effects, EffectNote.LINK, 0, History.T0_NS, "TOKEN"));
        facts.link("l2", "OTHER", "anna", effects -> note(effects, EffectNote.LINK, 0, 0, "TOKEN"));
        facts.touch("x1", "NOBODYS", effects -> effects.skip(0, -1, ResultCode.TOKEN_UNKNOWN.number()));
        facts.register("ben", 0, effects -> member(effects, MADE | BOUND, BEN, "", ANNA));
        facts.bind("ben", "", effects -> member(effects, BOUND, BEN, "", -1));
        facts.bind("ben", "anna", effects -> member(effects, BOUND, BEN, "", ANNA));
    }

    /** Sequences 14 to 22: the pool of Anna holds spendable 100 before. */
    private void purchases() {
        facts.fund("f1", 5_000, effects -> note(effects, EffectNote.ACCOUNT, 5_000 << 1, 2, "platform"));
        facts.adjust("a1", "anna", Bucket.WITHDRAWABLE, 50, effects -> pool(effects, ANNA, 0, 100, 50, 0, 0));
        facts.placeOrder("placed", "anna", 120, effects -> {
            pool(effects, ANNA, 0, 0, 30, 120, 0);
            order(effects, OrderState.AWAITING, true, PLACED, ANNA, "", 880, 0, 0, 0);
        });
        facts.payment("p2", "placed", "anna", PaymentStatus.CAPTURED.value(), effects -> {
            pool(effects, ANNA, 44, 44, 30, 0, 0);
            order(effects, OrderState.PAID, false, PLACED, ANNA, "", 880, 880, 0, 0);
            grant(effects, false, 88, 88, 44, 44, 0, 0);
        });
        facts.refund("r1", "placed", "", RefundResult.SETTLED.value(), effects -> {
            pool(effects, ANNA, 34, 54, 32, 0, 0);
            order(effects, OrderState.PAID, false, PLACED, ANNA, "", 880, 880, 100, 0);
            grant(effects, false, 88, 0, 34, 44, 10, 10);
        });
        facts.delivery("d1", "placed", RefundResult.SETTLED.value(), effects -> {
            pool(effects, ANNA, 34, 54, 32, 0, 0);
            order(effects, OrderState.PAID, false, PLACED, ANNA, "", 880, 880, 100, DELIVERED);
            grant(effects, false, 88, 0, 34, 44, 10, 0);
        });
        facts.afterSale(
                "placed",
                AfterSaleState.OPEN,
                effects -> order(effects, OrderState.PAID, false, PLACED, ANNA, "", 880, 880, 100, DELIVERED | PAUSED));
        facts.afterSale(
                "placed",
                AfterSaleState.CLOSED,
                effects -> order(effects, OrderState.PAID, false, PLACED, ANNA, "", 880, 880, 100, DELIVERED));
        facts.tick(effects -> {
            effects.note(EffectNote.CURRENCY, History.CNY, 0);
            pool(effects, ANNA, 0, 10, 110, 0, 0);
            order(effects, OrderState.PAID, false, PLACED, ANNA, "placed", 880, 880, 100, DELIVERED);
            grant(effects, true, 88, 0, 0, 0, 10, 0);
        });
    }

    /** Sequences 23 to 28. */
    private void withdrawal() {
        facts.requestWithdrawal("w1", "anna", 110, effects -> {
            pool(effects, ANNA, 0, 10, 0, 110, 0);
            withdrawal(effects, WithdrawalState.REQUESTED, false);
        });
        facts.decideWithdrawal("w1", Decision.APPROVE, effects -> {
            pool(effects, ANNA, 0, 10, 0, 110, 0);
            withdrawal(effects, WithdrawalState.APPROVED, false);
        });
        facts.submitWithdrawal("w1", effects -> {
            pool(effects, ANNA, 0, 10, 0, 0, 0);
            withdrawal(effects, WithdrawalState.SUBMITTED, false);
        });
        facts.reportWithdrawal("w1", WithdrawalState.UNKNOWN, "bill-1", effects -> {
            pool(effects, ANNA, 0, 10, 0, 0, 0);
            withdrawal(effects, WithdrawalState.UNKNOWN, false);
        });
        facts.tick(effects -> {
            effects.note(EffectNote.CURRENCY, History.CNY, 0);
            pool(effects, ANNA, 0, 10, 0, 0, 0);
            withdrawal(effects, WithdrawalState.UNKNOWN, true);
        });
        facts.reportWithdrawal("w1", WithdrawalState.SUCCEEDED, "", effects -> {
            pool(effects, ANNA, 0, 10, 0, 0, 0);
            withdrawal(effects, WithdrawalState.SUCCEEDED, false);
        });
    }

    /** Sequences 29 to 32: an order that expires before its payment comes. */
    private void late() {
        facts.placeOrder(
                "late", "ben", 0, effects -> order(effects, OrderState.AWAITING, true, LATE, BEN, "", 1_000, 0, 0, 0));
        facts.tick(effects -> order(effects, OrderState.EXPIRED, false, LATE, BEN, "late", 1_000, 0, 0, 0));
        facts.payment("p3", "late", "ben", PaymentStatus.LATE_REFUND_DUE.value(), effects -> {
            order(effects, OrderState.EXPIRED, false, LATE, BEN, "", 1_000, 0, 0, 0);
            effects.refundOrder(0, 31, 0, 10_000, ResultCode.LATE_PAYMENT.number(), History.CNY, 31);
            effects.skip(0, -1, ResultCode.LATE_PAYMENT.number());
        });
        facts.refund("r2", "late", "rf00000000000000x0", RefundResult.SETTLED.value(), effects -> {
            order(effects, OrderState.EXPIRED, false, LATE, BEN, "", 1_000, 0, 0, 0);
            effects.refundOrder(
                    RefundOrderState.SUCCEEDED.value(),
                    31,
                    0,
                    10_000,
                    ResultCode.LATE_PAYMENT.number(),
                    History.CNY,
                    31);
        });
    }

    /**
     * Sequences 33 to 40: a refund before its payment; a claw that ends in debt, and the credit that pays it; payout
     * terms.
     */
    private void parked() {
        facts.refund(
                "r3",
                "parked",
                "",
                RefundResult.PARKED.value(),
                effects -> order(effects, OrderState.PARKED, true, PARKED, -1, "", 0, 0, 0, 0));
        facts.payment("p4", "parked", "ben", PaymentStatus.CAPTURED.value(), effects -> {
            pool(effects, BEN, 0, 99, 0, 0, 0);
            order(effects, OrderState.PAID, false, PARKED, BEN, "", 10_000, 10_000, 100, 0);
            effects.grantHead(0, false, 0, 0, 100);
            effects.grantRest(100, 0, 99, 1, 1, 0, 0);
        });
        facts.refund("r4", "direct", "", RefundResult.SETTLED.value(), effects -> {
            pool(effects, ANNA, 0, 0, 0, 0, 90);
            order(effects, OrderState.REFUNDED, false, DIRECT, ANNA, "", 10_000, 10_000, 10_000, 0);
            grant(effects, false, 100, 0, 0, 0, 100, 100);
        });
        facts.payment("p5", "owed", "anna", PaymentStatus.CAPTURED.value(), effects -> {
            pool(effects, ANNA, 0, 10, 0, 0, 0);
            effects.order(OrderState.PAID.value(), true, OWED, ANNA);
            effects.grant(0, 0, 0, 100);
        });
        facts.placeOrder(
                "cancelled",
                "ben",
                0,
                effects -> order(effects, OrderState.AWAITING, true, CANCELLED, BEN, "", 1_000, 0, 0, 0));
        facts.cancelOrder(
                "cancelled",
                effects -> order(effects, OrderState.CANCELLED, false, CANCELLED, BEN, "", 1_000, 0, 0, 0));
        facts.advanceClock(effects -> effects.note(EffectNote.CAMPAIGN, 0, CampaignState.CLOSED.value()));
        facts.definePayoutTerms("pt1", 100, 2_000);
    }

    private static void member(
            final EffectsWriter effects, final int flags, final int member, final String id, final int referrer) {
        effects.memberHead(flags, member, GivenIds.of(id));
        effects.memberReferrer(referrer, IdSource.NONE, 0);
    }

    private static void pool(final EffectsWriter effects, final int member, final long... buckets) {
        effects.pool(member, IdSource.NONE, buckets, 0);
    }

    /** The pool part of the order "placed" is 120: 100 of spendable, 20 of withdrawable. */
    private static void order(
            final EffectsWriter effects,
            final OrderState state,
            final boolean isMade,
            final int order,
            final int member,
            final String id,
            final long... numbers) {
        effects.orderHead(state.value(), isMade, order, member, GivenIds.of(id));
        final boolean hasPool = order == PLACED;
        effects.orderRest(numbers[0], numbers[1], numbers[2], hasPool ? 100 : 0, hasPool ? 20 : 0, 0);
        effects.orderTimes(History.T0_NS, History.T0_NS + 1, (int) numbers[3]);
    }

    /** Numbers: credited, its change, pending, instant, clawed, its change. */
    private static void grant(final EffectsWriter effects, final boolean isReleased, final long... numbers) {
        effects.grantHead(0, isReleased, 0, 0, numbers[0]);
        effects.grantRest(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], History.T0_NS, 0);
    }

    private static void withdrawal(final EffectsWriter effects, final WithdrawalState state, final boolean isQueryDue) {
        effects.withdrawalHead(state.value(), isQueryDue, 0, 23, 0);
        effects.withdrawalRest(110, 0, 0);
    }

    private static void note(
            final EffectsWriter effects,
            final EffectNote note,
            final long first,
            final long second,
            final String text) {
        effects.note(note, first, second, new UnsafeBuffer(text(text)), 0, text.length());
    }

    private static byte[] text(final String text) {
        return History.bytes(text);
    }
}
