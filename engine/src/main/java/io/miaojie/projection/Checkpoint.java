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
    /** Parameters: shard. */
    static final String READ = "select sequence, epoch, record_crc from miaojie.position where shard = $1";

    /** The fence; parameters: shard, sequence and epoch that are expected, new sequence, crc and time of its record. */
    static final String ADVANCE = "update miaojie.position set sequence = $4, record_crc = $5, record_at_ns = $6,"
            + " projected_at = clock_timestamp() where shard = $1 and sequence = $2 and epoch = $3";

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
        return one(connection, FIND, shard);
    }

    /** Takes the turn: from here on no older projector of this shard writes anything. */
    static Checkpoint claim(final Connection connection, final int shard) throws SQLException {
        return one(connection, CLAIM, shard);
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
