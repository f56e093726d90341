package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PoolAnswerDecoder;
import org.agrona.DirectBuffer;

/** The pools of one member as JSON. */
public final class PoolView {
    private PoolView() {}

    public static void write(final JsonWriter out, final String memberId, final DirectBuffer buffer, final int offset) {
        out.beginObject().field("member_id", memberId).name("pools").beginArray();
        new PoolAnswerDecoder()
                .wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder())
                .pools()
                .forEach(pool -> out.beginObject()
                        .field("currency", Currencies.code(pool.currency()))
                        .field("pending", pool.pendingMinor())
                        .field("spendable", pool.spendableMinor())
                        .field("withdrawable", pool.withdrawableMinor())
                        .field("locked", pool.lockedMinor())
                        .field("debt", pool.debtMinor())
                        .field("available", pool.spendableMinor() + pool.withdrawableMinor())
                        .endObject());
        out.endArray().endObject();
    }
}
