package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.Pools;
import io.miaojie.settlement.part.Withdrawals;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.AccountsAnswerEncoder;
import io.miaojie.wire.codec.AccountsAnswerEncoder.AccountsEncoder;
import io.miaojie.wire.codec.AccountsQueryDecoder;
import io.miaojie.wire.codec.FundingMode;
import io.miaojie.wire.codec.MemberAnswerEncoder;
import io.miaojie.wire.codec.MemberQueryDecoder;
import io.miaojie.wire.codec.MessageHeaderEncoder;
import io.miaojie.wire.codec.WithdrawalAnswerEncoder;
import io.miaojie.wire.codec.WithdrawalQueryDecoder;

/** Answers {@code MemberQuery}, {@code WithdrawalQuery} and {@code AccountsQuery}. Changes nothing. */
final class PeopleQueries {
    /** Most accounts of one answer. */
    private static final int ACCOUNTS_MAX = 1_000;

    private static final int NO_MORE = -1;

    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final Members members;
    private final Pools pools;
    private final Withdrawals withdrawals;
    private final Replies replies;
    private final Effects effects;
    private final MemberQueryDecoder memberQuery = new MemberQueryDecoder();
    private final WithdrawalQueryDecoder withdrawalQuery = new WithdrawalQueryDecoder();
    private final AccountsQueryDecoder accountsQuery = new AccountsQueryDecoder();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final MemberAnswerEncoder memberAnswer = new MemberAnswerEncoder();
    private final WithdrawalAnswerEncoder withdrawalAnswer = new WithdrawalAnswerEncoder();
    private final AccountsAnswerEncoder accountsAnswer = new AccountsAnswerEncoder();
    private final Slice id = new Slice();

    PeopleQueries(final State state, final Replies replies, final Effects effects) {
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.members = state.members();
        this.pools = state.pools();
        this.withdrawals = state.withdrawals();
        this.replies = replies;
        this.effects = effects;
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code MEMBER_UNKNOWN}. */
    int member(final Call call) {
        if (!Roles.mayReadPools(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        memberQuery.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        id.wrap(call.in(), memberQuery.limit() + MemberQueryDecoder.memberIdHeaderLength(), memberQuery.skipMemberId());
        final int member = members.find(call.key().merchant(), id);
        effects.begin(-1, -1);
        if (member >= 0) {
            effects.touchMember(member, false);
        }
        memberAnswer
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code((member < 0 ? ResultCode.MEMBER_UNKNOWN : ResultCode.OK).number());
        return call.outOffset() - effects.writeEntries(call, memberAnswer.limit(), 0);
    }

    /** Refuses with {@code ROLE_FORBIDS}; says {@code WITHDRAWAL_UNKNOWN}. */
    int withdrawal(final Call call) {
        if (!Roles.mayReadPools(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        withdrawalQuery.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        id.wrap(
                call.in(),
                withdrawalQuery.limit() + WithdrawalQueryDecoder.withdrawalIdHeaderLength(),
                withdrawalQuery.skipWithdrawalId());
        final int withdrawal = withdrawals.find(call.key().merchant(), id);
        effects.begin(-1, -1);
        if (withdrawal >= 0) {
            effects.touchWithdrawal(withdrawal);
        }
        final int currency = withdrawal < 0 ? 0 : pools.currency(withdrawals.pool(withdrawal));
        withdrawalAnswer
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code((withdrawal < 0 ? ResultCode.WITHDRAWAL_UNKNOWN : ResultCode.OK).number())
                .currency(currency);
        return call.outOffset() - effects.writeEntries(call, withdrawalAnswer.limit(), currency);
    }

    /** Refuses with {@code ROLE_FORBIDS}. Accounts stand in the order in which they were opened. */
    int accounts(final Call call) {
        if (!Roles.mayReadCampaigns(call.key())) {
            return replies.turnAway(call, ResultCode.ROLE_FORBIDS);
        }
        accountsQuery.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        final int merchant = call.key().merchant();
        final int begin = Math.max(0, accountsQuery.from());
        final int most = Math.min(ACCOUNTS_MAX, accountsQuery.accountsMax());
        int count = 0;
        int end = begin;
        while (end < chart.fundingCount() && count < most) {
            count += chart.fundingMerchant(end) == merchant ? 1 : 0;
            end++;
        }
        accountsAnswer
                .wrapAndApplyHeader(call.out(), call.outOffset(), header)
                .code(ResultCode.OK.number())
                .next(end < chart.fundingCount() ? end : NO_MORE);
        writeAccounts(accountsAnswer.accountsCount(count), merchant, begin, end);
        return -MessageHeaderEncoder.ENCODED_LENGTH - accountsAnswer.encodedLength();
    }

    private void writeAccounts(final AccountsEncoder group, final int merchant, final int begin, final int end) {
        for (int row = begin; row < end; row++) {
            if (chart.fundingMerchant(row) == merchant) {
                final int account = chart.fundingAccount(row);
                chart.funder(row, id);
                group.next()
                        .currency(chart.fundingCurrency(row))
                        .mode(chart.isPrepaid(account) ? FundingMode.PREPAID : FundingMode.ACCRUE)
                        .balanceMinor(ledger.balance(account))
                        .putName(id.buffer(), id.offset(), id.length());
            }
        }
    }
}
