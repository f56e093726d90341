package io.miaojie.api.support;

import io.miaojie.node.report.AuditEntry;
import io.miaojie.node.report.Buckets;
import io.miaojie.node.report.DemandEntry;
import io.miaojie.node.report.Discrepancy;
import io.miaojie.node.report.InstanceEntry;
import io.miaojie.node.report.OrderEvent;
import io.miaojie.node.report.Page;
import io.miaojie.node.report.PayoutTermsEntry;
import io.miaojie.node.report.PoolEntry;
import io.miaojie.node.report.Position;
import io.miaojie.node.report.Referral;
import io.miaojie.node.report.RefundOrderEntry;
import io.miaojie.node.report.Reports;
import io.miaojie.node.report.Window;
import io.miaojie.node.report.WithdrawalEntry;
import io.miaojie.wire.ResultCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Lists of one entry with every field, pages without end; what was asked for stands in the entries. */
final class ScriptedReports implements Reports {
    private static final long AT_NS = 1_768_453_200_000_000_000L;
    private static final Buckets BUCKETS = new Buckets(1, 2, 3, 4, 0);

    @Override
    public CompletionStage<Page<PoolEntry>> poolEntries(
            final int merchantIndex, final String memberId, final String currency, final Window window) {
        return page(window, new PoolEntry(at(window), AT_NS, "GRANT", "o1", memberId, BUCKETS, BUCKETS));
    }

    @Override
    public CompletionStage<Page<OrderEvent>> orderTimeline(final int orderIndex, final Window window) {
        final int code = ResultCode.ENDED.number();
        return page(window, new OrderEvent(at(window), AT_NS, "SKIPPED", "c1", "u1", 0, 5L, "CNY", "d", code));
    }

    @Override
    public CompletionStage<Page<RefundOrderEntry>> refundOrders(
            final int merchantIndex, final String state, final Window window) {
        return page(
                window,
                new RefundOrderEntry(
                        at(window),
                        "rf0000000000001000",
                        "o1",
                        "p1",
                        state == null ? "OPEN" : state,
                        "LATE_PAYMENT",
                        5,
                        "CNY",
                        AT_NS,
                        AT_NS));
    }

    @Override
    public CompletionStage<Page<Discrepancy>> discrepancies(
            final int merchantIndex, final String code, final Window window) {
        final String told = code == null ? "LINES_MISMATCH" : code;
        return page(window, new Discrepancy(at(window), AT_NS, told, "PAYMENT", "p1", "o1", null));
    }

    @Override
    public CompletionStage<Page<PayoutTermsEntry>> payoutTerms(
            final int merchantIndex, final String currency, final Window window) {
        return page(
                window,
                new PayoutTermsEntry(
                        at(window),
                        "pt1",
                        currency == null ? "CNY" : currency,
                        new PayoutTermsEntry.Bounds(100L, null, 5_000L),
                        200,
                        6_000,
                        10,
                        1,
                        0,
                        null,
                        1_020,
                        "anna",
                        1_768_451_697_000_000_000L));
    }

    @Override
    public CompletionStage<Page<WithdrawalEntry>> withdrawals(
            final int merchantIndex, final String state, final Window window) {
        return page(
                window,
                new WithdrawalEntry(
                        at(window),
                        "w1",
                        "u1",
                        state == null ? "REQUESTED" : state,
                        false,
                        100,
                        3,
                        7,
                        "CNY",
                        "wechat",
                        "p",
                        "wd0000000000001000",
                        null,
                        AT_NS,
                        AT_NS));
    }

    @Override
    public CompletionStage<Page<InstanceEntry>> instances(
            final int merchantIndex,
            final String campaignId,
            final String state,
            final String memberId,
            final Window window) {
        final String told = state == null ? "RESERVED" : state;
        final String owner = memberId == null ? "u1" : memberId;
        return page(window, new InstanceEntry(at(window), "o1", "flash-sale", told, owner, 2, 0, AT_NS, 1_000, "CNY"));
    }

    @Override
    public CompletionStage<Page<AuditEntry>> audit(final Integer merchantIndex, final Window window) {
        return page(window, new AuditEntry(at(window), AT_NS, 0, merchantIndex, 0, "merchant.create", "m1", "ann"));
    }

    @Override
    public CompletionStage<Page<DemandEntry>> demand(
            final int merchantIndex, final String campaignId, final Window window) {
        return page(window, new DemandEntry(at(window), AT_NS, "wx_mp", null, 3, 2, 2, 200, "CNY"));
    }

    @Override
    public CompletionStage<Page<Referral>> referrals(
            final int merchantIndex, final String referrerId, final Window window) {
        return page(window, new Referral(at(window), "u1", referrerId, "TOUCH", AT_NS, AT_NS));
    }

    private static Position at(final Window window) {
        final long sequence = window.after() == null ? 0 : window.after().sequence();
        return new Position(sequence + 1, window.isNewestFirst() ? 0 : 1);
    }

    private static <T> CompletionStage<Page<T>> page(final Window window, final T entry) {
        return CompletableFuture.supplyAsync(() -> new Page<>(9, List.of(entry), at(window)));
    }
}
