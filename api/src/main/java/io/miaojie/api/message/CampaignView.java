package io.miaojie.api.message;

import io.miaojie.api.directory.Campaign;
import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.directory.CampaignDefinition.Cell;
import io.miaojie.api.directory.CampaignDefinition.Name;
import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.codec.CampaignState;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A campaign as JSON, in the words in which it was defined. */
public final class CampaignView {
    private final List<KindDescriptor> kinds;

    public CampaignView(final List<KindDescriptor> kinds) {
        this.kinds = kinds;
    }

    /** Writes the newest version of a campaign, all but the closing brace. */
    public void begin(final JsonWriter out, final Campaign campaign) {
        begin(out, campaign.newest(), campaign.state());
    }

    /** Writes one version of a campaign, all but the closing brace. */
    public void begin(final JsonWriter out, final CampaignVersion version, final CampaignState state) {
        final CampaignDefinition definition = version.definition();
        final KindDescriptor kind = kinds.stream()
                .filter(candidate -> candidate.number() == definition.kind())
                .findFirst()
                .orElseThrow();
        out.beginObject()
                .field("id", definition.id())
                .field("kind", kind.name())
                .field("version", version.version())
                .field("state", state.name())
                .field("currency", Currencies.code(definition.currency()));
        out.name("terms").beginObject();
        for (int term = 0; term < kind.terms().size(); term++) {
            writeTerm(out, term, kind.terms().get(term), definition);
        }
        out.endObject();
        writeBudget(out, definition.budget());
        if (definition.startsAtNs() != 0) {
            out.name("starts_at").time(definition.startsAtNs());
        }
        if (definition.endsAtNs() != 0) {
            out.name("ends_at").time(definition.endsAtNs());
        }
        out.field("funder", definition.funder());
        writeStanding(out, definition);
        writeList(out, "channels", definition.channels());
        writeList(out, "stores", definition.stores());
        if (!definition.metadata().isEmpty()) {
            final byte[] json = definition.metadata().getBytes(StandardCharsets.UTF_8);
            out.name("metadata").json(json, 0, json.length);
        }
    }

    private static void writeStanding(final JsonWriter out, final CampaignDefinition definition) {
        out.field("priority", definition.stacking().priority());
        if (!definition.stacking().exclusiveGroup().isEmpty()) {
            out.field("exclusive_group", definition.stacking().exclusiveGroup());
        }
        final CampaignDefinition.Hold hold = definition.hold();
        out.name("hold").beginObject().field("policy", hold.policy().name());
        if (CampaignDefinition.Hold.hasDays(hold.policy())) {
            out.field("days", hold.days());
        }
        out.endObject().field("instant_ppm", hold.instantPpm());
    }

    private static void writeTerm(
            final JsonWriter out,
            final int term,
            final TermDescriptor descriptor,
            final CampaignDefinition definition) {
        final List<Cell> cells =
                definition.terms().stream().filter(cell -> cell.term() == term).toList();
        final List<String> names = definition.names().stream()
                .filter(name -> name.term() == term)
                .map(Name::id)
                .toList();
        switch (descriptor.shape()) {
            case SCALAR -> cells.forEach(cell -> out.field(descriptor.name(), cell.value()));
            case IDS -> writeList(out, descriptor.name(), names);
            case TABLE -> writeTable(out, descriptor, cells);
        }
    }

    private static void writeTable(final JsonWriter out, final TermDescriptor descriptor, final List<Cell> cells) {
        if (cells.isEmpty()) {
            return;
        }
        out.name(descriptor.name()).beginArray();
        final int rows = cells.get(cells.size() - 1).row() + 1;
        for (int i = 0; i < rows; i++) {
            final int row = i;
            out.beginObject();
            cells.stream()
                    .filter(cell -> cell.row() == row)
                    .forEach(cell ->
                            out.field(descriptor.columns().get(cell.column()).name(), cell.value()));
            out.endObject();
        }
        out.endArray();
    }

    private static void writeBudget(final JsonWriter out, final CampaignDefinition.Budget budget) {
        out.name("budget").beginObject();
        writeBound(out, "amount", budget.amountMinor());
        writeBound(out, "count", budget.count());
        writeBound(out, "per_day", budget.perDayMinor());
        writeBound(out, "per_member", budget.perMemberMinor());
        out.endObject();
    }

    private static void writeBound(final JsonWriter out, final String name, final long bound) {
        if (bound != CampaignDefinition.UNBOUNDED) {
            out.field(name, bound);
        }
    }

    private static void writeList(final JsonWriter out, final String name, final List<String> values) {
        if (!values.isEmpty()) {
            out.name(name).beginArray();
            values.forEach(out::value);
            out.endArray();
        }
    }
}
