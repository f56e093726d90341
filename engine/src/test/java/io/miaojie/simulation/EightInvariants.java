package io.miaojie.simulation;

import io.miaojie.wire.codec.OrderState;
import io.miaojie.wire.codec.Role;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a ledger owes at every sequence, told from the answers of the core alone: all money of a currency adds up to
 * zero; no bucket is below zero; who owes has nothing free; a pool holds the sum of its entries; a reward key has one
 * grant, of which at most all is clawed; no campaign passes its budget.
 */
final class EightInvariants {
    private static final Pattern GRANT = Pattern.compile("m(\\d+) credited=(\\d+) .* clawed=(\\d+) .*");
    private static final Pattern ORDER = Pattern.compile("(\\d) m(-?\\d+) .* pool=(\\d+)\\+(\\d+)-(\\d+) .*");
    private static final Pattern WITHDRAWAL = Pattern.compile("(\\d+)(?: due)? m(\\d+) \\d+ (\\d+) .*");

    private final Machine machine;
    private final World world;

    /** Sums of entries, by pool. */
    private final Map<String, Long> entries = new HashMap<>();

    EightInvariants(final Machine machine, final World world) {
        this.machine = machine;
        this.world = world;
    }

    void check() {
        for (final World.Shop shop : world.shops) {
            world.keys.stream()
                    .filter(key -> key.shop == shop && key.role == Role.ADMIN && !key.isRevoked)
                    .findFirst()
                    .ifPresent(key -> check(new Questions(machine, key.index), shop));
        }
    }

    private void check(final Questions ask, final World.Shop shop) {
        entries.clear();
        shop.adjusted.forEach((pool, sum) -> entries.put(pool.name(), sum));
        world.freeGrants.stream()
                .filter(grant -> grant.member.shop == shop) // no query tells of a grant of no order
                .forEach(grant -> entries.merge(grant.pool().name(), grant.credited - grant.clawed, Long::sum));
        shop.orders.keySet().forEach(order -> addOrder(ask.order(order), shop.orders.get(order).currency));
        shop.withdrawals.keySet().forEach(id -> addWithdrawal(ask.withdrawal(id)));
        final Map<Integer, Long> sums = new TreeMap<>();
        ask.accounts()
                .forEach((name, balance) ->
                        sums.merge(Integer.valueOf(name.substring(0, name.indexOf('/'))), balance, Math::addExact));
        shop.members.forEach((id, member) -> {
            if (member.id.equals(id)) { // an alias names the same pools
                ask.pools(id).forEach((currency, buckets) -> checkPool(member, currency, buckets, sums));
            }
        });
        sums.forEach((currency, sum) -> hold(sum == 0, "currency " + currency + " adds up to " + sum));
        shop.campaigns.values().forEach(campaign -> checkBudget(campaign, ask.campaign(campaign.id)));
    }

    private void checkPool(
            final World.Member member, final int currency, final long[] buckets, final Map<Integer, Long> sums) {
        long total = -buckets[World.DEBT];
        for (int bucket = 0; bucket <= World.DEBT; bucket++) {
            hold(buckets[bucket] >= 0, Names.pool(member.index, currency) + " " + Names.buckets(buckets));
            total += bucket == World.DEBT ? 0 : buckets[bucket];
        }
        final long free = buckets[World.SPENDABLE] + buckets[World.WITHDRAWABLE];
        hold(buckets[World.DEBT] == 0 || free == 0, "owes and has: " + Names.buckets(buckets));
        final long entered = entries.getOrDefault(Names.pool(member.index, currency), 0L);
        hold(entered == total, Names.pool(member.index, currency) + " total=" + total + " entries=" + entered);
        sums.merge(currency, total, Math::addExact);
    }

    private void addOrder(final Map<String, String> entities, final String currency) {
        entities.forEach((name, told) -> {
            final Matcher grant = GRANT.matcher(told);
            final Matcher order = ORDER.matcher(told);
            if (name.startsWith("grant ") && grant.matches()) {
                final long outstanding = Long.parseLong(grant.group(2)) - Long.parseLong(grant.group(3));
                hold(outstanding >= 0, name + " " + told);
                add(grant.group(1), currency, outstanding);
            } else if (name.startsWith("order ") && order.matches()) {
                final int state = Integer.parseInt(order.group(1));
                final boolean isPaid = state == OrderState.PAID.value() || state == OrderState.REFUNDED.value();
                final long spent = Long.parseLong(order.group(3)) + Long.parseLong(order.group(4));
                add(order.group(2), currency, isPaid ? Long.parseLong(order.group(5)) - spent : 0);
            }
        });
    }

    private void addWithdrawal(final Map<String, String> entities) {
        final String pool = entities.keySet().stream()
                .filter(name -> name.startsWith("pool "))
                .findFirst()
                .orElseThrow();
        entities.values().stream()
                .map(WITHDRAWAL::matcher)
                .filter(Matcher::matches)
                .forEach(withdrawal -> {
                    final WithdrawalState state = WithdrawalState.get(Short.parseShort(withdrawal.group(1)));
                    final boolean isOut =
                            switch (state) {
                                case SUBMITTED, WAIT_USER_CONFIRM, PROCESSING, UNKNOWN, SUCCEEDED -> true;
                                default -> false;
                            };
                    entries.merge(pool, isOut ? -Long.parseLong(withdrawal.group(3)) : 0, Long::sum);
                });
    }

    private void add(final String member, final String currency, final long amount) {
        if (amount != 0) {
            entries.merge(Names.pool(Integer.parseInt(member), Words.currency(currency)), amount, Long::sum);
        }
    }

    private static void checkBudget(final World.Campaign campaign, final String said) {
        final String[] parts = said.split(" ");
        final long amount = campaign.current().terms.budgets().get(0);
        final long count = campaign.current().terms.budgets().get(1);
        hold(amount < 0 || Long.parseLong(parts[1]) <= amount, "campaign " + campaign.id + " " + said);
        hold(count < 0 || Long.parseLong(parts[2]) <= count, "campaign " + campaign.id + " " + said);
    }

    private static void hold(final boolean holds, final String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
