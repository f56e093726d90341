package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.node.report.AuditEntry;
import io.miaojie.node.report.Buckets;
import io.miaojie.node.report.DemandEntry;
import io.miaojie.node.report.Discrepancy;
import io.miaojie.node.report.InstanceEntry;
import io.miaojie.node.report.OrderEvent;
import io.miaojie.node.report.PayoutTermsEntry;
import io.miaojie.node.report.PoolEntry;
import io.miaojie.node.report.Referral;
import io.miaojie.node.report.RefundOrderEntry;
import io.miaojie.node.report.WithdrawalEntry;

/** Entries of the lists that are read from Postgres, as JSON. */
public final class ReportView {
    private ReportView() {}

    /** Writes a line of a statement. */
    public static void poolEntry(final JsonWriter out, final PoolEntry entry) {
        begin(out, entry.position().sequence(), entry.atNs()).field("reason", entry.reason());
        field(out, "order_id", entry.orderId());
        field(out, "reference", entry.reference());
        buckets(out.name("moved"), entry.moved());
        buckets(out.name("after"), entry.after());
        out.endObject();
    }

    /** Returns the writer of a timeline's events; it names codes. */
    public static ListEntry<OrderEvent> orderEvent(final ResultCodes codes) {
        return (out, event) -> {
            begin(out, event.position().sequence(), event.atNs()).field("event", event.event());
            field(out, "reference", event.reference());
            field(out, "member_id", event.memberId());
            if (event.level() != null) {
                out.field("level", event.level());
            }
            if (event.amountMinor() != null) {
                out.field("amount", event.amountMinor()).field("currency", event.currency());
            }
            field(out, "detail", event.detail());
            if (event.code() != null) {
                out.field("code", codes.of(event.code()).name());
            }
            out.endObject();
        };
    }

    /** Writes money that the caller is to give back. */
    public static void refundOrder(final JsonWriter out, final RefundOrderEntry entry) {
        out.beginObject()
                .field("refund_order_id", entry.refundOrderId())
                .field("out_refund_no", entry.refundOrderId())
                .field("order_id", entry.orderId());
        field(out, "payment_id", entry.paymentId());
        out.field("state", entry.state())
                .field("reason", entry.reason())
                .field("amount", entry.amountMinor())
                .field("currency", entry.currency());
        out.name("made_at").time(entry.madeAtNs()).name("changed_at").time(entry.changedAtNs());
        out.endObject();
    }

    /** Writes a fact that does not fit. */
    public static void discrepancy(final JsonWriter out, final Discrepancy entry) {
        begin(out, entry.position().sequence(), entry.atNs())
                .field("code", entry.code())
                .field("fact", entry.fact())
                .field("fact_id", entry.factId());
        field(out, "order_id", entry.orderId());
        field(out, "member_id", entry.memberId());
        out.endObject();
    }

    /** Writes who did what; names that are not known, or of which there is none, are null and left out. */
    public static void audit(
            final JsonWriter out,
            final AuditEntry entry,
            final String code,
            final String keyId,
            final String merchantId) {
        out.beginObject().field("sequence", entry.position().sequence());
        out.name("at").time(entry.atNs());
        out.field("action", entry.action()).field("subject", entry.subject()).field("code", code);
        field(out, "actor", entry.actor());
        field(out, "key_id", keyId);
        field(out, "merchant_id", merchantId);
        out.endObject();
    }

    /** Writes a payout. */
    public static void withdrawal(final JsonWriter out, final WithdrawalEntry entry) {
        out.beginObject()
                .field("withdrawal_id", entry.withdrawalId())
                .field("member_id", entry.memberId())
                .field("state", entry.state())
                .field("out_bill_no", entry.outBillNo())
                .field("currency", entry.currency())
                .field("amount", entry.amountMinor())
                .field("fee", entry.feeMinor())
                .field("tax_withheld", entry.taxMinor())
                .field("net", entry.amountMinor() - entry.feeMinor() - entry.taxMinor())
                .name("query_due")
                .value(entry.isQueryDue());
        field(out, "method", entry.method());
        field(out, "payee", entry.payee());
        field(out, "transfer_bill_no", entry.transferBillNo());
        out.name("requested_at").time(entry.requestedAtNs()).name("changed_at").time(entry.changedAtNs());
        out.endObject();
    }

