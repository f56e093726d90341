package io.miaojie.settlement.campaign;

import io.miaojie.settlement.state.IdTable;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import io.miaojie.wire.TermDescriptor.Shape;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder.CellsDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder.IdsDecoder;
import io.miaojie.wire.codec.DefineCampaignCommandDecoder.ScalarsDecoder;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the terms of a definition and holds each against its descriptor. */
final class TermsReader {
    private final List<TermDescriptor> descriptors;
    private final long[] scalars;
    private final long[][][] tables;
    private final int[] listCounts;
    private boolean isSound = true;

    TermsReader(final List<TermDescriptor> descriptors) {
        this.descriptors = descriptors;
        this.scalars = new long[descriptors.size()];
        this.tables = new long[descriptors.size()][0][];
        this.listCounts = new int[descriptors.size()];
        Arrays.fill(scalars, Terms.ABSENT);
    }

    /** Reads the groups scalars, cells and ids, in this order; the decoder stands before them. */
    Terms read(final DefineCampaignCommandDecoder command, final UnsafeBuffer buffer) {
        for (final ScalarsDecoder scalar : command.scalars()) {
            readScalar(scalar);
        }
        for (final CellsDecoder cell : command.cells()) {
            readCell(cell);
        }
        checkRows();
        return new Terms(scalars, tables, listCounts, readLists(command, buffer));
    }

    /** Tells whether every term that was read keeps to its descriptor. */
    boolean isSound() {
        return isSound;
    }

    private void readScalar(final ScalarsDecoder scalar) {
        final int term = scalar.term();
        final long value = scalar.value();
        if (!has(term, Shape.SCALAR) || scalars[term] != Terms.ABSENT || !isWithin(value, descriptors.get(term))) {
            isSound = false;
            return;
        }
        scalars[term] = value;
    }

    private void readCell(final CellsDecoder cell) {
        final int term = cell.term();
        final int row = cell.row();
        if (!has(term, Shape.TABLE) || row >= descriptors.get(term).entriesMax() || row > tables[term].length) {
            isSound = false;
            return;
        }
        final List<Column> columns = descriptors.get(term).columns();
        if (row == tables[term].length) {
            tables[term] = Arrays.copyOf(tables[term], row + 1);
            tables[term][row] = new long[columns.size()];
            Arrays.fill(tables[term][row], Terms.ABSENT);
        }
        putCell(tables[term][row], columns, cell.column(), cell.value());
    }

    private void putCell(final long[] row, final List<Column> columns, final int column, final long value) {
        if (column >= columns.size()
                || row[column] != Terms.ABSENT
                || value < columns.get(column).min()
                || value > columns.get(column).max()) {
            isSound = false;
            return;
        }
        row[column] = value;
    }

    private void checkRows() {
        for (int term = 0; term < tables.length; term++) {
            final List<Column> columns = descriptors.get(term).columns();
            for (final long[] row : tables[term]) {
                for (int column = 0; column < row.length; column++) {
                    isSound &=
                            row[column] != Terms.ABSENT || !columns.get(column).required();
                }
            }
        }
    }

    private IdTable readLists(final DefineCampaignCommandDecoder command, final UnsafeBuffer buffer) {
        final IdsDecoder ids = command.ids();
        final IdTable lists = new IdTable(ids.count());
        final Slice view = new Slice();
        while (ids.hasNext()) {
            final int term = ids.next().term();
            final int offset = command.limit() + IdsDecoder.idHeaderLength();
            view.wrap(buffer, offset, ids.skipId());
            if (!has(term, Shape.IDS) || !isWithin(view.length(), descriptors.get(term))) {
                isSound = false;
            } else if (lists.find(term, view) < 0) {
                lists.add(term, view);
                isSound &= ++listCounts[term] <= descriptors.get(term).entriesMax();
            }
        }
        return lists;
    }

    private boolean has(final int term, final Shape shape) {
        return term < descriptors.size() && descriptors.get(term).shape() == shape;
    }

    private static boolean isWithin(final long value, final TermDescriptor descriptor) {
        return value >= descriptor.min() && value <= descriptor.max();
    }
}
