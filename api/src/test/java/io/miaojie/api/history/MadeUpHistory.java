package io.miaojie.api.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A history as a right server would make it, from a seed: calls overlap, some get no answer, whether they were decided
 * or not, and are sent again.
 */
final class MadeUpHistory {
    private static final int MEMBERS = 5;
    private static final int SPAN = 20_000;
    private static final int LATENCY_MAX = 400;
    private static final long BETWEEN_RECORDS = 3;

    /** A call that is still to be decided, at a moment. */
    private record Due(Operation operation, long startNs, long decidedNs, long endNs, boolean isLost, Answer first) {}

    private final Random random;
    private final List<Call> calls = new ArrayList<>();
    private final Bank bank = new Bank();
    private long sequence;

    private MadeUpHistory(final long seed) {
        this.random = new Random(seed);
    }

    static List<Call> of(final long seed, final int operations) {
        final MadeUpHistory history = new MadeUpHistory(seed);
        history.tell(operations);
        return history.calls;
    }

    private void tell(final int operations) {
        final List<Due> due = new ArrayList<>();
        for (int i = 0; i < operations; i++) {
            due.add(due(operation("w" + i), random.nextInt(SPAN), null));
        }
        while (!due.isEmpty()) {
            due.sort(Comparator.comparingLong(Due::decidedNs));
            final Due next = due.remove(0);
            final Answer answer = next.first() == null ? decide(next) : repeat(next.first());
            if (next.isLost()) {
                calls.add(Call.unanswered(next.operation(), next.startNs()));
            } else {
                calls.add(new Call(next.operation(), next.startNs(), next.endNs(), answer));
            }
            if (next.operation() instanceof Operation.Write && (next.isLost() || random.nextInt(10) == 0)) {
                due.add(due(next.operation(), next.endNs() + 1, answer));
            }
        }
    }

    private Due due(final Operation operation, final long startNs, final Answer first) {
        final long decidedNs = startNs + 1 + random.nextInt(LATENCY_MAX);
        final long endNs = decidedNs + 1 + random.nextInt(LATENCY_MAX);
        return new Due(operation, startNs, decidedNs, endNs, random.nextInt(8) == 0, first);
    }

    /** Decides it, unless the call dies before it arrives: then nothing is known, and nothing has happened. */
    private Answer decide(final Due due) {
        if (due.isLost() && random.nextBoolean()) {
            return null;
        }
        if (due.operation() instanceof Operation.Write) {
            sequence += 1 + random.nextInt((int) BETWEEN_RECORDS); // others have records too
        }
        return new Answer(sequence, false, bank.apply(due.operation()));
    }

    private static Answer repeat(final Answer first) {
        return new Answer(first.sequence(), true, first.said());
    }

    private Operation operation(final String id) {
        final String member = "m" + random.nextInt(MEMBERS);
        final long amount = 100 + random.nextInt(20_000);
        return switch (random.nextInt(8)) {
            case 0, 1 -> new Operation.Pay(id, member, amount);
            case 2, 3 -> new Operation.Withdraw(id, member, 1 + amount / 10);
            case 4 -> new Operation.Adjust(id, member, random.nextBoolean() ? amount / 10 : -amount / 5);
            case 5 -> new Operation.ReadBank();
            default -> new Operation.ReadPool(member);
        };
    }
}
