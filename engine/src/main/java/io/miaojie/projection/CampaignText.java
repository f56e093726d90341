package io.miaojie.projection;

import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a campaign definition that go to Postgres as JSON: terms by the names that its kind gives them, stores,
 * channels. A term or column without a descriptor is called by its number. Decodes the groups in their order and leaves
 * the decoder before the first data field.
 */
record CampaignText(String kind, String terms, String stores, String channels) {
    static CampaignText of(final DefineCampaignCommandDecoder command, final List<KindDescriptor> kinds) {
        final int number = command.kind();
        final List<TermDescriptor> descriptors = new ArrayList<>();
        String kind = Integer.toString(number);
        for (final KindDescriptor descriptor : kinds) {
            if (descriptor.number() == number) {
                kind = descriptor.name();
                descriptors.addAll(descriptor.terms());
            }
        }
        final JsonObject terms = new JsonObject();
        for (final DefineCampaignCommandDecoder.ScalarsDecoder scalar : command.scalars()) {
            terms.put(name(descriptors, scalar.term()), scalar.value());
        }
        for (final DefineCampaignCommandDecoder.CellsDecoder cell : command.cells()) {
            row(array(terms, name(descriptors, cell.term())), cell.row())
                    .put(column(descriptors, cell.term(), cell.column()), cell.value());
        }
        final SbeText text = new SbeText();
        for (final DefineCampaignCommandDecoder.IdsDecoder id : command.ids()) {
            id.wrapId(text.view());
            array(terms, name(descriptors, id.term())).add(text.text());
        }
        final JsonArray stores = new JsonArray();
        for (final DefineCampaignCommandDecoder.StoresDecoder store : command.stores()) {
            store.wrapId(text.view());
            stores.add(text.text());
        }
        final JsonArray channels = new JsonArray();
        for (final DefineCampaignCommandDecoder.ChannelsDecoder channel : command.channels()) {
            channel.wrapId(text.view());
            channels.add(text.text());
        }
        return new CampaignText(kind, terms.encode(), stores.encode(), channels.encode());
    }

    private static String name(final List<TermDescriptor> descriptors, final int term) {
        return term < descriptors.size() ? descriptors.get(term).name() : Integer.toString(term);
    }

    private static String column(final List<TermDescriptor> descriptors, final int term, final int column) {
        final boolean isKnown = term < descriptors.size()
                && column < descriptors.get(term).columns().size();
        return isKnown ? descriptors.get(term).columns().get(column).name() : Integer.toString(column);
    }

    private static JsonArray array(final JsonObject terms, final String name) {
        if (!terms.containsKey(name)) {
            terms.put(name, new JsonArray());
        }
        return terms.getJsonArray(name);
    }

    private static JsonObject row(final JsonArray table, final int row) {
        while (table.size() <= row) {
            table.add(new JsonObject());
        }
        return table.getJsonObject(row);
    }
}
