package io.miaojie.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the audit back, for people: seldom, so each call has a connection of its own. Blocks. */
public final class PostgresAudit {
    /** One row as it stands. */
    public record AuditRow(
            long sequence,
            long atNs,
            int keyIndex,
            Integer merchantIndex,
            int code,
            String action,
            String subject,
            String actor) {}

    private static final String ALL = "select sequence, at_ns, key_index, merchant_index, code, action, subject, actor"
            + " from miaojie.audit where shard = ? and sequence < ?";
    private static final String NEWEST_FIRST = " order by sequence desc limit ?";
    private static final int QUERY_MAX_S = 10;

    private final PostgresAddress address;
    private final int shard;

    public PostgresAudit(final PostgresAddress address, final int shard) {
        this.address = address;
        this.shard = shard;
    }

    /**
     * Reads the newest rows first.
     *
     * @param merchantIndex negative: of every merchant and of none
     * @throws ProjectionException when Postgres does not answer
     */
    public <T> List<T> read(
            final int merchantIndex, final long beforeSequence, final int limit, final Function<AuditRow, T> mapper) {
        final boolean isOfOne = merchantIndex >= 0;
        final String sql = ALL + (isOfOne ? " and merchant_index = ?" : "") + NEWEST_FIRST;
        try (Connection connection = address.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(QUERY_MAX_S);
            statement.setInt(1, shard);
            statement.setLong(2, beforeSequence);
            if (isOfOne) {
                statement.setInt(3, merchantIndex);
            }
            statement.setInt(isOfOne ? 4 : 3, limit);
            final List<T> entries = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.add(mapper.apply(row(row)));
                }
            }
            return entries;
        } catch (final SQLException e) {
            throw new ProjectionException("the audit can't be read: address=" + address, e);
        }
    }

    private static AuditRow row(final ResultSet row) throws SQLException {
        return new AuditRow(
                row.getLong(1),
                row.getLong(2),
                row.getInt(3),
                row.getObject(4, Integer.class),
                row.getInt(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }
}