    /** Writes payout terms; a bound that there is not is left out. */
    public static void payoutTerms(final JsonWriter out, final PayoutTermsEntry entry) {
        out.beginObject().field("id", entry.id()).field("currency", entry.currency());
        bound(out, "amount_min", entry.amount().minMinor());
        bound(out, "amount_max", entry.amount().maxMinor());
        bound(out, "amount_per_day", entry.amount().perDayMinor());
        if (entry.countPerDay() != null) {
            out.field("count_per_day", entry.countPerDay());
        }
        out.field("approved_up_to", entry.approvedUpToMinor())
                .field("fee_ppm", entry.feePpm())
                .field("fee_min", entry.feeMinMinor())
                .field("free_per_day", entry.freePerDay())
                .field("tax_ppm", entry.taxPpm())
                .field("cut_off_minute", entry.cutOffMinute());
        field(out, "actor", entry.actor());
        out.name("defined_at").time(entry.definedAtNs()).endObject();
    }

    private static void bound(final JsonWriter out, final String name, final Long minor) {
        if (minor != null) {
            out.field(name, minor);
        }
    }

    /** Writes an instance of a campaign. */
    public static void instance(final JsonWriter out, final InstanceEntry entry) {
        out.beginObject()
                .field("id", entry.id())
                .field("kind", entry.kind())
                .field("state", entry.state())
                .field("owner", entry.owner())
                .field("need", entry.needed())
                .field("have", entry.had())
                .field("amount", entry.amountMinor())
                .field("currency", entry.currency())
                .name("deadline");
        if (entry.deadlineNs() == null) {
            out.nothing();
        } else {
            out.time(entry.deadlineNs());
        }
        out.endObject();
    }

    /** Writes what was booked of a presale within an hour. */
    public static void demand(final JsonWriter out, final DemandEntry entry) {
        out.beginObject().name("hour").time(entry.hourNs());
        textOrNothing(out, "channel", entry.channel());
        textOrNothing(out, "region", entry.region());
        out.field("placed", entry.placed())
                .field("booked", entry.booked())
                .field("pieces", entry.pieces())
                .field("deposits", entry.depositsMinor())
                .field("currency", entry.currency())
                .endObject();
    }

    private static void textOrNothing(final JsonWriter out, final String name, final String text) {
        out.name(name);
        if (text == null) {
            out.nothing();
        } else {
            out.value(text);
        }
    }

    /** Writes a member whom another brought. */
    public static void referral(final JsonWriter out, final Referral entry) {
        out.beginObject()
                .field("member_id", entry.memberId())
                .field("referrer_id", entry.referrerId())
                .field("cause", entry.cause());
        out.name("bound_at").time(entry.boundAtNs());
        if (entry.boundUntilNs() != null) {
            out.name("bound_until").time(entry.boundUntilNs());
        }
        out.endObject();
    }

    private static JsonWriter begin(final JsonWriter out, final long sequence, final long atNs) {
        return out.beginObject().field("sequence", sequence).name("at").time(atNs);
    }

    private static void buckets(final JsonWriter out, final Buckets buckets) {
        out.beginObject()
                .field("pending", buckets.pendingMinor())
                .field("spendable", buckets.spendableMinor())
                .field("withdrawable", buckets.withdrawableMinor())
                .field("locked", buckets.lockedMinor())
                .field("debt", buckets.debtMinor())
                .endObject();
    }

    private static void field(final JsonWriter out, final String name, final String value) {
        if (value != null && !value.isEmpty()) {
            out.field(name, value);
        }
    }
}
