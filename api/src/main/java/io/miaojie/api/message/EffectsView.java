package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * What a record changed, or how something stands, as fields of an object that was begun. Each list is one pass over the
 * effects. Thread: one. Allocates: nothing for grants, skips and pools once grown.
 */
final class EffectsView {
    /** By the tag of the timer, in the order of the core's. */
    static final List<String> TIMERS = List.of(
            "",
            "campaign_closing",
            "order_expiry",
            "release",
            "grant_expiry",
            "withdrawal_query",
            "group_deadline",
            "group_walk",
            "campaign_end",
            "review_end");

    private static final int WHOLE_FACT = -1;
    private static final int AFTER_SALE_OPEN = 1;
    private static final int DELIVERED = 1 << 1;

    private final Directory directory;
    private final ResultCodes codes;
    private final EffectsReader in = new EffectsReader();
    private final SeatsView seats;
    private final EffectPools pools = new EffectPools();
    private final EffectNames memberNames = new EffectNames();
    private final EffectNames orderNames = new EffectNames();
    private DirectBuffer buffer;
    private int offset;
    private int length;
    private int currency;
    private boolean isChange;

    EffectsView(final Directory directory, final ResultCodes codes, final List<KindDescriptor> kinds) {
        this.directory = directory;
        this.codes = codes;
        seats = new SeatsView(directory, kinds);
    }

    /**
     * Opens the effects of an outcome or of an answer.
     *
     * @param newCurrency of the pools, until a note names another
     * @param newIsChange whether they tell what a record changed; else how something stands
     */
    EffectsView open(
            final DirectBuffer newBuffer,
            final int newOffset,
            final int newLength,
            final int newCurrency,
            final boolean newIsChange) {
        buffer = newBuffer;
        offset = newOffset;
        length = newLength;
        currency = newCurrency;
        isChange = newIsChange;
        return this;
    }

    /** Says which ids of the command the effects leave out: of its member and its order. */
    EffectsView named(final DirectBuffer command, final long memberId, final long orderId) {
        memberNames.open(buffer, command, memberId);
        orderNames.open(buffer, command, orderId);
        return this;
    }

    /**
     * Writes {@code pools} first, since grants name them, then whatever else there is.
     *
     * @param code of the outcome, 0: none; it stands first among the codes
     */
    void write(final JsonWriter out, final int code) {
        out.name("pools");
        pools.write(out, begin(), memberNames, currency);
        writeGrants(out);
        writeSkips(out);
        writeCodes(out, code);
        writeRest(out);
    }

    /** Writes {@code pools} and the one member or withdrawal that there is. */
    void writeOne(final JsonWriter out) {
        out.name("pools");
        pools.write(out, begin(), memberNames, currency);
        writeRest(out);
    }

    /** Begins a walk from entry to entry, with {@link #writeEntry} at each; the pools are known from here on. */
    EffectsReader walk() {
        pools.read(begin(), memberNames, currency);
        return begin();
    }

    EffectPools pools() {
        return pools;
    }

    /**
     * Writes the entry of a walk, a grant, an order, a refund order or a withdrawal, in the words of a whole outcome.
     */
    void writeEntry(final JsonWriter out) {
        switch (in.type()) {
            case GRANT -> {
                out.name("grants").beginArray();
                writeGrant(out.beginObject());
                out.endObject().endArray();
            }
            case ORDER -> writeOrder(out);
            case WITHDRAWAL -> writeWithdrawal(out);
            case REFUND_ORDER -> {
                out.name("refund_orders").beginArray().beginObject();
                writeRefundOrder(out);
                out.endObject().endArray();
            }
            default -> throw new IllegalStateException("no entry to tell alone: type=" + in.type());
        }
    }

    /** Hands every code, of campaigns and of the fact as a whole, to a counter. */
    void eachCode(final Consumer<String> counter) {
        begin();
        while (in.next()) {
            if (in.type() == EffectType.SKIP) {
                counter.accept(codes.of(in.skipCode()).name());
            }
        }
    }

    /** Writes {@code member_id} of the first member that the effects tell of, if there is one. */
    void writeMemberId(final JsonWriter out) {
        begin();
        while (in.next()) {
            if (in.type() == EffectType.MEMBER) {
                memberNames.write(out, "member_id", in.idOffset(), in.idLength());
                return;
            }
        }
    }

    private EffectsReader begin() {
        return in.wrap(buffer, offset, length);
    }

