package io.miaojie.api.message;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * What a tick did, one change at a time: a tick is of no merchant, and each change is told to its own. Campaigns that
 * it closed are left to whoever tells of definitions. Thread: one.
 */
public final class TickView {
    /** What a timer did. */
    public enum Change {
        /** A hold ended: money moved to where it can be withdrawn. */
        GRANT_RELEASED,
        /** The days of a grant were over, and what was unspent of it was taken back. */
        GRANT_EXPIRED,
        ORDER_EXPIRED,
        /** What an order had earned that expired with some of it paid was taken back. */
        GRANT_CLAWED,
        /** What was paid of an order that expired is to be given back outside. */
        REFUND_ORDER_CREATED,
        /** A withdrawal is under way for so long that the channel should be asked. */
        WITHDRAWAL_QUERY_DUE
    }

    private record Owner(int merchantIndex, String memberId) {}

    private final Directory directory;
    private final EffectsView effects;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final Map<Integer, Owner> orders = new HashMap<>();
    private final Map<Integer, Owner> withdrawals = new HashMap<>();
    private final Set<Integer> reviewed = new HashSet<>();
    private EffectsReader in;
    private Change change;
    private int merchantIndex;
    private String memberId;
    private String orderId;
    private Owner expired;
    private boolean isReviewed;

    public TickView(final Directory directory, final List<KindDescriptor> kinds, final ResultCodes codes) {
        this.directory = directory;
        effects = new EffectsView(directory, codes, kinds);
    }

    /** Opens the outcome of a tick; {@link #next} moves to its first change. */
    public TickView open(final DirectBuffer buffer, final int offset) {
        outcome.wrapAndApplyHeader(buffer, offset, header);
        final int at = outcome.limit() + SettledOutcomeDecoder.effectsHeaderLength();
        effects.open(buffer, at, outcome.effectsLength(), outcome.currency(), true)
                .named(buffer, Slice.ABSENT, Slice.ABSENT);
        orders.clear();
        withdrawals.clear();
        reviewed.clear();
        in = effects.walk();
        while (in.next()) {
            if (in.type() == EffectType.NOTE && in.note() == EffectNote.ORDER_EXPIRED) {
                orders.put((int) in.noteFirst(), new Owner((int) in.noteSecond(), id()));
            } else if (in.type() == EffectType.NOTE && in.note() == EffectNote.QUERY_DUE) {
                withdrawals.put((int) in.noteFirst(), new Owner((int) in.noteSecond(), ""));
            } else if (RiskView.is(in)) {
                reviewed.add(RiskView.order(in));
            }
        }
        in = effects.walk();
        orderId = "";
        expired = null;
        isReviewed = false;
        return this;
    }

    /** Moves to the next change; false: there is none. */
    public boolean next() {
        while (in.next()) {
            final boolean isChange =
                    switch (in.type()) {
                        case ORDER -> isExpiredOrder();
                        case GRANT -> isGrant();
                        case REFUND_ORDER -> isRefundOrder();
                        case WITHDRAWAL -> isFlagged();
                        default -> false;
                    };
            if (isChange) {
                return true;
            }
        }
        return false;
    }

    public Change change() {
        return change;
    }

    /** Returns whom the change is told to. */
    public int merchantIndex() {
        return merchantIndex;
    }

    /** Returns whose it is; empty: nobody's. */
    public String memberId() {
        return memberId;
    }

    /** Returns the campaign of a grant; empty: it is no grant. */
    public String campaignId() {
        return in.type() == EffectType.GRANT
                ? directory.version(in.version()).definition().id()
                : "";
    }

    /** Writes the change as a write would be answered that had made it, with the pools that it moved. */
    public void write(final JsonWriter out) {
        out.beginObject();
        writeText(out, "order_id", in.type() == EffectType.WITHDRAWAL ? "" : orderId);
        writeText(out, "member_id", memberId);
        out.name("pools").beginArray();
        for (int pool = 0; pool < effects.pools().count(); pool++) {
            if (isMoved(pool)) {
                effects.pools().write(out, pool);
            }
        }
        out.endArray();
        effects.writeEntry(out);
        out.endObject();
    }

    private boolean isExpiredOrder() {
        orderId = in.order() < 0 ? "" : id();
        isReviewed = reviewed.contains(in.order());
        expired = orders.get(in.order());
        if (expired == null) {
            return false;
        }
        tell(Change.ORDER_EXPIRED, expired.merchantIndex, expired.memberId);
        return true;
    }

    /** Of a grant that was released and expired in one tick the second is told; the first stands in its fields. */
    private boolean isGrant() {
        if (isReviewed && in.clawedChangeMinor() == 0 && !in.isReleased()) {
            return false; // spendable again, which the review itself is told of
        }
        final Change taken = expired == null && !isReviewed ? Change.GRANT_EXPIRED : Change.GRANT_CLAWED;
        tell(
                in.clawedChangeMinor() > 0 ? taken : Change.GRANT_RELEASED,
                directory.version(in.version()).merchantIndex(),
                effects.pools().memberId(in.pool()));
        return true;
    }

    /** A timer makes them of orders that it ends only. */
    private boolean isRefundOrder() {
        if (expired == null) {
            return false;
        }
        tell(Change.REFUND_ORDER_CREATED, expired.merchantIndex, expired.memberId);
        return true;
    }

    private boolean isFlagged() {
        final Owner owner = withdrawals.get(in.withdrawalIndex());
        if (owner == null) {
            return false;
        }
        tell(Change.WITHDRAWAL_QUERY_DUE, owner.merchantIndex, effects.pools().memberId(in.pool()));
        return true;
    }

    private void tell(final Change newChange, final int newMerchantIndex, final String newMemberId) {
        change = newChange;
        merchantIndex = newMerchantIndex;
        memberId = newMemberId;
    }

    private boolean isMoved(final int pool) {
        return switch (in.type()) {
            case ORDER -> effects.pools().member(pool) == in.orderMember();
            case GRANT, WITHDRAWAL -> pool == in.pool();
            default -> false;
        };
    }

    private String id() {
        return in.buffer().getStringWithoutLengthUtf8(in.idOffset(), in.idLength());
    }

    private static void writeText(final JsonWriter out, final String name, final String value) {
        if (!value.isEmpty()) {
            out.field(name, value);
        }
    }
}
