package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A settled payment as JSON: a function of its command and its outcome. Thread: one. Allocates: nothing once grown. */
public final class PaymentView {
    private static final String[] BUCKETS = {"pending", "spendable", "withdrawable", "locked", "debt"};
    private static final int SPENDABLE = 1;
    private static final int WITHDRAWABLE = 2;
    private static final int DEBT = 4;
    private static final int NO_CAMPAIGN = -1;

    private final Directory directory;
    private final ResultCodes codes;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final PaymentOutcomeDecoder outcome = new PaymentOutcomeDecoder();
    private final UnsafeBuffer id = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer orderId = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer memberId = new UnsafeBuffer(0, 0);
    private final int[] wholePayment = new int[64];
    private final long[] buckets = new long[BUCKETS.length];
    private int wholePaymentCount;

    public PaymentView(final Directory directory, final ResultCodes codes) {
        this.directory = directory;
        this.codes = codes;
    }

    /** Opens the command that the next calls are about. */
    public PaymentView open(final DirectBuffer commandBytes) {
        command.wrapAndApplyHeader(commandBytes, 0, header);
        wrapIds();
        return this;
    }

    /** Writes the id of the payment. */
    public void writeId(final JsonWriter out) {
        out.name("id").value(id, 0, id.capacity());
    }

    /** Returns the id of the payment. */
    public String id() {
        return id.getStringWithoutLengthUtf8(0, id.capacity());
    }

    /** Returns the id of the member who paid; empty: none. */
    public String memberId() {
        return memberId.getStringWithoutLengthUtf8(0, memberId.capacity());
    }

    /** Writes the answer's body. */
    public void write(final JsonWriter out, final DirectBuffer outcomeBytes, final int offset) {
        outcome.wrapAndApplyHeader(outcomeBytes, offset, header);
        writeId(out.beginObject());
        out.name("order_id").value(orderId, 0, orderId.capacity());
        out.field("status", status());
        if (memberId.capacity() > 0) {
            out.name("member_id").value(memberId, 0, memberId.capacity());
        }
        writeGrants(out);
        writeSkips(out);
        writePools(out, Currencies.code(command.currency()));
        out.endObject();
    }

    /** Hands every code of the outcome, of campaigns and of the payment as a whole, to a counter. */
    public void eachSkip(final DirectBuffer outcomeBytes, final int offset, final Consumer<String> counter) {
        outcome.wrapAndApplyHeader(outcomeBytes, offset, header);
        outcome.grants().forEach(grant -> {});
        for (final PaymentOutcomeDecoder.SkipsDecoder skip : outcome.skips()) {
            counter.accept(codes.of(skip.code()).name());
        }
    }

    private void wrapIds() {
        for (final PaymentCommandDecoder.LinesDecoder line : command.lines()) {
            line.skipLineId();
            line.skipSku();
            line.skipCategory();
            line.skipSellerId();
        }
        command.wrapId(id);
        command.skipSource();
        command.wrapOrderId(orderId);
        command.wrapMemberId(memberId);
    }

    private String status() {
        return switch (outcome.status()) {
            case CAPTURED -> "CAPTURED";
            case LATE_REFUND_DUE -> "LATE_REFUND_DUE";
            case DUPLICATE_REFUND_DUE -> "DUPLICATE_REFUND_DUE";
            case AMOUNT_MISMATCH -> "AMOUNT_MISMATCH";
            case SBE_UNKNOWN, NULL_VAL -> throw new IllegalStateException("payment status unknown");
        };
    }

    private void writeGrants(final JsonWriter out) {
        out.name("grants").beginArray();
        for (final PaymentOutcomeDecoder.GrantsDecoder grant : outcome.grants()) {
            out.beginObject();
            writeCampaign(out, grant.campaignIndex());
            writeMember(out, grant.memberIndex());
            out.field("level", grant.level()).field("amount", grant.amountMinor());
            out.endObject();
        }
        out.endArray();
    }

    private void writeSkips(final JsonWriter out) {
        wholePaymentCount = 0;
        out.name("skipped").beginArray();
        for (final PaymentOutcomeDecoder.SkipsDecoder skip : outcome.skips()) {
            if (skip.campaignIndex() == NO_CAMPAIGN) {
                wholePayment[wholePaymentCount++ % wholePayment.length] = skip.code();
            } else {
                out.beginObject();
                writeCampaign(out, skip.campaignIndex());
                out.field("code", codes.of(skip.code()).name()).endObject();
            }
        }
        out.endArray().name("codes").beginArray();
        for (int i = 0; i < wholePaymentCount; i++) {
            out.value(codes.of(wholePayment[i]).name());
        }
        out.endArray();
    }

    /** Balances of one member stand together; buckets that are not named are zero. */
    private void writePools(final JsonWriter out, final String currency) {
        out.name("pools").beginArray();
        int member = NO_CAMPAIGN;
        for (final PaymentOutcomeDecoder.BalancesDecoder balance : outcome.balances()) {
            if (balance.memberIndex() != member) {
                writePool(out, member, currency);
                member = balance.memberIndex();
            }
            buckets[balance.bucket().value()] = balance.amountMinor();
        }
        writePool(out, member, currency);
        out.endArray();
    }

    private void writePool(final JsonWriter out, final int member, final String currency) {
        if (member == NO_CAMPAIGN) {
            return;
        }
        out.beginObject();
        writeMember(out, member);
        out.field("currency", currency);
        for (int i = 0; i < BUCKETS.length; i++) {
            out.field(BUCKETS[i], i == DEBT ? -buckets[i] : buckets[i]);
        }
        out.field("available", buckets[SPENDABLE] + buckets[WITHDRAWABLE]).endObject();
        Arrays.fill(buckets, 0);
    }

    private void writeCampaign(final JsonWriter out, final int index) {
        final CampaignVersion version = directory.version(index);
        if (version == null) {
            throw new IllegalStateException("campaign version unknown to the api, index=" + index);
        }
        out.field("campaign_id", version.definition().id()).field("campaign_version", version.version());
    }

    private void writeMember(final JsonWriter out, final int member) {
        if (member == outcome.memberIndex()) {
            out.name("member_id").value(memberId, 0, memberId.capacity());
        }
    }
}