    /** Moves to the next entry of this type; false: there is none. The pools were read before. */
    private boolean nextOf(final EffectType type) {
        boolean isFound = false;
        while (!isFound && pools.hasSeen(type) && in.next()) {
            isFound = in.type() == type;
        }
        return isFound;
    }

    private void writeGrants(final JsonWriter out) {
        begin();
        out.name("grants").beginArray();
        while (nextOf(EffectType.GRANT)) {
            writeGrant(out.beginObject());
            out.endObject();
        }
        out.endArray();
    }

    private void writeGrant(final JsonWriter out) {
        writeCampaign(out, in.version());
        pools.writeOwner(out, in.pool());
        out.field("level", in.level());
        if (isChange) {
            out.field("amount", in.creditedChangeMinor()).field("clawed_amount", in.clawedChangeMinor());
        }
        out.field("credited", in.creditedMinor())
                .field("clawed", in.clawedMinor())
                .field("pending", in.pendingMinor())
                .name("released")
                .value(in.isReleased());
        if (in.releaseAtNs() != 0) {
            out.name("release_at").time(in.releaseAtNs());
        }
    }

    private void writeSkips(final JsonWriter out) {
        begin();
        out.name("skipped").beginArray();
        while (nextOf(EffectType.SKIP)) {
            if (in.version() != WHOLE_FACT) {
                writeCampaign(out.beginObject(), in.version());
                if (in.level() > 0) {
                    out.field("level", in.level());
                }
                out.field("code", codes.of(in.skipCode()).name()).endObject();
            }
        }
        out.endArray();
    }

    private void writeCodes(final JsonWriter out, final int code) {
        begin();
        out.name("codes").beginArray();
        if (code != 0) {
            out.value(codes.of(code).name());
        }
        while (nextOf(EffectType.SKIP)) {
            if (in.version() == WHOLE_FACT) {
                out.value(codes.of(in.skipCode()).name());
            }
        }
        out.endArray();
    }

    /** The rest is at most one of each, but for refund orders and notes. */
    private void writeRest(final JsonWriter out) {
        boolean hasOrder = false;
        begin();
        while (hasRest() && in.next()) {
            switch (in.type()) {
                case ORDER -> {
                    if (!hasOrder && in.order() >= 0) {
                        hasOrder = true;
                        writeOrder(out);
                    }
                }
                case WITHDRAWAL -> writeWithdrawal(out);
                case MEMBER -> writeMember(out);
                default -> {}
            }
        }
        if (pools.hasSeen(EffectType.REFUND_ORDER)) {
            writeRefundOrders(out);
        }
        if (pools.hasSeen(EffectType.NOTE)) {
            writeNotes(out);
        }
    }

    private boolean hasRest() {
        return pools.hasSeen(EffectType.ORDER)
                || pools.hasSeen(EffectType.WITHDRAWAL)
                || pools.hasSeen(EffectType.MEMBER);
    }

    private void writeOrder(final JsonWriter out) {
        out.name("order").beginObject();
        orderNames.write(out, "order_id", in.idOffset(), in.idLength());
        out.field("state", OrderState.get((short) in.orderState()).name());
        if (in.isOrderExtended()) {
            out.field("payable", in.payableMinor())
                    .field("captured", in.capturedMinor())
                    .field("refunded", in.refundedMinor())
                    .name("pool_spend")
                    .beginObject()
                    .field("spendable", in.poolSpendableMinor())
                    .field("withdrawable", in.poolWithdrawableMinor())
                    .field("returned", in.poolReturnedMinor())
                    .endObject();
            writeTime(out, "pay_by", in.payByNs());
            writeTime(out, "hold_until", in.holdUntilNs());
            out.name("after_sale_open").value((in.orderFlags() & AFTER_SALE_OPEN) != 0);
            out.name("delivered").value((in.orderFlags() & DELIVERED) != 0);
        }
        out.endObject();
    }

    private void writeWithdrawal(final JsonWriter out) {
        final int shard = directory.shard().number();
        out.name("withdrawal").beginObject();
        pools.writeOwner(out, in.pool());
        out.field("state", WithdrawalState.get((short) in.withdrawalState()).name())
                .field("out_bill_no", EngineId.of(EngineId.WITHDRAWAL, shard, in.madeSequence(), 0))
                .field("currency", pools.currency(in.pool()))
                .field("amount", in.amountMinor())
                .field("fee", in.feeMinor())
                .field("tax_withheld", in.taxMinor())
                .field("net", in.amountMinor() - in.feeMinor() - in.taxMinor())
                .name("query_due")
                .value(in.isQueryDue())
                .endObject();
    }

