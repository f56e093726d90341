package io.miaojie.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Consumer;

/**
 * Reads the rows of one shard back, table by table, in the order of their keys and as of one moment: what memory is
 * compared with. Blocks; every method hands each row to its callback and throws {@link ProjectionException} when
 * Postgres does not answer.
 */
public final class ProjectionReader implements AutoCloseable {
    private static final int FETCH_COUNT = 10_000;

    /** A merchant. */
    public record MerchantRow(int merchantIndex, String id, String name, String currency, int utcOffsetMinutes) {}

    /** An API key; the store is null when it is bound to none. */
    public record KeyRow(int keyIndex, int merchantIndex, String id, String role, String storeId, boolean isRevoked) {}

    /** One version of a campaign; the state is that of the campaign. */
    public record CampaignRow(
            int campaignIndex, int merchantIndex, String id, int version, String kind, String currency, String state) {}

    /** A member. */
    public record MemberRow(int memberIndex, int merchantIndex, String id) {}

    /** A pool; what is owed is at or above zero. */
    public record PoolRow(int memberIndex, String currency, Buckets buckets, long asOfSequence) {}

    /** The amounts of a pool, minor units. */
    public record Buckets(
            long pendingMinor, long spendableMinor, long withdrawableMinor, long lockedMinor, long debtMinor) {}

    /** A payment; the member is -1 when there is none, the outcome holds the bytes of the recorded answer. */
    public record PaymentRow(
            long sequence,
            PaymentName name,
            int orderIndex,
            int memberIndex,
            long amountMinor,
            String currency,
            byte[] outcome) {}

    /** What a payment is called. */
    public record PaymentName(int merchantIndex, String source, String paymentId, String orderId) {}

    /** A grant. */
    public record GrantRow(
            int orderIndex, int campaignIndex, int memberIndex, int level, long amountMinor, long sequence) {}

    /** Makes one row of a result. */
    private interface Mapper<T> {
        T row(ResultSet from) throws SQLException;
    }

    private final Connection connection;
    private final int shard;

    private ProjectionReader(final Connection connection, final int shard) {
        this.connection = connection;
        this.shard = shard;
    }

    /** Opens a reader; what it sees does not move on while it is open. */
    public static ProjectionReader open(final PostgresAddress address, final int shard) {
        try {
            final Connection connection = address.connect();
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return new ProjectionReader(connection, shard);
        } catch (final SQLException e) {
            throw new ProjectionException("Postgres does not answer: address=" + address, e);
        }
    }

    /** Returns the last sequence that the rows hold, 0 when none was projected. */
    public long sequence() {
        final long[] found = {0};
        read(
                "select sequence from miaojie.position where shard = ?",
                row -> row.getLong(1),
                (final Long sequence) -> found[0] = sequence);
        return found[0];
    }

    /** By index. */
    public void merchants(final Consumer<MerchantRow> consumer) {
        read(
                "select merchant_index, id, name, currency, utc_offset_minutes from miaojie.merchant where shard = ?"
                        + " order by merchant_index",
                row -> new MerchantRow(
                        row.getInt(1), row.getString(2), row.getString(3), row.getString(4), row.getInt(5)),
                consumer);
    }

    /** By index. */
    public void keys(final Consumer<KeyRow> consumer) {
        read(
                "select key_index, merchant_index, id, role, store_id, revoked_at_ns is not null from miaojie.api_key"
                        + " where shard = ? order by key_index",
                row -> new KeyRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBoolean(6)),
                consumer);
    }

    /** By index. */
    public void campaigns(final Consumer<CampaignRow> consumer) {
        read(
                "select campaign_index, merchant_index, id, version, kind, currency, state from miaojie.campaign"
                        + " where shard = ? order by campaign_index",
                row -> new CampaignRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                consumer);
    }

    /** By index. */
    public void members(final Consumer<MemberRow> consumer) {
        read(
                "select member_index, merchant_index, id from miaojie.member where shard = ? order by member_index",
                row -> new MemberRow(row.getInt(1), row.getInt(2), row.getString(3)),
                consumer);
    }

    /** By member, then currency code. */
    public void pools(final Consumer<PoolRow> consumer) {
        read(
                "select member_index, currency, pending_minor, spendable_minor, withdrawable_minor, locked_minor,"
                        + " debt_minor, as_of_sequence from miaojie.pool where shard = ?"
                        + " order by member_index, currency",
                row -> new PoolRow(
                        row.getInt(1),
                        row.getString(2),
                        new Buckets(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getLong(7)),
                        row.getLong(8)),
                consumer);
    }

    /** By sequence. */
    public void payments(final Consumer<PaymentRow> consumer) {
        read(
                "select sequence, merchant_index, source, payment_id, order_id, order_index,"
                        + " coalesce(member_index, -1), amount_minor, currency, outcome from miaojie.payment_order"
                        + " where shard = ? order by sequence",
                row -> new PaymentRow(
                        row.getLong(1),
                        new PaymentName(row.getInt(2), row.getString(3), row.getString(4), row.getString(5)),
                        row.getInt(6),
                        row.getInt(7),
                        row.getLong(8),
                        row.getString(9),
                        row.getBytes(10)),
                consumer);
    }

    /** By order, campaign version, member, level. */
    public void grants(final Consumer<GrantRow> consumer) {
        read(
                "select order_index, campaign_index, member_index, level, amount_minor, sequence"
                        + " from miaojie.grant_entry where shard = ?"
                        + " order by order_index, campaign_index, member_index, level",
                row -> new GrantRow(
                        row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getLong(5), row.getLong(6)),
                consumer);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new ProjectionException("the connection does not close", e);
        }
    }

    private <T> void read(final String sql, final Mapper<T> mapper, final Consumer<? super T> consumer) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(FETCH_COUNT);
            statement.setInt(1, shard);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(mapper.row(row));
                }
            }
        } catch (final SQLException e) {
            throw new ProjectionException("the rows can't be read back", e);
        }
    }
}
