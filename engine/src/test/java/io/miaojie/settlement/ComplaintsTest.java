package io.miaojie.settlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.simulation.OneShop;
import io.miaojie.wire.codec.BindingMode;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.HoldPolicy;
import io.miaojie.wire.codec.Instalment;
import io.miaojie.wire.codec.WithdrawalState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users of such systems complain about, each as a short story that ends well. */
@Timeout(60)
class ComplaintsTest {
    private static final int TEN_PERCENT = 100_000;
    private static final int ALL = 1_000_000;
    private static final long DAY_S = 86_400;
    private static final String NOTHING = "p=0 s=0 w=0 l=0 d=0";

    private final OneShop shop = new OneShop();

    @Test
    void aNotificationThatComesTwicePaysOnce() {
        shop.rebate("c", 0, TEN_PERCENT);
        assertEquals("CAPTURED", shop.pay("p1", "o", "U", 1_000));
        assertEquals("SEEN", shop.pay("p1", "o", "U", 1_000));
        shop.crash();
        assertEquals("SEEN", shop.pay("p1", "o", "U", 1_000));
        assertEquals("DUPLICATE_REFUND_DUE DUPLICATE_PAYMENT", shop.pay("p2", "o", "U", 1_000));
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U"));
    }

    @Test
    void aRepeatIsAnsweredFromTheFirstAnswerEvenWhenTheWorldHasMovedOn() {
        shop.pay("p1", "o", "U", 1_000);
        shop.rebate("c", 0, TEN_PERCENT);
        assertEquals("SEEN", shop.pay("p1", "o", "U", 1_000));
        assertEquals("CONFLICT", shop.pay("p1", "o", "U", 2_000));
        assertEquals("none", shop.pool("U"));
    }

    @Test
    void theSecondChannelThatPaysAnOrderIsToldToPayBack() {
        shop.rebate("c", 0, TEN_PERCENT);
        shop.pay("wechat1", "o", "U", 1_000);
        assertEquals("DUPLICATE_REFUND_DUE DUPLICATE_PAYMENT", shop.pay("alipay1", "o", "U", 1_000));
        assertEquals("0 1000 DUPLICATE_PAYMENT", shop.refundOrder());
        final String refundOrder = shop.refundOrderOfLast();
        assertEquals("RECORDED", shop.closing(refundOrder).refund("r1", "o", 1_000));
        assertEquals("2 1000 DUPLICATE_PAYMENT", shop.refundOrder());
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U"));
    }

    @Test
    void aRefundTakesTheCommissionBackInProportionAndThenAll() {
        family(10_000, 5_000, 0);
        shop.pay("p1", "o", "U", 10_000);
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U2"));
        assertEquals("SETTLED", shop.refund("r1", "o", 2_500));
        assertEquals("p=0 s=75 w=0 l=0 d=0", shop.pool("U2"));
        assertEquals("p=0 s=37 w=0 l=0 d=0", shop.pool("U3"));
        shop.refund("r2", "o", 7_500);
        assertEquals(NOTHING, shop.pool("U2"));
        assertEquals(NOTHING, shop.pool("U3"));
    }

    @Test
    void aRefundAfterThePayoutBecomesDebtThatTheNextRewardsPay() {
        shop.holding(HoldPolicy.NONE, 0, ALL);
        family(TEN_PERCENT, 0, 0);
        shop.pay("p1", "o", "U", 1_000);
        payOut("w1", 100);
        assertEquals("SETTLED", shop.refund("r1", "o", 1_000));
        assertEquals("p=0 s=0 w=0 l=0 d=100", shop.pool("U2"));
        assertEquals("DEBT_OPEN", shop.withdraw("w2", "U2", 1));
        shop.pay("p2", "o2", "U", 1_500);
        assertEquals("p=0 s=0 w=50 l=0 d=0", shop.pool("U2"));
    }

    @Test
    void aRefundThatComesBeforeItsPaymentIsNotLost() {
        shop.rebate("c", 0, TEN_PERCENT);
        assertEquals("PARKED", shop.refund("r1", "o", 400));
        assertEquals("PARKED", shop.part("1", 100).refund("r2", "o", 100));
        shop.crash();
        assertEquals("CAPTURED", shop.line("1", 500).line("2", 500).pay("p1", "o", "U", 1_000));
        assertEquals("SEEN", shop.refund("r1", "o", 400));
        assertEquals("p=0 s=49 w=0 l=0 d=0", shop.pool("U"));
    }

