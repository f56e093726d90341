package io.miaojie.projection;

import io.miaojie.journal.JournalException;
import io.miaojie.journal.RecordArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Old records as rows, a block of about 1 MiB in each, deflated. Seldom asked, so each call has a connection of its
 * own.
 *
 * <p>Thread: any. Blocks.
 */
public final class PostgresArchive implements RecordArchive {
    private static final String LAST =
            "select coalesce(max(last_sequence), 0) from miaojie.record_archive where shard = ?";
    private static final String APPEND = "insert into miaojie.record_archive"
            + " (shard, first_sequence, last_sequence, records) select ?, ?, ?, ?"
            + " where (" + LAST + ") = ?";
    private static final String BLOCK = "select first_sequence, records from miaojie.record_archive"
            + " where shard = ? and last_sequence >= ? order by last_sequence limit 1";
    private static final int CALL_MAX_S = 30;

    private final PostgresAddress address;
    private final int shard;

    public PostgresArchive(final PostgresAddress address, final int shard) {
        this.address = address;
        this.shard = shard;
    }

    @Override
    public long lastSequence() {
        try (Connection connection = address.connect();
                PreparedStatement statement = prepare(connection, LAST);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (final SQLException e) {
            throw failed("the archive can't be read", e);
        }
    }

    @Override
    public void append(final long firstSequence, final long lastSequence, final byte[] records) {
        try (Connection connection = address.connect();
                PreparedStatement statement = prepare(connection, APPEND)) {
            statement.setLong(2, firstSequence);
            statement.setLong(3, lastSequence);
            statement.setBytes(4, deflated(records));
            statement.setInt(5, shard);
            statement.setLong(6, firstSequence - 1);
            if (statement.executeUpdate() != 1) {
                throw new JournalException("records do not follow on the archive: firstSequence=" + firstSequence
                        + " shard=" + shard + " address=" + address);
            }
        } catch (final SQLException e) {
            throw failed("records can't be archived", e);
        }
    }

    @Override
    public byte[] block(final long sequence) {
        try (Connection connection = address.connect();
                PreparedStatement statement = prepare(connection, BLOCK)) {
            statement.setLong(2, sequence);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getLong(1) > sequence) {
                    throw new JournalException("record is neither in the journal nor in the archive: sequence="
                            + sequence + " shard=" + shard + " address=" + address);
                }
                return inflated(row.getBytes(2), sequence);
            }
        } catch (final SQLException e) {
            throw failed("the archive can't be read", e);
        }
    }

    /**
     * Looks whether the archive holds what the journal has let go of.
     *
     * @throws ProjectionException when it does not: these are not the rows of this journal, or not all of them
     */
    public void requireReaches(final long sequence) {
        final long last = lastSequence();
        if (last < sequence) {
            throw new ProjectionException("Postgres lacks records that the journal has let go of: archivedSequence="
                    + last + " needed=" + sequence + " shard=" + shard + " address=" + address);
        }
    }

    private PreparedStatement prepare(final Connection connection, final String sql) throws SQLException {
        final PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(CALL_MAX_S);
        statement.setInt(1, shard);
        return statement;
    }

    private JournalException failed(final String what, final SQLException cause) {
        return new JournalException(what + ": shard=" + shard + " address=" + address, cause);
    }

    private static byte[] deflated(final byte[] records) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream(records.length / 2);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(records);
        } catch (final IOException e) {
            throw new IllegalStateException("memory can't be written", e);
        }
        return out.toByteArray();
    }

    private static byte[] inflated(final byte[] block, final long sequence) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(block))) {
            return inflater.readAllBytes();
        } catch (final IOException e) {
            throw new JournalException("archive is damaged: sequence=" + sequence + " reason=block is not deflated", e);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
