package io.miaojie.node.report;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** The lists, each a view of schema bi, or the table that such a view is of. */
final class Listings {
    static final String MEMBER = "select member_index from miaojie.member where shard = $1 and merchant_index = $2"
            + " and (id = $3 or provisional_id = $3)";

    private static final OffsetDateTime EPOCH = OffsetDateTime.parse("1970-01-01T00:00:00Z");
    private static final long MICRO_NS = 1_000;

    static final Listing<PoolEntry> POOL_ENTRIES = new Listing<>(
            "bi.pool_entries",
            "v.place::bigint",
            "v.member_index = $2 and v.currency = $3",
            2,
            (position, row) -> new PoolEntry(
                    position,
                    atNs(row, "at"),
                    row.getString("reason"),
                    row.getString("order_id"),
                    row.getString("reference"),
                    buckets(row, "_minor"),
                    buckets(row, "_after_minor")));
    static final Listing<OrderEvent> ORDER_TIMELINE = new Listing<>(
            "bi.order_timeline",
            "v.place",
            "v.order_index = $2",
            1,
            (position, row) -> new OrderEvent(
                    position,
                    atNs(row, "at"),
                    row.getString("event"),
                    row.getString("reference"),
                    row.getString("member_id"),
                    row.getInteger("level"),
                    row.getLong("amount_minor"),
                    row.getString("currency"),
                    row.getString("detail"),
                    row.getInteger("code")));
    static final Listing<RefundOrderEntry> REFUND_ORDERS = new Listing<>(
            "bi.refund_orders",
            "v.ordinal::bigint",
            "v.merchant_index = $2 and ($3::text is null or v.state = $3)",
            2,
            (position, row) -> new RefundOrderEntry(
                    position,
                    row.getString("refund_order_id"),
                    row.getString("order_id"),
                    row.getString("payment_id"),
                    row.getString("state"),
                    row.getString("reason"),
                    row.getLong("amount_minor"),
                    row.getString("currency"),
                    atNs(row, "made_at"),
                    atNs(row, "changed_at")));
    static final Listing<Discrepancy> DISCREPANCIES = new Listing<>(
            "bi.discrepancies",
            "v.ordinal::bigint",
            "v.merchant_index = $2 and ($3::text is null or v.code = $3)",
            2,
            (position, row) -> new Discrepancy(
                    position,
                    atNs(row, "settled_at"),
                    row.getString("code"),
                    row.getString("fact"),
                    row.getString("fact_id"),
                    row.getString("order_id"),
                    row.getString("member_id")));
    static final Listing<WithdrawalEntry> WITHDRAWALS = new Listing<>(
            "bi.withdrawals",
            "0::bigint",
            "v.merchant_index = $2 and ($3::text is null or v.state = $3)",
            2,
            (position, row) -> new WithdrawalEntry(
                    position,
                    row.getString("withdrawal_id"),
                    row.getString("member_id"),
                    row.getString("state"),
                    row.getBoolean("query_due"),
                    row.getLong("amount_minor"),
                    row.getLong("fee_minor"),
                    row.getLong("tax_minor"),
                    row.getString("currency"),
                    row.getString("method"),
                    row.getString("payee"),
                    row.getString("out_bill_no"),
                    row.getString("transfer_bill_no"),
                    atNs(row, "requested_at"),
                    atNs(row, "changed_at")));
    static final Listing<PayoutTermsEntry> PAYOUT_TERMS = new Listing<>(
            "bi.payout_terms",
            "0::bigint",
            "v.merchant_index = $2 and ($3::text is null or v.currency = $3)",
            2,
            (position, row) -> new PayoutTermsEntry(
                    position,
                    row.getString("payout_terms_id"),
                    row.getString("currency"),
                    new PayoutTermsEntry.Bounds(
                            row.getLong("amount_min_minor"),
                            row.getLong("amount_max_minor"),
                            row.getLong("amount_per_day_minor")),
                    row.getLong("approved_up_to_minor"),
                    row.getInteger("fee_ppm"),
                    row.getLong("fee_min_minor"),
                    row.getInteger("free_per_day"),
                    row.getInteger("tax_ppm"),
                    row.getInteger("count_per_day"),
                    row.getInteger("cut_off_minute"),
                    row.getString("actor"),
                    atNs(row, "defined_at")));
    static final Listing<InstanceEntry> INSTANCES = new Listing<>(
            "bi.instances",
            "v.place::bigint",
            "v.merchant_index = $2 and v.campaign_id = $3 and ($4::text is null or v.state = $4)"
                    + " and ($5::text is null or v.owner = $5)",
            4,
            (position, row) -> new InstanceEntry(
                    position,
                    row.getString("id"),
                    row.getString("kind"),
                    row.getString("state"),
                    row.getString("owner"),
                    row.getLong("need"),
                    row.getLong("have"),
                    row.getOffsetDateTime("deadline") == null ? null : Long.valueOf(atNs(row, "deadline")),
                    row.getLong("amount_minor"),
                    row.getString("currency")));
    static final Listing<AuditEntry> AUDIT = new Listing<>(
            "miaojie.audit",
            "0::bigint",
            "($2::integer is null or v.merchant_index = $2)",
            1,
            (position, row) -> new AuditEntry(
                    position,
                    row.getLong("at_ns"),
                    row.getInteger("key_index"),
                    row.getInteger("merchant_index"),
                    row.getInteger("code"),
                    row.getString("action"),
                    row.getString("subject"),
                    row.getString("actor")));
    static final Listing<DemandEntry> DEMAND = new Listing<>(
            "bi.presale_demand",
            "0::bigint",
            "v.merchant_index = $2 and v.campaign_id = $3",
            2,
            (position, row) -> new DemandEntry(
                    position,
                    atNs(row, "hour"),
                    row.getString("channel"),
                    row.getString("region"),
                    row.getLong("placed"),
                    row.getLong("booked"),
                    row.getLong("pieces"),
                    row.getLong("deposits_minor"),
                    row.getString("currency")));
    static final Listing<Referral> REFERRALS = new Listing<>(
            "bi.referrals",
            "v.member_index::bigint",
            "v.referrer_index = $2",
            1,
            (position, row) -> new Referral(
                    position,
                    row.getString("member_id"),
                    row.getString("referrer_id"),
                    row.getString("cause"),
                    atNs(row, "bound_at"),
                    row.getOffsetDateTime("bound_until") == null ? null : Long.valueOf(atNs(row, "bound_until"))));

    private Listings() {}

    private static Buckets buckets(final Row row, final String suffix) {
        return new Buckets(
                row.getLong("pending" + suffix),
                row.getLong("spendable" + suffix),
                row.getLong("withdrawable" + suffix),
                row.getLong("locked" + suffix),
                row.getLong("debt" + suffix));
    }

    private static long atNs(final Row row, final String column) {
        return ChronoUnit.MICROS.between(EPOCH, row.getOffsetDateTime(column)) * MICRO_NS;
    }
}