    @Test
    void roundingNeitherMakesNorLosesAUnit() {
        shop.rebate("c", 0, 333_333);
        shop.line("1", 100).line("2", 100).line("3", 100).pay("p1", "o", "U", 300);
        assertEquals("p=0 s=99 w=0 l=0 d=0", shop.pool("U"));
        for (int i = 0; i < 299; i++) {
            shop.refund("r" + i, "o", 1);
        }
        assertEquals(NOTHING, shop.pool("U"));
        shop.refund("last", "o", 1);
        assertEquals(NOTHING, shop.pool("U"));
    }

    @Test
    void poolMoneyOfACancelledOrderComesBackToWhereItCameFrom() {
        shop.having("U", 300, 200);
        assertEquals("AWAITING", shop.line("1", 1_000).place("o", "U", 400, 600));
        assertEquals("p=0 s=0 w=100 l=400 d=0", shop.pool("U"));
        assertEquals("POOL_SHORT", shop.line("1", 1_000).place("o2", "U", 101, 600));
        assertEquals("CANCELLED", shop.cancel("o"));
        assertEquals("ORDER_STATE_FORBIDS", shop.cancel("o"));
        assertEquals("p=0 s=300 w=200 l=0 d=0", shop.pool("U"));
    }

    @Test
    void poolMoneyOfAnExpiredOrderComesBackOnceByItself() {
        shop.having("U", 300, 0);
        shop.line("1", 1_000).place("o", "U", 300, 600);
        shop.pass(600 + 119);
        assertEquals("p=0 s=0 w=0 l=300 d=0", shop.pool("U"));
        shop.pass(2).crash().pass(DAY_S);
        assertEquals("p=0 s=300 w=0 l=0 d=0", shop.pool("U"));
    }

    @Test
    void commissionArrivesWithThePaymentAndItsReleaseNeedsNoCron() {
        shop.holding(HoldPolicy.DAYS_AFTER_DELIVERY, 7, ALL);
        family(TEN_PERCENT, 0, 0);
        shop.pay("p1", "o", "U", 1_000);
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U2"));
        shop.deliver("d1", "o");
        shop.crash().pass(7 * DAY_S - 60);
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U2"));
        shop.pass(60);
        assertEquals("p=0 s=0 w=100 l=0 d=0", shop.pool("U2"));
    }

    @Test
    void moneyAskedForCannotBeSpentAsWell() {
        shop.having("U", 0, 500);
        assertEquals("REQUESTED", shop.withdraw("w1", "U", 400));
        assertEquals("p=0 s=0 w=100 l=400 d=0", shop.pool("U"));
        assertEquals("POOL_SHORT", shop.withdraw("w2", "U", 101));
        assertEquals("POOL_SHORT", shop.line("1", 1_000).place("o", "U", 101, 600));
        assertEquals("REJECTED", shop.reject("w1"));
        assertEquals("WITHDRAWAL_STATE_FORBIDS", shop.reject("w1"));
        assertEquals("p=0 s=0 w=500 l=0 d=0", shop.pool("U"));
    }

    @Test
    void aPayoutThatFailedComesBackOnceAndCanBeAskedForAgain() {
        shop.having("U2", 0, 100);
        submit("w1", 100);
        assertEquals("FAILED", shop.report("w1", WithdrawalState.FAILED));
        assertEquals("FAILED", shop.report("w1", WithdrawalState.FAILED));
        assertEquals("WITHDRAWAL_STATE_FORBIDS", shop.report("w1", WithdrawalState.CANCELLED));
        assertEquals("p=0 s=0 w=100 l=0 d=0", shop.pool("U2"));
        assertEquals("REQUESTED", shop.withdraw("w2", "U2", 100));
    }

    @Test
    void aTimeoutOfTheChannelNeverPaysTwice() {
        shop.having("U2", 0, 100);
        submit("w1", 100);
        assertEquals("UNKNOWN", shop.report("w1", WithdrawalState.UNKNOWN));
        shop.pass(30 * DAY_S);
        assertEquals(NOTHING, shop.pool("U2"));
        assertEquals("WITHDRAWAL_STATE_FORBIDS", shop.submit("w1"));
        assertEquals("WITHDRAWAL_STATE_FORBIDS", shop.reject("w1"));
        assertEquals("SUCCEEDED", shop.report("w1", WithdrawalState.SUCCEEDED));
        assertEquals("WITHDRAWAL_STATE_FORBIDS", shop.report("w1", WithdrawalState.FAILED));
        assertEquals(NOTHING, shop.pool("U2"));
    }