    private void writeMember(final JsonWriter out) {
        out.name("member").beginObject();
        memberNames.write(out, "member_id", in.idOffset(), in.idLength());
        out.name("made").value(in.isMemberMade()).name("provisional").value(in.isMemberProvisional());
        out.name("referrer_id");
        if (in.referrer() < 0) {
            out.nothing();
        } else {
            memberNames.find(in.referrerIdOffset(), in.referrerIdLength());
            out.value(memberNames.buffer(), Slice.offset(memberNames.slice()), Slice.length(memberNames.slice()));
        }
        writeTime(out, "bound_until", in.boundUntilNs());
        out.endObject();
    }

    private void writeRefundOrders(final JsonWriter out) {
        int orderIdOffset = 0;
        int orderIdLength = 0;
        begin();
        out.name("refund_orders").beginArray();
        while (in.next()) {
            if (in.type() == EffectType.ORDER) {
                orderIdOffset = in.idOffset();
                orderIdLength = in.idLength();
            } else if (in.type() == EffectType.REFUND_ORDER) {
                out.beginObject();
                orderNames.write(out, "order_id", orderIdOffset, orderIdLength);
                writeRefundOrder(out);
                out.endObject();
            }
        }
        out.endArray();
    }

    private void writeRefundOrder(final JsonWriter out) {
        final String id =
                EngineId.of(EngineId.REFUND_ORDER, directory.shard().number(), in.madeSequence(), in.ordinal());
        out.field("refund_order_id", id)
                .field("out_refund_no", id)
                .field("payment_sequence", in.paymentSequence())
                .field("amount", in.amountMinor())
                .field("currency", Currencies.code(in.refundOrderCurrency()))
                .field("reason", codes.of(in.reason()).name())
                .field(
                        "state",
                        RefundOrderState.get((short) in.refundOrderState()).name());
    }

    private void writeNotes(final JsonWriter out) {
        writeLink(out);
        writeAccounts(out);
        writeFired(out);
        seats.learnGroups(begin());
        seats.writeGroups(out, begin());
        seats.writeEntries(out, begin());
        BookingsView.writeInstalments(out, begin());
        RiskView.write(out, begin(), codes);
    }

    private void writeLink(final JsonWriter out) {
        begin();
        while (in.next()) {
            if (isNote(EffectNote.LINK)) {
                out.name("link").beginObject();
                out.name("token").value(buffer, in.idOffset(), in.idLength());
                out.name("scene").value(buffer, in.idOffset(), in.idLength());
                out.field("url", "/s/" + buffer.getStringWithoutLengthAscii(in.idOffset(), in.idLength()));
                writeTime(out, "expires_at", in.noteSecond());
                out.endObject();
            }
        }
    }

    private void writeAccounts(final JsonWriter out) {
        boolean isBegun = false;
        int current = currency;
        begin();
        while (in.next()) {
            if (isNote(EffectNote.CURRENCY)) {
                current = (int) in.noteFirst();
            } else if (isNote(EffectNote.ACCOUNT)) {
                if (!isBegun) {
                    out.name("accounts").beginArray();
                    isBegun = true;
                }
                out.beginObject().name("account").value(buffer, in.idOffset(), in.idLength());
                out.field("currency", Currencies.code(current))
                        .field("balance", in.noteFirst() >>> 1 ^ -(in.noteFirst() & 1))
                        .endObject();
            }
        }
        if (isBegun) {
            out.endArray();
        }
    }

    private void writeFired(final JsonWriter out) {
        boolean isBegun = false;
        begin();
        while (in.next()) {
            if (isNote(EffectNote.FIRED)) {
                if (!isBegun) {
                    out.name("fired").beginObject();
                    isBegun = true;
                }
                out.field(TIMERS.get((int) in.noteFirst()), in.noteSecond());
            }
        }
        if (isBegun) {
            out.endObject();
        }
    }

    private boolean isNote(final EffectNote note) {
        return in.type() == EffectType.NOTE && in.note() == note;
    }

    private void writeCampaign(final JsonWriter out, final int index) {
        final CampaignVersion version = directory.version(index);
        if (version == null) {
            throw new IllegalStateException("campaign version unknown to the api, index=" + index);
        }
        out.field("campaign_id", version.definition().id()).field("campaign_version", version.version());
    }

    private static void writeTime(final JsonWriter out, final String name, final long ns) {
        if (ns != 0) {
            out.name(name).time(ns);
        }
    }
}
