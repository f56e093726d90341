package io.miaojie.node.verify;

import io.miaojie.journal.RecordReader;
import io.miaojie.projection.ExpectedRows;
import io.miaojie.projection.PostgresAddress;
import io.miaojie.projection.ProjectionConfig;

/** Compares every table, every row and every column with what the records of the journal make of them. */
final class RowComparison {
    private final PostgresAddress postgres;
    private final ProjectionConfig config;
    private final Differences differences;
    private int tableCount;

    RowComparison(final PostgresAddress postgres, final ProjectionConfig config, final Differences differences) {
        this.postgres = postgres;
        this.config = config;
        this.differences = differences;
    }

    /**
     * Returns how many rows were compared.
     *
     * @param records stands at genesis; closed here
     * @param lastSequence of the rows
     */
    long run(final RecordReader records, final long lastSequence) {
        long count = 0;
        try (records;
                ExpectedRows expected = ExpectedRows.open(postgres, config)) {
            expected.fill(records, lastSequence);
            for (final String table : expected.tables()) {
                count += expected.compare(table, differences::add);
                tableCount++;
            }
        }
        return count;
    }

    int tableCount() {
        return tableCount;
    }
}
