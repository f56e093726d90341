package io.miaojie.projection;

import io.miaojie.wire.Currencies;
import io.miaojie.wire.RecordLayout;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.PaymentCommandDecoder;
import io.miaojie.wire.codec.PaymentOutcomeDecoder;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/** Rows of payments: the payment, its member if new, its grants, and the last state of each pool in the batch. */
final class PaymentRows {
    private static final String API_SOURCE = "api";
    private static final int MADE_MEMBER = 1;
    private static final int MADE_ORDER = 2;
    private static final int BUCKET_COUNT = Bucket.DEBT.value() + 1;
    private static final int MEMBER_SHIFT = 16;

    private final TableRows members = TableRows.insert(
            "member",
            "",
            "sequence bigint",
            "created_at_ns bigint",
            "member_index integer",
            "merchant_index integer",
            "id text");
    private final TableRows orders = TableRows.insert(
            "payment_order",
            "",
            "sequence bigint",
            "amount_minor bigint",
            "shipping_minor bigint",
            "paid_at_ns bigint",
            "settled_at_ns bigint",
            "fingerprint bigint",
            "order_index integer",
            "member_index integer",
            "merchant_index integer",
            "status smallint",
            "instalment smallint",
            "made_order boolean",
            "currency text",
            "source text",
            "payment_id text",
            "order_id text",
            "store_id text",
            "channel text",
            "metadata text",
            "outcome bytea");
    private final TableRows grants = TableRows.insert(
            "grant_entry",
            "",
            "sequence bigint",
            "amount_minor bigint",
            "order_index integer",
            "campaign_index integer",
            "member_index integer",
            "level smallint");
    private final TableRows pools = TableRows.insert(
            "pool",
            "on conflict (shard, member_index, currency) do update set as_of_sequence = excluded.as_of_sequence,"
                    + " pending_minor = excluded.pending_minor, spendable_minor = excluded.spendable_minor,"
                    + " withdrawable_minor = excluded.withdrawable_minor, locked_minor = excluded.locked_minor,"
                    + " debt_minor = excluded.debt_minor",
            "as_of_sequence bigint",
            "pending_minor bigint",
            "spendable_minor bigint",
            "withdrawable_minor bigint",
            "locked_minor bigint",
            "debt_minor bigint",
            "member_index integer",
            "currency text");

    /** One pool within the batch; buckets that the outcome leaves out are zero. */
    private static final class Pool {
        private final int memberIndex;
        private final String currency;
        private final long[] buckets = new long[BUCKET_COUNT];
        private long sequence;

        Pool(final int memberIndex, final String currency) {
            this.memberIndex = memberIndex;
            this.currency = currency;
        }
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final PaymentCommandDecoder command = new PaymentCommandDecoder();
    private final PaymentOutcomeDecoder outcome = new PaymentOutcomeDecoder();
    private final SbeText text = new SbeText();
    private final Long2ObjectHashMap<Pool> lastPools = new Long2ObjectHashMap<>();
    private final KeyOwners keyOwners;

    PaymentRows(final KeyOwners keyOwners) {
        this.keyOwners = keyOwners;
    }

    /** Adds the record of a payment. */
    void add(final DirectBuffer buffer, final int offset) {
        final long sequence = RecordLayout.sequence(buffer, offset);
        header.wrap(buffer, RecordLayout.commandOffset(offset));
        if (header.templateId() != PaymentCommandDecoder.TEMPLATE_ID) {
            throw new ProjectionException("the outcome of a payment without its command: sequence=" + sequence
                    + " commandTemplate=" + header.templateId());
        }
        command.wrapAndApplyHeader(buffer, RecordLayout.commandOffset(offset), header);
        outcome.wrapAndApplyHeader(buffer, RecordLayout.outcomeOffset(buffer, offset), header);
        addOrder(buffer, offset, sequence);
        for (final PaymentOutcomeDecoder.GrantsDecoder grant : outcome.grants()) {
            grants.add(
                    sequence,
                    grant.amountMinor(),
                    outcome.orderIndex(),
                    grant.campaignIndex(),
                    grant.memberIndex(),
                    grant.level());
        }
        outcome.skips().forEach(PaymentOutcomeDecoder.SkipsDecoder::sbeSkip);
        for (final PaymentOutcomeDecoder.BalancesDecoder balance : outcome.balances()) {
            keepBalance(sequence, balance);
        }
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        pools.clear();
        lastPools.values().forEach(this::addPool);
        return List.of(members, orders, grants, pools);
    }

    void clear() {
        lastPools.clear();
        tables().forEach(TableRows::clear);
    }

    private void addOrder(final DirectBuffer buffer, final int offset, final long sequence) {
        final long nowNs = RecordLayout.nowNs(buffer, offset);
        final int merchantIndex = keyOwners.merchant(command.envelope().keyIndex());
        command.lines().forEach(PaymentCommandDecoder.LinesDecoder::sbeSkip);
        command.wrapId(text.view());
        final String paymentId = text.text();
        command.wrapSource(text.view());
        final String source = text.textOrNull();
        command.wrapOrderId(text.view());
        final String orderId = text.text();
        command.wrapMemberId(text.view());
        if ((outcome.flags() & MADE_MEMBER) != 0) {
            members.add(sequence, nowNs, outcome.memberIndex(), merchantIndex, text.text());
        }
        command.wrapChannel(text.view());
        final String channel = text.textOrNull();
        command.wrapStoreId(text.view());
        final String storeId = text.textOrNull();
        command.skipClerkId();
        command.skipShareToken();
        command.wrapMetadata(text.view());
        orders.add(
                sequence,
                command.amountMinor(),
                command.shippingMinor(),
                DefinitionRows.nullIf(0, command.envelope().atNs()),
                nowNs,
                command.envelope().fingerprint(),
                outcome.orderIndex(),
                outcome.memberIndex() < 0 ? null : outcome.memberIndex(),
                merchantIndex,
                outcome.statusRaw(),
                command.instalmentRaw(),
                (outcome.flags() & MADE_ORDER) != 0,
                Currencies.code(command.currency()),
                source == null ? API_SOURCE : source,
                paymentId,
                orderId,
                storeId,
                channel,
                text.textOrNull(),
                bytes(buffer, RecordLayout.outcomeOffset(buffer, offset), RecordLayout.outcomeLength(buffer, offset)));
    }

    private void keepBalance(final long sequence, final PaymentOutcomeDecoder.BalancesDecoder balance) {
        final int currency = command.currency();
        final long key = ((long) balance.memberIndex() << MEMBER_SHIFT) | currency;
        Pool pool = lastPools.get(key);
        if (pool == null) {
            pool = new Pool(balance.memberIndex(), Currencies.code(currency));
            lastPools.put(key, pool);
        }
        if (pool.sequence != sequence) {
            pool.sequence = sequence;
            java.util.Arrays.fill(pool.buckets, 0);
        }
        pool.buckets[balance.bucketRaw()] = balance.amountMinor();
    }

    private void addPool(final Pool pool) {
        pools.add(
                pool.sequence,
                pool.buckets[Bucket.PENDING.value()],
                pool.buckets[Bucket.SPENDABLE.value()],
                pool.buckets[Bucket.WITHDRAWABLE.value()],
                pool.buckets[Bucket.LOCKED.value()],
                -pool.buckets[Bucket.DEBT.value()],
                pool.memberIndex,
                pool.currency);
    }

    private static Buffer bytes(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        return Buffer.buffer(copy);
    }
}
