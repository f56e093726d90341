package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.json.Slice;
import io.miaojie.api.message.ActionForm;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.wire.codec.ActionCommandDecoder;
import java.util.function.Consumer;

/** What is asked of a campaign outside an order, as a line: campaign and action stand in fields of their own. */
final class ActionLine implements LineType {
    private static final String CAMPAIGN_ID = "campaign_id";
    private static final String ACTION = "action";

    private final Edge edge;
    private ActionForm form;
    private String campaignId;

    ActionLine(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public String word() {
        return ACTION;
    }

    @Override
    public int commandTemplate() {
        return ActionCommandDecoder.TEMPLATE_ID;
    }

    @Override
    public void forget() {
        form = null;
    }

    /** Both names are looked for first, wherever they stand: they decide which arguments there are. */
    @Override
    public void read(final JsonReader reader, final ApiKey key) {
        campaignId = sent(reader, CAMPAIGN_ID);
        final CampaignAction action = CampaignAction.find(edge, key, campaignId, sent(reader, ACTION));
        form = new ActionForm(reader, action.index(), action.descriptor());
        form.read(true);
    }

    private static String sent(final JsonReader reader, final String field) {
        final String text = reader.peek(field);
        if (text == null) {
            throw reader.missingField(field);
        }
        return text;
    }

    @Override
    public long id() {
        return form == null ? Slice.ABSENT : form.id();
    }

    @Override
    public void write(final CommandScratch out, final ApiKey key) {
        form.write(out, key, campaignId);
    }

    @Override
    public void writeId(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).writeId(out);
    }

    @Override
    public void writeBody(final JsonWriter out, final Answer answer) {
        edge.settledView().open(answer.command()).write(out, answer.buffer(), answer.offset());
    }

    @Override
    public void eachCode(final Answer answer, final Consumer<String> counter) {
        edge.settledView().open(answer.command()).eachCode(answer.buffer(), answer.offset(), counter);
    }
}
