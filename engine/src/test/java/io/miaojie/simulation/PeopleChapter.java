package io.miaojie.simulation;

import io.miaojie.wire.codec.Bucket;
import io.miaojie.wire.codec.Decision;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Members, who brought them, and what they withdraw. */
final class PeopleChapter {
    private static final int IDENTITIES = 60;
    private static final int VISITORS = 12;

    private final Story story;
    private final RiskChapter risk;

    PeopleChapter(final Story story, final RiskChapter risk) {
        this.story = story;
        this.risk = risk;
    }

    /** Returns a known member's id, or one that nobody has. */
    String member(final String merchant) {
        final List<String> known =
                story.world.shop(merchant).members.keySet().stream().sorted().toList();
        return known.isEmpty() || story.oneIn(25) ? "nobody" : story.pick(known);
    }

    /** Returns a known member's id, or one that a fact may make a member of. */
    String memberOrNew(final String merchant) {
        return story.oneIn(5) ? "U" + story.below(60) : member(merchant);
    }

    long identity() {
        return 1 + story.below(IDENTITIES);
    }

    String token(final String merchant) {
        final List<String> known =
                story.world.shop(merchant).links.keySet().stream().sorted().toList();
        return known.isEmpty() || story.oneIn(12) ? "nosuchtoken" : story.pick(known);
    }

    private String visitor() {
        return "v" + story.below(VISITORS);
    }

    Deed register() {
        final String merchant = story.merchant();
        final List<Long> identities = new ArrayList<>();
        for (int i = story.below(3); i > 0; i--) {
            identities.add(identity());
        }
        return new Deed.Register(
                story.head(
                        merchant,
                        story.oneIn(3) ? memberOrNew(merchant) : story.fresh("u"),
                        story.oneIn(3) ? story.businessTime() : 0),
                0,
                identities.stream().distinct().toList(),
                story.oneIn(2) ? memberOrNew(merchant) : "",
                story.oneIn(2) ? visitor() : "",
                story.below(32),
                1 + story.random.nextInt(Integer.MAX_VALUE));
    }

    Deed bind() {
        final String merchant = story.merchant();
        return new Deed.Bind(
                story.head(merchant, story.fresh("q")), member(merchant), story.oneIn(6) ? "" : member(merchant));
    }

    Deed touch() {
        final String merchant = story.merchant();
        final boolean isMember = story.oneIn(2);
        return new Deed.Touch(
                story.head(merchant, story.fresh("t"), story.businessTime()),
                token(merchant),
                isMember ? "" : visitor(),
                isMember ? member(merchant) : "");
    }

    Deed link() {
        final String merchant = story.merchant();
        final List<String> targets =
                List.copyOf(story.world.shop(merchant).targets.keySet());
        final List<String> campaigns =
                List.copyOf(story.world.shop(merchant).campaigns.keySet());
        return new Deed.Link(
                story.head(merchant, story.fresh("l")),
                story.oneIn(12) ? token(story.merchant()) : "token" + story.random.nextInt(Integer.MAX_VALUE),
                member(merchant),
                targets.isEmpty() || story.oneIn(20) ? "notarget" : story.pick(targets),
                story.oneIn(4) ? (campaigns.isEmpty() || story.oneIn(5) ? "nocampaign" : story.pick(campaigns)) : "",
                story.pick("", "wx"),
                story.oneIn(3) ? story.world.nowNs + story.below(5 * 86_400) * World.SECOND_NS : 0);
    }

    Deed target() {
        final String merchant = story.merchant();
        final List<String> known =
                List.copyOf(story.world.shop(merchant).targets.keySet());
        final boolean isKnown = !known.isEmpty() && story.oneIn(6);
        return new Deed.Target(
                isKnown ? story.again(merchant, story.pick(known)) : story.head(merchant, story.fresh("g")),
                "https://shop.example/" + story.below(9));
    }

    Deed withdraw() {
        final String merchant = story.merchant();
        final String currency = story.world.shop(merchant).currency;
        final String member = story.oneIn(4) ? member(merchant) : whoHasOrOwes(merchant, currency);
        final World.Member known = story.world.shop(merchant).members.get(member);
        final World.Pool pool = known == null ? null : known.pools.get(currency);
        final long free = pool == null ? 0 : pool.buckets[World.WITHDRAWABLE];
        final long amount = story.oneIn(8) ? free + 1 : Math.max(1, free / (1 + story.below(3)));
        final List<String> asked =
                List.copyOf(story.world.shop(merchant).withdrawals.keySet());
        final boolean isKnown = !asked.isEmpty() && story.oneIn(20);
        final Deed.Head head =
                isKnown ? story.again(merchant, story.pick(asked)) : story.head(merchant, story.fresh("w"));
        return new Deed.Withdraw(head, amount, currency, member, risk.payee());
    }

