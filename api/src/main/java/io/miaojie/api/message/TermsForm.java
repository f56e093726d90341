package io.miaojie.api.message;

import io.miaojie.api.digest.Fingerprint;
import io.miaojie.api.directory.CampaignDefinition;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The terms of a campaign, read and bounded by what its kind declares; this knows no kind by name. */
final class TermsForm {
    private static final Comparator<CampaignDefinition.Cell> IN_ORDER = Comparator.comparingInt(
                    CampaignDefinition.Cell::term)
            .thenComparingInt(CampaignDefinition.Cell::row)
            .thenComparingInt(CampaignDefinition.Cell::column);

    private final JsonReader in;
    private final List<CampaignDefinition.Cell> cells = new ArrayList<>();
    private final List<CampaignDefinition.Name> names = new ArrayList<>();

    TermsForm(final JsonReader in, final KindDescriptor kind) {
        this.in = in;
        long mask = 0;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            final int term =
                    place(kind.terms().stream().map(TermDescriptor::name).toList(), field);
            mask = in.once(mask, 1L << term);
            read(term, kind.terms().get(term));
        }
        cells.sort(IN_ORDER);
        names.sort(Comparator.comparingInt(CampaignDefinition.Name::term));
    }

    List<CampaignDefinition.Cell> cells() {
        return cells;
    }

    List<CampaignDefinition.Name> names() {
        return names;
    }

    void fingerprint(final Fingerprint out) {
        for (final CampaignDefinition.Cell cell : cells) {
            out.field(20, cell.term())
                    .field(20, cell.row())
                    .field(20, cell.column())
                    .field(20, cell.value());
        }
        for (final CampaignDefinition.Name name : names) {
            out.field(22, name.term());
            CampaignForm.text(out, 22, name.id());
        }
    }

    private void read(final int term, final TermDescriptor descriptor) {
        switch (descriptor.shape()) {
            case SCALAR -> {
                final long value = in.integer(descriptor.min(), descriptor.max());
                cells.add(new CampaignDefinition.Cell(term, CampaignDefinition.SCALAR, 0, value));
            }
            case TABLE -> readTable(term, descriptor);
            case IDS -> readIds(term, descriptor);
        }
    }

    private void readTable(final int term, final TermDescriptor descriptor) {
        int row = 0;
        in.beginArray();
        while (in.nextEntry(descriptor.entriesMax())) {
            readRow(term, row++, descriptor.columns());
        }
    }

    private void readRow(final int term, final int row, final List<TermDescriptor.Column> columns) {
        long mask = 0;
        in.beginObject();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            final int place =
                    place(columns.stream().map(TermDescriptor.Column::name).toList(), field);
            mask = in.once(mask, 1L << place);
            final TermDescriptor.Column column = columns.get(place);
            cells.add(new CampaignDefinition.Cell(term, row, place, in.integer(column.min(), column.max())));
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).required() && (mask & 1L << i) == 0) {
                throw in.missingField(columns.get(i).name());
            }
        }
    }

    private void readIds(final int term, final TermDescriptor descriptor) {
        in.beginArray();
        while (in.nextEntry(descriptor.entriesMax())) {
            final long id = in.text((int) descriptor.max());
            names.add(new CampaignDefinition.Name(
                    term, new String(in.text(), Slice.offset(id), Slice.length(id), StandardCharsets.UTF_8)));
        }
    }

    private int place(final List<String> known, final String field) {
        final int place = known.indexOf(field);
        if (place < 0) {
            throw in.unknownField();
        }
        return place;
    }
}
