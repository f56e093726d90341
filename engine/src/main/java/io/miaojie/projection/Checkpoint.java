package io.miaojie.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How far Postgres holds the records of one shard, and whose turn it is to write.
 *
 * @param sequence of the last projected record, 0: none
 * @param epoch of the projector that may write: each start raises it
 * @param recordCrc of the last projected record, tells one history from another
 */
record Checkpoint(long sequence, long epoch, int recordCrc) {
    private static final String ADVANCE = "update miaojie.position set sequence = ?, record_crc = ?, record_at_ns = ?,"
            + " projected_at = clock_timestamp() where shard = ? and sequence = ? and epoch = ?";
    private static final String CREATE =
            "insert into miaojie.position values (?, 0, 0, 0, 0, clock_timestamp()) on conflict do nothing";
    private static final String FIND = "select sequence, epoch, record_crc from miaojie.position where shard = ?";
    private static final String CLAIM =
            "update miaojie.position set epoch = epoch + 1 where shard = ?" + " returning sequence, epoch, record_crc";

    /** Reads the checkpoint of a shard; makes it the first time. */
    static Checkpoint read(final Connection connection, final int shard) throws SQLException {
        try (PreparedStatement create = connection.prepareStatement(CREATE)) {
            create.setInt(1, shard);
            create.executeUpdate();
        }
        return find(connection, shard);
    }

    /** Reads the checkpoint of a shard that has one. */
    static Checkpoint find(final Connection connection, final int shard) throws SQLException {
        return one(connection, FIND, shard);
    }

    /** Takes the turn: from here on no older projector of this shard writes anything. */
    static Checkpoint claim(final Connection connection, final int shard) throws SQLException {
        return one(connection, CLAIM, shard);
    }

    /**
     * Moves the position to the end of a batch, behind its fence.
     *
     * @return false when the position is not here, or another projector has the turn
     */
    boolean advance(final Connection connection, final int shard, final OutcomeRows rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setLong(1, rows.lastSequence());
            statement.setInt(2, rows.lastCrc());
            statement.setLong(3, rows.lastNowNs());
            statement.setInt(4, shard);
            statement.setLong(5, sequence);
            statement.setLong(6, epoch);
            return statement.executeUpdate() == 1;
        }
    }

    Checkpoint after(final OutcomeRows rows) {
        return new Checkpoint(rows.lastSequence(), epoch, rows.lastCrc());
    }

    private static Checkpoint one(final Connection connection, final String sql, final int shard) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, shard);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Checkpoint(row.getLong(1), row.getLong(2), row.getInt(3));
            }
        }
    }
}
