package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The pools of one outcome, by the place at which grants and withdrawals name them: whose they are and in which
 * currency. Thread: one. Allocates: nothing once grown.
 */
final class EffectPools {
    private static final String[] BUCKETS = {"pending", "spendable", "withdrawable", "locked", "debt"};
    private static final int SPENDABLE = 1;
    private static final int WITHDRAWABLE = 2;

    private DirectBuffer[] buffers = new DirectBuffer[8];
    private long[] owners = new long[8];
    private int[] currencies = new int[8];
    private long[] amounts = new long[8 * BUCKETS.length];
    private int[] members = new int[8];
    private int count;
    private int seen;

    /** Writes every pool and remembers it. */
    void write(final JsonWriter out, final EffectsReader in, final EffectNames names, final int currency) {
        read(in, names, currency);
        out.beginArray();
        for (int pool = 0; pool < count; pool++) {
            write(out, pool);
        }
        out.endArray();
    }

    /** Remembers every pool, and which types of entries there are. */
    void read(final EffectsReader in, final EffectNames names, final int currency) {
        count = 0;
        seen = 0;
        int current = currency;
        while (in.next()) {
            seen |= 1 << in.type().number();
            if (in.type() == EffectType.NOTE && in.note() == EffectNote.CURRENCY) {
                current = (int) in.noteFirst();
            } else if (in.type() == EffectType.POOL) {
                names.find(in.idOffset(), in.idLength());
                add(in, names.buffer(), names.slice(), current);
            }
        }
    }

    /** Writes a pool that is remembered, as an object. */
    void write(final JsonWriter out, final int pool) {
        writeOwner(out.beginObject(), pool);
        out.field("currency", currency(pool));
        final int at = pool * BUCKETS.length;
        for (int bucket = 0; bucket < BUCKETS.length; bucket++) {
            out.field(BUCKETS[bucket], amounts[at + bucket]);
        }
        out.field("available", amounts[at + SPENDABLE] + amounts[at + WITHDRAWABLE])
                .endObject();
    }

    int count() {
        return count;
    }

    /** Returns whether there are entries of this type. */
    boolean hasSeen(final EffectType type) {
        return (seen & 1 << type.number()) != 0;
    }

    /** Returns the index of the member whose pool it is. */
    int member(final int pool) {
        return members[pool];
    }

    /** Returns the id of that member. */
    String memberId(final int pool) {
        return buffers[pool].getStringWithoutLengthUtf8(Slice.offset(owners[pool]), Slice.length(owners[pool]));
    }

    /** Writes {@code member_id} of a pool, when it is known. */
    void writeOwner(final JsonWriter out, final int pool) {
        if (owners[pool] != Slice.ABSENT) {
            out.name("member_id").value(buffers[pool], Slice.offset(owners[pool]), Slice.length(owners[pool]));
        }
    }

    /** Returns the currency code of a pool. */
    String currency(final int pool) {
        return Currencies.code(currencies[pool]);
    }

    private void add(final EffectsReader in, final DirectBuffer buffer, final long owner, final int currency) {
        if (count == owners.length) {
            buffers = Arrays.copyOf(buffers, 2 * count);
            owners = Arrays.copyOf(owners, 2 * count);
            currencies = Arrays.copyOf(currencies, 2 * count);
            members = Arrays.copyOf(members, 2 * count);
            amounts = Arrays.copyOf(amounts, 2 * count * BUCKETS.length);
        }
        members[count] = in.member();
        for (int bucket = 0; bucket < BUCKETS.length; bucket++) {
            amounts[count * BUCKETS.length + bucket] = in.bucketMinor(bucket);
        }
        buffers[count] = buffer;
        owners[count] = owner;
        currencies[count++] = currency;
    }
}
