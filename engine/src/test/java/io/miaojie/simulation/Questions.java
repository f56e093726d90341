package io.miaojie.simulation;

import io.miaojie.wire.codec.AccountsAnswerDecoder;
import io.miaojie.wire.codec.AccountsQueryEncoder;
import io.miaojie.wire.codec.CampaignAnswerDecoder;
import io.miaojie.wire.codec.CampaignQueryEncoder;
import io.miaojie.wire.codec.EnvelopeEncoder;
import io.miaojie.wire.codec.MemberAnswerDecoder;
import io.miaojie.wire.codec.MemberQueryEncoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.OrderAnswerDecoder;
import io.miaojie.wire.codec.OrderQueryEncoder;
import io.miaojie.wire.codec.PoolAnswerDecoder;
import io.miaojie.wire.codec.PoolQueryEncoder;
import io.miaojie.wire.codec.WithdrawalAnswerDecoder;
import io.miaojie.wire.codec.WithdrawalQueryEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** Asks a core through its queries, with one key, and says what it answers as the model would. */
final class Questions {
    private static final int ACCOUNTS_MAX = 7;

    private final Machine machine;
    private final int key;

    Questions(final Machine machine, final int key) {
        this.machine = machine;
        this.key = key;
    }

    /** Returns the buckets of each of a member's pools, by currency. */
    Map<Integer, long[]> pools(final String member) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final PoolQueryEncoder query = new PoolQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        Words.put(query::putMemberId, member);
        final PoolAnswerDecoder answer =
                new PoolAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
        final Map<Integer, long[]> pools = new TreeMap<>();
        for (final PoolAnswerDecoder.PoolsDecoder pool : answer.pools()) {
            pools.put(pool.currency(), new long[] {
                pool.pendingMinor(),
                pool.spendableMinor(),
                pool.withdrawableMinor(),
                pool.lockedMinor(),
                pool.debtMinor()
            });
        }
        return pools;
    }

    Map<String, String> member(final String id) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final MemberQueryEncoder query =
                new MemberQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        Words.put(query::putMemberId, id);
        final MemberAnswerDecoder answer =
                new MemberAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
        final UnsafeBuffer effects = new UnsafeBuffer();
        answer.wrapEffects(effects);
        return Heard.effects(effects, 0).entities;
    }

    /** Returns state, sum and count of what a campaign granted. */
    String campaign(final String id) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final CampaignQueryEncoder query =
                new CampaignQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        Words.put(query::putId, id);
        final CampaignAnswerDecoder answer =
                new CampaignAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
        return answer.state() + " " + answer.grantedMinor() + " " + answer.grantedCount();
    }

    /** Returns an order, its grants and refund orders. */
    Map<String, String> order(final String id) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final OrderQueryEncoder query =
                new OrderQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        Words.put(query::putOrderId, id);
        final OrderAnswerDecoder answer =
                new OrderAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
        final int currency = answer.currency();
        final Map<String, String> lines = new TreeMap<>();
        for (final OrderAnswerDecoder.LinesDecoder line : answer.lines()) {
            final String sums = Names.line(line.dueMinor(), line.netMinor(), line.delivered() == 1);
            final byte[] lineId = new byte[line.lineIdLength()];
            line.getLineId(lineId, 0, lineId.length);
            lines.put("line " + new String(lineId, StandardCharsets.UTF_8), sums);
            line.skipSku();
            line.skipCategory();
        }
        final UnsafeBuffer effects = new UnsafeBuffer();
        answer.wrapEffects(effects);
        final Map<String, String> said = new TreeMap<>(Heard.effects(effects, currency).entities);
        said.keySet().removeIf(name -> name.startsWith("pool "));
        said.putAll(lines);
        return said;
    }

    /** Returns a withdrawal and its pool. */
    Map<String, String> withdrawal(final String id) {
        final UnsafeBuffer buffer = Words.shortRoom();
        final WithdrawalQueryEncoder query =
                new WithdrawalQueryEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        Words.put(query::putWithdrawalId, id);
        final WithdrawalAnswerDecoder answer =
                new WithdrawalAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
        final UnsafeBuffer effects = new UnsafeBuffer();
        final int currency = answer.currency();
        answer.wrapEffects(effects);
        return Heard.effects(effects, currency).entities;
    }

    /** Returns the balances of all accounts of the key's merchant, by currency and name. */
    Map<String, Long> accounts() {
        final Map<String, Long> said = new TreeMap<>();
        int from = 0;
        while (from >= 0) {
            final UnsafeBuffer buffer = Words.shortRoom();
            new AccountsQueryEncoder()
                    .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                    .from(from)
                    .accountsMax(ACCOUNTS_MAX);
            final AccountsAnswerDecoder answer =
                    new AccountsAnswerDecoder().wrapAndApplyHeader(ask(buffer), 0, new MessageHeaderDecoder());
            from = answer.next();
            for (final AccountsAnswerDecoder.AccountsDecoder account : answer.accounts()) {
                final int currency = account.currency();
                final long balance = account.balanceMinor();
                final byte[] name = new byte[account.nameLength()];
                account.getName(name, 0, name.length);
                said.put(currency + "/" + new String(name, StandardCharsets.UTF_8), balance);
            }
        }
        return said;
    }

    private UnsafeBuffer ask(final UnsafeBuffer query) {
        new EnvelopeEncoder().wrap(query, Words.BODY).keyIndex(key);
        return machine.settle(query).buffer();
    }
}