    private Deed payoutTerms() {
        final String merchant = story.merchant();
        final long min = story.below(3) * story.below(40);
        return new Deed.DefinePayouts(
                story.head(merchant, story.fresh("o")),
                story.oneIn(9) ? "USD" : story.world.shop(merchant).currency,
                new World.PayoutTerms(
                        min,
                        story.oneIn(2) ? 0 : Math.max(0, min + story.below(3_000) - 2),
                        story.oneIn(2) ? 0 : Math.max(0, min + story.below(3_000) - 2),
                        story.oneIn(2) ? 0 : story.below(100),
                        story.oneIn(2) ? 0 : story.below(9),
                        story.oneIn(2) ? 0 : story.below(80_000),
                        story.oneIn(2) ? 0 : story.below(story.oneIn(6) ? 1_100_000 : 200_000),
                        story.oneIn(3) ? 0 : 1 + story.below(2),
                        story.below(3),
                        story.oneIn(2) ? 0 : story.below(24 * 60)));
    }

    private String whoHasOrOwes(final String merchant, final String currency) {
        final List<String> ids = story.world.shop(merchant).members.entrySet().stream()
                .filter(entry -> entry.getValue().pools.containsKey(currency))
                .filter(entry -> entry.getValue().pools.get(currency).buckets[World.WITHDRAWABLE] > 0
                        || entry.getValue().pools.get(currency).buckets[World.DEBT] > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        return ids.isEmpty() ? member(merchant) : story.pick(ids);
    }

    /** The next step of a withdrawal, or one that its state forbids. */
    Deed payout() {
        final String merchant = story.merchant();
        final List<World.Withdrawal> known = story.world.shop(merchant).withdrawals.values().stream()
                .filter(withdrawal -> story.oneIn(10) || withdrawal.state.value() < WithdrawalState.SUCCEEDED.value())
                .toList();
        final Deed.Head head = story.head(merchant, story.fresh("q"));
        final World.Withdrawal ended = story.oneIn(4) ? ended(merchant) : null;
        if (ended != null) {
            return new Deed.Report(head, ended.id, ended.state);
        }
        if (known.isEmpty() || story.oneIn(30)) {
            return new Deed.Submit(head, "nowithdrawal");
        }
        final World.Withdrawal withdrawal = story.pick(known);
        final int choice = story.oneIn(8) ? story.below(3) : usual(withdrawal.state);
        return switch (choice) {
            case 0 -> new Deed.Decide(head, withdrawal.id, story.oneIn(4) ? Decision.REJECT : Decision.APPROVE);
            case 1 -> new Deed.Submit(head, withdrawal.id);
            default ->
                new Deed.Report(
                        head,
                        withdrawal.id,
                        story.pick(
                                WithdrawalState.WAIT_USER_CONFIRM,
                                WithdrawalState.PROCESSING,
                                WithdrawalState.UNKNOWN,
                                WithdrawalState.SUCCEEDED,
                                WithdrawalState.FAILED,
                                WithdrawalState.CANCELLED));
        };
    }

    /** Returns a withdrawal of which the channel has said its last word, and may say it again; null: there is none. */
    private World.Withdrawal ended(final String merchant) {
        final List<World.Withdrawal> ended = story.world.shop(merchant).withdrawals.values().stream()
                .filter(withdrawal -> withdrawal.state.value() >= WithdrawalState.SUCCEEDED.value())
                .filter(withdrawal -> withdrawal.state.value() <= WithdrawalState.CANCELLED.value())
                .toList();
        return ended.isEmpty() ? null : story.pick(ended);
    }

    /** An operator takes all that a bucket holds: what is clawed later becomes debt. */
    private Deed takeAll(final String merchant) {
        final String currency = story.world.shop(merchant).currency;
        final String id = member(merchant);
        final World.Member member = story.world.shop(merchant).members.get(id);
        final World.Pool pool = member == null ? null : member.pools.get(currency);
        final Bucket bucket = story.pick(Bucket.SPENDABLE, Bucket.WITHDRAWABLE);
        final long held = pool == null ? 1 : Math.max(1, pool.buckets[bucket.value()]);
        return new Deed.Adjust(story.head(merchant, story.fresh("j")), -held, currency, id, bucket);
    }

    private static int usual(final WithdrawalState state) {
        return state == WithdrawalState.REQUESTED ? 0 : state == WithdrawalState.APPROVED ? 1 : 2;
    }

    /** What operators say of money: a correction, or terms of payouts. */
    Deed byHand(final boolean isCorrection) {
        return isCorrection ? adjust() : payoutTerms();
    }

    private Deed adjust() {
        final String merchant = story.merchant();
        if (story.oneIn(3)) {
            return takeAll(merchant);
        }
        return new Deed.Adjust(
                story.head(merchant, story.fresh("j")),
                story.oneIn(3)
                        ? -story.below(500) - 1
                        : story.isRich && story.oneIn(2) ? World.MOST - story.below(2) : story.below(3_000) + 1,
                story.world.shop(merchant).currency,
                member(merchant),
                story.pick(Bucket.PENDING, Bucket.SPENDABLE, Bucket.WITHDRAWABLE));
    }
}
