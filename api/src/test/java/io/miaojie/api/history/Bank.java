package io.miaojie.api.history;

import io.miaojie.api.history.Answer.Said;
import java.util.HashMap;
import java.util.Map;

/** The naive model of a recorded history: two numbers for each member, one operation after the other. */
final class Bank {
    static final long REWARD_PPM = 100_000;

    private static final long PPM = 1_000_000;
    private static final String SHORT = "POOL_SHORT";

    private final Map<String, Long> withdrawable = new HashMap<>();
    private final Map<String, Long> locked = new HashMap<>();

    /** Does it, or tells what it reads. */
    Said apply(final Operation operation) {
        if (operation instanceof final Operation.Pay pay) {
            return credit(pay.member(), pay.amount() * REWARD_PPM / PPM);
        } else if (operation instanceof final Operation.Withdraw withdraw) {
            if (withdrawable(withdraw.member()) < withdraw.amount()) {
                return Said.refused(SHORT);
            }
            locked.merge(withdraw.member(), withdraw.amount(), Long::sum);
            return credit(withdraw.member(), -withdraw.amount());
        } else if (operation instanceof final Operation.Adjust adjust) {
            return withdrawable(adjust.member()) + adjust.amount() < 0
                    ? Said.refused(SHORT)
                    : credit(adjust.member(), adjust.amount());
        } else if (operation instanceof final Operation.ReadPool read) {
            return pool(read.member());
        }
        return new Said(Said.OK, -sum(withdrawable) - sum(locked), 0);
    }

    private Said credit(final String member, final long amount) {
        withdrawable.merge(member, amount, Long::sum);
        return pool(member);
    }

    private Said pool(final String member) {
        return new Said(Said.OK, withdrawable(member), locked.getOrDefault(member, 0L));
    }

    private long withdrawable(final String member) {
        return withdrawable.getOrDefault(member, 0L);
    }

    private static long sum(final Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
