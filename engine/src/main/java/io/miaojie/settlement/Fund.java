package io.miaojie.settlement;

import io.miaojie.settlement.ledger.ChartOfAccounts;
import io.miaojie.settlement.ledger.Ledger;
import io.miaojie.settlement.ledger.Money;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.ResultCode;
import io.miaojie.wire.codec.FundCommandDecoder;
import io.miaojie.wire.codec.FundingMode;

/**
 * Settles {@code FundCommand}: what a funder brought or took back, against {@code ~bank}, and whether its account may
 * fall below zero.
 */
final class Fund {
    private static final int HEADER = FundCommandDecoder.idHeaderLength();
    private static final byte OWN = '~';
    private static final int FUNDER_LENGTH_MAX = 71; // seller: and an id

    private final ChartOfAccounts chart;
    private final Ledger ledger;
    private final Replies replies;
    private final Effects effects;
    private final FundCommandDecoder command = new FundCommandDecoder();
    private final Slice funder = new Slice();

    Fund(final State state, final Replies replies, final Effects effects) {
        this.chart = state.chart();
        this.ledger = state.ledger();
        this.replies = replies;
        this.effects = effects;
    }

    /**
     * Refuses with {@code ROLE_FORBIDS}, {@code TERMS_CONTRADICT}, {@code POOL_SHORT} (a prepaid funder takes more back
     * than is there), {@code AMOUNT_TOO_LARGE}, {@code POOLS_FULL}.
     */
    int settle(final Call call) {
        command.wrap(call.in(), call.bodyOffset(), call.blockLength(), call.version());
        command.skipId();
        funder.wrap(call.in(), command.limit() + HEADER, command.skipFunder());
        if (!Roles.mayOperate(call.key())) {
            return replies.refuse(call, ResultCode.ROLE_FORBIDS);
        }
        if (!isSound()) {
            return replies.refuse(call, ResultCode.TERMS_CONTRADICT);
        }
        final int merchant = call.key().merchant();
        final boolean isOpen = chart.isFunded(merchant, funder, command.currency());
        final boolean hasBank = chart.isFunded(merchant, ChartOfAccounts.BANK, command.currency());
        final ResultCode guard =
                guard(isOpen ? account(merchant, funder) : 0, hasBank ? account(merchant, ChartOfAccounts.BANK) : 0);
        if (guard != ResultCode.OK) {
            return replies.refuse(call, guard);
        }
        if (chart.fundingRoom() < (isOpen ? 0 : 1) + (hasBank ? 0 : 1)) {
            return replies.turnAway(call, ResultCode.POOLS_FULL);
        }
        move(account(merchant, funder), account(merchant, ChartOfAccounts.BANK));
        return write(call, account(merchant, funder));
    }

    private boolean isSound() {
        final boolean isFunder = !funder.isEmpty()
                && funder.length() <= FUNDER_LENGTH_MAX
                && funder.buffer().getByte(funder.offset()) != OWN;
        final boolean hasMode =
                command.modeRaw() == FundingMode.ACCRUE.value() || command.modeRaw() == FundingMode.PREPAID.value();
        final boolean isMoney =
                Money.isAmount(Math.abs(command.amountMinor())) && (command.amountMinor() != 0 || hasMode);
        return isFunder
                && isMoney
                && (hasMode || command.modeRaw() == 0 || command.modeRaw() == FundingMode.NULL_VAL.value())
                && Currencies.byNumber(command.currency()) != null;
    }

    /** Accounts that are not open yet stand at 0; accounts of funders count down from -1, so 0 is none of them. */
    private ResultCode guard(final int account, final int bank) {
        final long amountMinor = command.amountMinor();
        final long balanceMinor = account == 0 ? 0 : ledger.balance(account);
        if (amountMinor < 0 && isPrepaid(account) && balanceMinor < -amountMinor) {
            return ResultCode.POOL_SHORT;
        }
        final boolean fits =
                (account == 0 || ledger.takes(account, amountMinor)) && (bank == 0 || ledger.takes(bank, -amountMinor));
        return fits ? ResultCode.OK : ResultCode.AMOUNT_TOO_LARGE;
    }

    private boolean isPrepaid(final int account) {
        if (command.modeRaw() == FundingMode.ACCRUE.value()) {
            return false;
        }
        return command.modeRaw() == FundingMode.PREPAID.value() || account != 0 && chart.isPrepaid(account);
    }

    private void move(final int account, final int bank) {
        chart.setPrepaid(account, isPrepaid(account));
        if (command.amountMinor() > 0) {
            ledger.transfer(bank, account, command.amountMinor());
        } else if (command.amountMinor() < 0) {
            ledger.transfer(account, bank, -command.amountMinor());
        }
    }

    private int write(final Call call, final int account) {
        final long balanceMinor = ledger.balance(account);
        effects.begin(-1, -1);
        effects.note(
                EffectNote.ACCOUNT,
                balanceMinor << 1 ^ balanceMinor >> Long.SIZE - 1,
                chart.isPrepaid(account) ? FundingMode.PREPAID.value() : FundingMode.ACCRUE.value(),
                funder.buffer(),
                funder.offset(),
                funder.length());
        return effects.write(call, 0, command.currency());
    }

    private int account(final int merchant, final Slice name) {
        return chart.funding(merchant, name, command.currency());
    }
}
