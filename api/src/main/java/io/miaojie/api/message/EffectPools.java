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
    private int count;

    /** Writes every pool and remembers it. */
    void write(final JsonWriter out, final EffectsReader in, final EffectNames names, final int currency) {
        count = 0;
        int current = currency;
        out.beginArray();
        while (in.next()) {
            if (in.type() == EffectType.NOTE && in.note() == EffectNote.CURRENCY) {
                current = (int) in.noteFirst();
            } else if (in.type() == EffectType.POOL) {
                names.find(in.idOffset(), in.idLength());
                add(names.buffer(), names.slice(), current);
                write(out.beginObject(), in, count - 1);
                out.endObject();
            }
        }
        out.endArray();
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

    private void write(final JsonWriter out, final EffectsReader in, final int pool) {
        writeOwner(out, pool);
        out.field("currency", currency(pool));
        for (int bucket = 0; bucket < BUCKETS.length; bucket++) {
            out.field(BUCKETS[bucket], in.bucketMinor(bucket));
        }
        out.field("available", in.bucketMinor(SPENDABLE) + in.bucketMinor(WITHDRAWABLE));
    }

    private void add(final DirectBuffer buffer, final long owner, final int currency) {
        if (count == owners.length) {
            buffers = Arrays.copyOf(buffers, 2 * count);
            owners = Arrays.copyOf(owners, 2 * count);
            currencies = Arrays.copyOf(currencies, 2 * count);
        }
        buffers[count] = buffer;
        owners[count] = owner;
        currencies[count++] = currency;
    }
}
