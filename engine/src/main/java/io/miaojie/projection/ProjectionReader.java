package io.miaojie.projection;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

    /** A member; the referrer is -1 when nobody brought it. */
    public record MemberRow(
            int memberIndex,
            int merchantIndex,
            String id,
            boolean isProvisional,
            int referrerIndex,
            long boundUntilNs,
            Profile profile) {}

    /** What a registration says of a member. */
    public record Profile(boolean isRegistered, int grade, int roles) {}

    /** A pool; what is owed is at or above zero. */
    public record PoolRow(int memberIndex, String currency, Buckets buckets, long asOfSequence) {}

    /** The amounts of a pool, minor units. */
    public record Buckets(
            long pendingMinor, long spendableMinor, long withdrawableMinor, long lockedMinor, long debtMinor) {}

    /** A payment, refund or delivery; the outcome holds the bytes of the recorded answer. */
    public record FactRow(long sequence, int commandTemplate, FactName name, FactAmount amount, byte[] outcome) {}

    /** What a fact is called; the order is empty where it names none. */
    public record FactName(int merchantIndex, String source, String id, String orderId) {}

    /** What a fact tells of money; nothing for a delivery. */
    public record FactAmount(long amountMinor, String currency) {}

    /** A grant as the last record left it; times are 0 when they are not known. */
    public record GrantRow(
            int orderIndex, int campaignIndex, int memberIndex, int level, long sequence, GrantState state) {}

    /** What may change of a grant. */
    public record GrantState(
            long creditedMinor,
            long clawedMinor,
            long pendingMinor,
            boolean isReleased,
            long releaseAtNs,
            long drawn) {}

    /** An order as the last record left it; the member is -1 when it is not known. */
    public record OrderRow(int orderIndex, int merchantIndex, String id, OrderState state) {}

    /** What may change of an order; the state is the number of {@code OrderState}. */
    public record OrderState(
            int state,
            int memberIndex,
            long capturedMinor,
            long refundedMinor,
            PoolPart pool,
            boolean isReleasePaused,
            boolean isDelivered) {}

    /** Pool money of an order. */
    public record PoolPart(long spendableMinor, long withdrawableMinor, long returnedMinor) {}

    /** A refund order, named by the record that made it. */
    public record RefundOrderRow(
            long sequence,
            int ordinal,
            int orderIndex,
            int merchantIndex,
            long paymentSequence,
            long amountMinor,
            String currency,
            String reason,
            String state) {}

    /** A withdrawal. */
    public record WithdrawalRow(
            int withdrawalIndex,
            int merchantIndex,
            String id,
            long sequence,
            int memberIndex,
            long amountMinor,
            WithdrawalState state) {}

    /** A group of a roster; its registers in order. */
    public record GroupRow(int groupIndex, int campaignIndex, long sequence, int ordinal, GroupState state) {}

    /** What may change of a group. */
    public record GroupState(int state, List<Long> registers, long deadlineNs, int ownerIndex) {}

    /** An entry of a roster. */
    public record EntryRow(
            int entryIndex, int campaignIndex, int groupIndex, int orderIndex, int memberIndex, EntryState state) {}

    /** What may change of an entry. */
    public record EntryState(int state, int pieces, long amountMinor, long first, long second) {}

    /** What may change of a withdrawal. */
    public record WithdrawalState(String state, boolean isQueryDue) {}

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
                "select member_index, merchant_index, id, provisional, coalesce(referrer_index, -1),"
                        + " coalesce(bound_until_ns, 0), registered_sequence is not null, coalesce(grade, 0),"
                        + " coalesce(roles, 0) from miaojie.member where shard = ? order by member_index",
                row -> new MemberRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getInt(5),
                        row.getLong(6),
                        new Profile(row.getBoolean(7), row.getInt(8), row.getInt(9))),
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

    /** Payments, refunds and deliveries, by sequence. */
    public void facts(final Consumer<FactRow> consumer) {
        read(
                "select sequence, 8, merchant_index, source, payment_id, order_id, amount_minor, currency, outcome"
                        + " from miaojie.payment_order where shard = ?"
                        + " union all select sequence, 12, merchant_index, source, refund_id, coalesce(order_id, ''),"
                        + " amount_minor, currency, outcome from miaojie.refund where shard = ?"
                        + " union all select sequence, 13, merchant_index, source, delivery_id, coalesce(order_id, ''),"
                        + " 0, null, outcome from miaojie.delivery where shard = ? order by sequence",
                row -> new FactRow(
                        row.getLong(1),
                        row.getInt(2),
                        new FactName(row.getInt(3), row.getString(4), row.getString(5), row.getString(6)),
                        new FactAmount(row.getLong(7), row.getString(8)),
                        row.getBytes(9)),
                consumer);
    }

    /** By order, campaign version, member, level. */
    public void grants(final Consumer<GrantRow> consumer) {
        read(
                "select order_index, campaign_index, member_index, level, sequence, amount_minor, clawed_minor,"
                        + " pending_minor, released, coalesce(release_at_ns, 0), coalesce(drawn, 0)"
                        + " from miaojie.grant_now where shard = ?"
                        + " order by order_index, campaign_index, member_index, level",
                row -> new GrantRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getLong(5),
                        new GrantState(
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getBoolean(9),
                                row.getLong(10),
                                row.getLong(11))),
                consumer);
    }

    /** By index. */
    public void orders(final Consumer<OrderRow> consumer) {
        read(
                "select order_index, merchant_index, order_id, state, coalesce(member_index, -1), captured_minor,"
                        + " refunded_minor, pool_spendable_minor, pool_withdrawable_minor, pool_returned_minor,"
                        + " release_paused, delivered from miaojie.order_now where shard = ? order by order_index",
                row -> new OrderRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        new OrderState(
                                row.getInt(4),
                                row.getInt(5),
                                row.getLong(6),
                                row.getLong(7),
                                new PoolPart(row.getLong(8), row.getLong(9), row.getLong(10)),
                                row.getBoolean(11),
                                row.getBoolean(12))),
                consumer);
    }

    /** By name. */
    public void refundOrders(final Consumer<RefundOrderRow> consumer) {
        read(
                "select sequence, ordinal, order_index, merchant_index, payment_sequence, amount_minor, currency,"
                        + " reason, state from miaojie.refund_order where shard = ? order by sequence, ordinal",
                row -> new RefundOrderRow(
                        row.getLong(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9)),
                consumer);
    }

    /** By index. */
    public void withdrawals(final Consumer<WithdrawalRow> consumer) {
        read(
                "select withdrawal_index, merchant_index, id, sequence, member_index, amount_minor, state, query_due"
                        + " from miaojie.withdrawal where shard = ? order by withdrawal_index",
                row -> new WithdrawalRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getInt(5),
                        row.getLong(6),
                        new WithdrawalState(row.getString(7), row.getBoolean(8))),
                consumer);
    }

    /** By index. */
    public void groups(final Consumer<GroupRow> consumer) {
        read(
                "select group_index, campaign_index, sequence, ordinal, state, r0, r1, r2, r3, r4, r5, r6, r7,"
                        + " deadline_ns, owner_index"
                        + " from miaojie.roster_group where shard = ? order by group_index",
                row -> {
                    final List<Long> registers = new ArrayList<>();
                    for (int column = 6; column <= 13; column++) {
                        registers.add(row.getLong(column));
                    }
                    return new GroupRow(
                            row.getInt(1),
                            row.getInt(2),
                            row.getLong(3),
                            row.getInt(4),
                            new GroupState(row.getInt(5), registers, row.getLong(14), row.getInt(15)));
                },
                consumer);
    }

    /** By index. */
    public void entries(final Consumer<EntryRow> consumer) {
        read(
                "select entry_index, campaign_index, group_index, order_index, member_index, state, pieces,"
                        + " amount_minor, first_number, second_number from miaojie.roster_entry where shard = ?"
                        + " order by entry_index",
                row -> new EntryRow(
                        row.getInt(1),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(4),
                        row.getInt(5),
                        new EntryState(row.getInt(6), row.getInt(7), row.getLong(8), row.getLong(9), row.getLong(10))),
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
            for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
                statement.setInt(i, shard);
            }
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
