package io.miaojie.node.report;

import java.util.concurrent.CompletionStage;

/**
 * Lists and statements. Every stage completes on a thread of the reports, so a caller hops back to its own; it fails
 * with {@link ReportException} when Postgres does not answer or has not come as far as the window asks.
 *
 * <p>Members are named by id, provisional ones too; orders by the index that the core's answer to {@code OrderQuery}
 * gives. Whoever is unknown has empty lists.
 */
public interface Reports {
    /** Returns every change of a member's pool in this currency. */
    CompletionStage<Page<PoolEntry>> poolEntries(int merchantIndex, String memberId, String currency, Window window);

    /** Returns all that happened to an order; the caller has proven that it may see the order. */
    CompletionStage<Page<OrderEvent>> orderTimeline(int orderIndex, Window window);

    /** Returns the refund orders in this state; null: in any. */
    CompletionStage<Page<RefundOrderEntry>> refundOrders(int merchantIndex, String state, Window window);

    /** Returns the facts that somebody has to look at, with this code; null: with any. */
    CompletionStage<Page<Discrepancy>> discrepancies(int merchantIndex, String code, Window window);

    /** Returns the withdrawals in this state; null: in any. */
    CompletionStage<Page<WithdrawalEntry>> withdrawals(int merchantIndex, String state, Window window);

    /** Returns the payout terms that were ever defined of this currency; null: of any. */
    CompletionStage<Page<PayoutTermsEntry>> payoutTerms(int merchantIndex, String currency, Window window);

    /** Returns the instances of a campaign in this state and of this owner; null: in any, of any. */
    CompletionStage<Page<InstanceEntry>> instances(
            int merchantIndex, String campaignId, String state, String memberId, Window window);

    /** Returns who did what of a merchant's operators and administrators; null: of every merchant and of none. */
    CompletionStage<Page<AuditEntry>> audit(Integer merchantIndex, Window window);

    /** Returns what was booked of a presale, by hour, channel and region, in the order of each one's first booking. */
    CompletionStage<Page<DemandEntry>> demand(int merchantIndex, String campaignId, Window window);

    /** Returns whom a member brought. */
    CompletionStage<Page<Referral>> referrals(int merchantIndex, String referrerId, Window window);
}
