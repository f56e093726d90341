package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.RegisterMemberCommandDecoder;
import io.miaojie.wire.codec.SettledOutcomeDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Rows of what a {@code SettledOutcome} says that its record changed, whichever command it was. Amounts are absolute,
 * so no rule is run. Keeps what the rows of the command itself need to know of the record at hand.
 */
final class EffectRows {
    private static final int NONE = -1;

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SettledOutcomeDecoder outcome = new SettledOutcomeDecoder();
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final EffectsReader effects = new EffectsReader();
    private final SbeText text = new SbeText();
    private final PoolRows pools = new PoolRows();
    private final GrantRows grants = new GrantRows(pools);
    private final MemberRows members = new MemberRows();
    private final OrderRows orders = new OrderRows();
    private final WithdrawalRows withdrawals = new WithdrawalRows();
    private final RosterRows rosters = new RosterRows();
    private final DiscrepancyRows discrepancies = new DiscrepancyRows();
    private final RiskRows risks = new RiskRows();
    private final DefinitionRows definitions;
    private int currency;
    private int order;
    private int firstOrder;
    private int firstOrderMember;
    private boolean isFirstOrderMade;
    private int firstMember;
    private int firstPoolMember;
    private int factCode;
    private int link;
    private long linkExpiresAtNs;
    private String linkToken;
    private long accountMinor;
    private boolean hasAccount;

    EffectRows(final DefinitionRows definitions) {
        this.definitions = definitions;
    }

    /** Adds what the record changed. */
    void add(final RecordView record) {
        outcome.wrapAndApplyHeader(record.buffer(), record.outcomeOffset(), header);
        currency = outcome.currency();
        forget();
        outcome.wrapEffects(view);
        effects.wrap(view, 0, view.capacity());
        while (effects.next()) {
            switch (effects.type()) {
                case POOL -> addPool(record);
                case GRANT -> grants.add(record, effects, order);
                case SKIP -> addSkip(record);
                case ORDER -> addOrder(record);
                case REFUND_ORDER -> orders.addRefundOrder(record, effects, order);
                case WITHDRAWAL -> addWithdrawal(record);
                case MEMBER -> addMember(record);
                case NOTE -> addNote(record);
            }
        }
        pools.end(record);
    }

    /** Returns the status of the outcome added last. */
    short status() {
        return outcome.status();
    }

    /** Returns the first order of the outcome added last, -1: it tells of none. */
    int firstOrder() {
        return firstOrder;
    }

    /** Returns the member of that order, -1: none. */
    int firstOrderMember() {
        return firstOrderMember;
    }

    boolean isFirstOrderMade() {
        return isFirstOrderMade;
    }

    /** Returns the first member of the outcome added last, -1: it tells of none. */
    int firstMember() {
        return firstMember;
    }

    /** Returns whose pool the outcome added last tells of first, -1: of none. */
    int firstPoolMember() {
        return firstPoolMember;
    }

    /** Returns the first code of the whole fact, 0: none. */
    int factCode() {
        return factCode;
    }

    /** Returns the share link that the outcome added last tells of, -1: of none. */
    int link() {
        return link;
    }

    /** Returns when that link ends, 0: never. */
    long linkExpiresAtNs() {
        return linkExpiresAtNs;
    }

    String linkToken() {
        return linkToken;
    }

    /** Tells whether the outcome added last tells of an account. */
    boolean hasAccount() {
        return hasAccount;
    }

    /** Returns the balance of that account. */
    long accountMinor() {
        return accountMinor;
    }

    /** Returns the statements in the order in which they are to run; those without rows among them. */
    List<TableRows> tables() {
        final List<TableRows> tables = new ArrayList<>(members.tables());
        tables.addAll(orders.tables());
        tables.addAll(grants.tables());
        tables.addAll(pools.tables());
        tables.addAll(withdrawals.tables());
        tables.addAll(rosters.tables());
        tables.addAll(discrepancies.tables());
        tables.addAll(risks.tables());
        return tables;
    }

    void clear() {
        members.clear();
        orders.clear();
        grants.clear();
        pools.clear();
        withdrawals.clear();
        rosters.clear();
        discrepancies.clear();
        risks.clear();
    }

    private void forget() {
        order = NONE;
        firstOrder = NONE;
        firstOrderMember = NONE;
        isFirstOrderMade = false;
        firstMember = NONE;
        firstPoolMember = NONE;
        factCode = 0;
        link = NONE;
        linkExpiresAtNs = 0;
        linkToken = null;
        hasAccount = false;
    }

    private void addMember(final RecordView record) {
        if (firstMember < 0) {
            firstMember = effects.member();
        }
        members.add(record, effects, memberId(record));
    }

    private void addPool(final RecordView record) {
        final int ordinal = pools.add(record, effects.member(), currency);
        if (ordinal == 0) {
            firstPoolMember = effects.member();
        }
        for (int bucket = 0; bucket <= Bucket.DEBT.value(); bucket++) {
            pools.balance(ordinal, bucket, effects.bucketMinor(bucket));
        }
    }

    private void addSkip(final RecordView record) {
        if (effects.version() < 0) {
            factCode = factCode == 0 ? effects.skipCode() : factCode;
            discrepancies.add(record, effects.skipCode(), firstOrder);
        }
    }

    private void addOrder(final RecordView record) {
        order = effects.order();
        if (order < 0) {
            return;
        }
        if (firstOrder < 0) {
            firstOrder = order;
            firstOrderMember = effects.orderMember();
            isFirstOrderMade = effects.isOrderMade();
        }
        orders.add(record, effects);
        final boolean hasPoolMoney =
                effects.isOrderExtended() && effects.poolSpendableMinor() + effects.poolWithdrawableMinor() > 0;
        final int pool = hasPoolMoney || !record.isPayment() ? pools.ordinal(effects.orderMember()) : NONE;
        if (pool >= 0) {
            pools.changed(pool, order);
        }
    }

    private void addWithdrawal(final RecordView record) {
        final int pool = effects.pool();
        pools.changed(pool, NONE);
        withdrawals.add(record, effects, pools.memberIndex(pool), pools.currency(pool));
    }

    private String memberId(final RecordView record) {
        if (effects.idLength() > 0) {
            text.view().wrap(effects.buffer(), effects.idOffset(), effects.idLength());
            return text.text();
        }
        final boolean isNamed =
                effects.isMemberMade() || record.commandTemplate() == RegisterMemberCommandDecoder.TEMPLATE_ID;
        return isNamed ? CommandNames.of(record).member() : null;
    }

    private void addNote(final RecordView record) {
        switch (effects.note()) {
            case CURRENCY -> currency = (int) effects.noteFirst();
            case CAMPAIGN ->
                definitions.addState(
                        record.shard(), (int) effects.noteFirst(), CampaignState.get((short) effects.noteSecond()));
            case LINK -> {
                link = (int) effects.noteFirst();
                linkExpiresAtNs = effects.noteSecond();
                text.view().wrap(effects.buffer(), effects.idOffset(), effects.idLength());
                linkToken = text.text();
            }
            case ACCOUNT -> {
                hasAccount = true;
                accountMinor = effects.noteFirst() >>> 1 ^ -(effects.noteFirst() & 1);
            }
            case INSTANCE -> rosters.noteInstance(effects);
            case GROUP -> rosters.addGroup(record, effects);
            case ENTRY -> rosters.addEntry(record, effects);
            case RISK -> risks.add(record, effects);
            case FIRED, ORDER_EXPIRED, QUERY_DUE, BOOKING, GROUP_CHANGED -> {}
        }
    }
}
