package io.miaojie.api.route;

import io.miaojie.api.directory.Merchant;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.MerchantForm;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.DefinedOutcomeDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;

/** Makes a merchant: the account holder and tenant. */
final class PostMerchant implements Endpoint {
    private final Edge edge;

    PostMerchant(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        new MerchantForm(exchange.body()).write(edge.scratch(), exchange.key());
        exchange.submit(this::write);
    }

    private void write(final JsonWriter out, final Answer answer) {
        final int index = new DefinedOutcomeDecoder()
                .wrapAndApplyHeader(answer.buffer(), answer.offset(), new MessageHeaderDecoder())
                .index();
        final Merchant merchant = edge.directory().merchant(index);
        out.beginObject()
                .field("id", merchant.id())
                .field("name", merchant.name())
                .field("utc_offset_minutes", merchant.utcOffsetMinutes())
                .field("currency", Currencies.code(merchant.currency()))
                .field("binding_mode", merchant.binding().mode().name());
        if (merchant.binding().days() > 0) {
            out.field("binding_days", merchant.binding().days());
        }
        out.field("reward_cap_ppm", merchant.rewardCapPpm()).endObject();
    }
}