    @Test
    void storedCreditCannotBeSpentTwice() {
        shop.having("U", 100, 0);
        assertEquals("AWAITING", shop.line("1", 1_000).place("o1", "U", 100, 600));
        assertEquals("POOL_SHORT", shop.line("1", 1_000).place("o2", "U", 1, 600));
        assertEquals("CAPTURED", shop.pay("p1", "o1", "U", 900));
        assertEquals("POOL_SHORT", shop.line("1", 1_000).place("o3", "U", 1, 600));
        assertEquals(NOTHING, shop.pool("U"));
    }

    @Test
    void givingBackOneUseLeavesTheOtherAlone() {
        shop.having("U", 100, 0);
        shop.line("1", 500).place("o1", "U", 60, 600);
        shop.line("1", 500).place("o2", "U", 40, 600);
        shop.cancel("o1");
        assertEquals("p=0 s=60 w=0 l=40 d=0", shop.pool("U"));
        shop.pay("p2", "o2", "U", 460);
        shop.refund("r2", "o2", 460);
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U"));
    }

    @Test
    void bringingHeadsAloneEarnsNothing() {
        family(TEN_PERCENT, 0, 0);
        for (int i = 0; i < 20; i++) {
            shop.register("head" + i, "U2");
        }
        assertEquals("none", shop.pool("U2"));
        shop.budgets(-1, -1, -1, 150).commission("capped", TEN_PERCENT, 0, 0);
        for (int i = 0; i < 20; i++) {
            shop.pay("p" + i, "o" + i, "head" + i, 100);
        }
        assertEquals("p=0 s=350 w=0 l=0 d=0", shop.pool("U2"));
    }

    @Test
    void nobodyIsTheirOwnAncestorAtAnyDepth() {
        shop.register("A", "");
        for (int i = 0; i < 50; i++) {
            shop.register("B" + i, i == 0 ? "A" : "B" + (i - 1));
        }
        assertEquals("OK REFERRAL_CYCLE", shop.bind("A", "B49"));
        assertEquals("OK REFERRAL_CYCLE", shop.bind("A", "B0"));
        assertEquals("OK SELF_REFERRAL", shop.bind("A", "A"));
        assertEquals("OK", shop.bind("B49", "A"));
    }

    @Test
    void aPaymentAfterTheTimeoutIsGivenBackAndSaysSo() {
        shop.register("U2", "");
        shop.line("1", 1_000).place("o1", "U2", 0, 600);
        shop.pass(DAY_S);
        assertEquals("LATE_REFUND_DUE LATE_PAYMENT", shop.pay("p1", "o1", "U2", 1_000));
        assertEquals("0 1000 LATE_PAYMENT", shop.refundOrder());
        assertEquals("none", shop.pool("U2"));
    }

    @Test
    void aDepositOfAnOrderThatExpiresIsGivenBackWithWhatItHadEarned() {
        shop.rebate("c", 0, TEN_PERCENT);
        shop.register("U2", "");
        shop.line("1", 1_000).place("o1", "U2", 0, 600);
        shop.pay("p1", "o1", "U2", Instalment.DEPOSIT, 300);
        assertEquals("p=0 s=30 w=0 l=0 d=0", shop.pool("U2"));
        shop.pass(DAY_S);
        assertEquals("p=0 s=0 w=0 l=0 d=0", shop.pool("U2"));
        final String due = shop.order("o1");
        assertTrue(due.contains("=0 300 ORDER_EXPIRED 156 of "), due);
        assertEquals("ORDER_STATE_FORBIDS", shop.cancel("o1"));
        assertEquals("SETTLED EXCEEDS_PAID", shop.refund("r1", "o1", 300));
    }

    @Test
    void instalmentsOfACancelledOrderGoBackEachAsThePaymentThatItWas() {
        shop.register("U2", "");
        shop.line("1", 1_000).place("o1", "U2", 0, 600);
        shop.pay("p1", "o1", "U2", Instalment.DEPOSIT, 300);
        shop.pay("p2", "o1", "U2", Instalment.BALANCE, 200);
        shop.refund("r1", "o1", 250); // all of the newest payment, and 50 of the one before
        shop.cancel("o1");
        assertEquals("0 250 ORDER_CANCELLED", shop.refundOrder());
        assertEquals("RECORDED", shop.closing(shop.refundOrderOfLast()).refund("r2", "o1", 250));
        assertEquals("2 250 ORDER_CANCELLED", shop.refundOrder());
    }

    @Test
    void whoeverBroughtTheBuyerFirstIsPaidAndNobodyElse() {
        shop.register("first", "");
        shop.register("second", "");
        shop.register("U", "");
        shop.link("tokenOne", "first");
        shop.link("tokenTwo", "second");
        shop.commission("c", TEN_PERCENT, 0, 0);
        assertEquals("OK", shop.touch("U", "tokenOne"));
        assertEquals("OK ALREADY_BOUND", shop.touch("U", "tokenTwo"));
        assertEquals("CAPTURED ALREADY_BOUND", shop.payWithToken("p1", "o", "U", 1_000, "tokenTwo"));
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("first"));
        assertEquals("none", shop.pool("second"));
    }

    @Test
    void withLastTouchTheLastIsPaidAndPastOrdersStay() {
        final OneShop last = new OneShop(BindingMode.LAST_TOUCH, 0, ALL);
        last.register("first", "");
        last.register("second", "");
        last.register("U", "first");
        last.link("tokenTwo", "second");
        last.commission("c", TEN_PERCENT, 0, 0);
        last.pay("p1", "o1", "U", 1_000);
        assertEquals("OK", last.touch("U", "tokenTwo"));
        last.pay("p2", "o2", "U", 2_000);
        last.refund("r1", "o1", 500);
        assertEquals("p=0 s=50 w=0 l=0 d=0", last.pool("first"));
        assertEquals("p=0 s=200 w=0 l=0 d=0", last.pool("second"));
    }

    @Test
    void anOrderTokenPaysItsOwnerForThatOrderAlone() {
        final OneShop token = new OneShop(BindingMode.ORDER_TOKEN, 0, ALL);
        token.register("owner", "");
        token.link("tokenOne", "owner");
        token.commission("c", TEN_PERCENT, 0, 0);
        assertEquals("CAPTURED", token.payWithToken("p1", "o1", "U", 1_000, "tokenOne"));
        assertEquals("CAPTURED", token.pay("p2", "o2", "U", 1_000));
        assertEquals("p=0 s=100 w=0 l=0 d=0", token.pool("owner"));
    }

    @Test
    void aPrepaidFunderNeverOwes() {
        shop.fund(150, FundingMode.PREPAID);
        shop.rebate("c", 0, TEN_PERCENT);
        shop.pay("p1", "o1", "U", 1_000);
        shop.pay("p2", "o2", "U", 1_000);
        assertEquals("p=0 s=100 w=0 l=0 d=0", shop.pool("U"));
        assertEquals("POOL_SHORT", shop.fund(-51, null));
    }

    @Test
    void anInstalmentIsPaidOnceAndTogetherTheyNeverPassThePrice() {
        shop.register("U", "");
        shop.line("1", 1_000).place("o", "U", 0, 600);
        assertEquals("CAPTURED", shop.pay("p1", "o", "U", Instalment.DEPOSIT, 300));
        assertEquals("DUPLICATE_REFUND_DUE DUPLICATE_PAYMENT", shop.pay("p2", "o", "U", Instalment.DEPOSIT, 300));
        assertEquals("AMOUNT_MISMATCH AMOUNT_MISMATCH", shop.pay("p3", "o", "U", Instalment.BALANCE, 701));
        assertEquals("CAPTURED", shop.pay("p4", "o", "U", Instalment.BALANCE, 700));
    }

    /** U3 brought U2, U2 brought U. */
    private void family(final long levelOne, final long levelTwo, final long clerk) {
        shop.register("U3", "");
        shop.register("U2", "U3");
        shop.register("U", "U2");
        shop.commission("c", levelOne, levelTwo, clerk);
    }

    private void submit(final String id, final long amount) {
        assertEquals("REQUESTED", shop.withdraw(id, "U2", amount));
        assertEquals("APPROVED", shop.approve(id));
        assertEquals("SUBMITTED", shop.submit(id));
    }

    private void payOut(final String id, final long amount) {
        submit(id, amount);
        assertEquals("SUCCEEDED", shop.report(id, WithdrawalState.SUCCEEDED));
    }
}
