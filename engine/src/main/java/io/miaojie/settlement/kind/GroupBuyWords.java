package io.miaojie.settlement.kind;

import static io.miaojie.settlement.ledger.Money.MINOR_MAX;

import io.miaojie.wire.ActionDescriptor;
import io.miaojie.wire.CodeCategory;
import io.miaojie.wire.CodeDescriptor;
import io.miaojie.wire.KindDescriptor;
import io.miaojie.wire.TermDescriptor;
import io.miaojie.wire.TermDescriptor.Column;
import io.miaojie.wire.ViewDescriptor;
import java.util.List;

/** The words of {@link GroupBuy}: terms by their places, codes, and what it tells of itself. */
final class GroupBuyWords {
    static final int NUMBER = 5;
    static final int GROUP_FULL = NUMBER << 8 | 1;
    static final int GROUP_NOT_FORMING = NUMBER << 8 | 2;
    static final int ALREADY_IN_GROUP = NUMBER << 8 | 3;
    static final int NEWCOMERS_ONLY = NUMBER << 8 | 4;
    static final int SKU_NOT_OFFERED = NUMBER << 8 | 5;
    static final int PIECES_LIMIT = NUMBER << 8 | 6;
    static final int SEATS_LIMIT = NUMBER << 8 | 7;
    static final int NOTHING_TO_COMPLETE = NUMBER << 8 | 8;
    static final int SUBSIDY_LIMIT = NUMBER << 8 | 9;
    static final int GROUP_ENDED = NUMBER << 8 | 10;
    static final int GROUP_CANCELLED = NUMBER << 8 | 11;

    static final int SIZE = 0;
    static final int PRICE = 1;
    static final int STEPS = 2;
    static final int LEADER_PRICE = 3;
    static final int LEADER_REWARD = 4;
    static final int DURATION = 5;
    static final int PER_ORDER = 6;
    static final int PER_MEMBER = 7;
    static final int NEWCOMERS = 8;
    static final int OVERFULL = 9;
    static final int LEADER_QUITS = 10;
    static final int SUBSIDISED_MAX = 11;
    static final int SKUS = 12;

    static final int STEP_SIZE = 0;
    static final int STEP_PRICE = 1;
    static final int STEP_REWARD = 2;

    static final int SIZE_MAX = 1_000;
    static final int STEPS_MAX = 10;
    static final int PIECES_MAX = 1_000_000_000;
    static final int MINUTES_MAX = 30 * 24 * 60;

    static final KindDescriptor DESCRIPTOR = new KindDescriptor(
            NUMBER,
            "group-buy",
            "拼团: members buy together at a price. The first opens a group, others join it; orders hold seats, payments"
                    + " confirm. A group without enough paid seats at its deadline fails, and each of its orders is "
                    + "given back. size and price are required.",
            List.of(
                    TermDescriptor.scalar("size", 2, SIZE_MAX, "Paid seats that make a group a success."),
                    TermDescriptor.scalar("price", 1, MINOR_MAX, "Of one piece, minor units."),
                    TermDescriptor.table(
                            "steps",
                            STEPS_MAX,
                            "A ladder above size: more paid seats, a lower price for all of the group.",
                            List.of(
                                    new Column("size", 3, SIZE_MAX, true, "Paid seats."),
                                    new Column("price", 1, MINOR_MAX, true, "Of one piece, minor units."),
                                    new Column(
                                            "leader_reward",
                                            1,
                                            MINOR_MAX,
                                            false,
                                            "In place of leader_reward, minor."))),
                    TermDescriptor.scalar("leader_price", 1, MINOR_MAX, "Of one piece for who opens, minor units."),
                    TermDescriptor.scalar("leader_reward", 1, MINOR_MAX, "To the leader's pool at success, minor."),
                    TermDescriptor.scalar(
                            "duration_minutes", 1, MINUTES_MAX, "From the leader's payment; 1440 when it is left out."),
                    TermDescriptor.scalar("per_order", 1, PIECES_MAX, "Most pieces of one order."),
                    TermDescriptor.scalar("per_member", 1, PIECES_MAX, "Most seats that a member holds or has paid."),
                    TermDescriptor.scalar("newcomers_only", 0, 1, "1: who joins has never paid for an order here."),
                    TermDescriptor.scalar(
                            "overfull",
                            1,
                            3,
                            "Late payment, no seat: 1 join another, 2 open a new, 3 (default) refund."),
                    TermDescriptor.scalar("leader_quits", 1, 2, "1 (default): the next one leads; 2: it is cancelled."),
                    TermDescriptor.scalar(
                            "subsidised_seats",
                            0,
                            SIZE_MAX,
                            "Most seats of a group that the merchant may fill itself."),
                    TermDescriptor.ids("skus", 1_000, "Sells these skus only; none: any.")),
            List.of(
                    new ActionDescriptor(
                            "join",
                            ActionDescriptor.Caller.ORDER,
                            List.of(),
                            "Takes a seat in the group that the line names, or opens one when it names none."),
                    new ActionDescriptor(
                            "complete",
                            ActionDescriptor.Caller.OPERATOR,
                            List.of(),
                            "Fills what a forming group lacks at the merchant's cost; nobody is invented.")),
            new ViewDescriptor(
                    ViewDescriptor.Instances.GROUPS,
                    List.of("seats", "held", "paid", "subsidised", "refunded", "succeeded", "reached"),
                    List.of("", "HELD", "PAID", "RELEASED", "SUCCESS", "REFUNDED", "MOVED"),
                    List.of("OPEN", "OPENING", "FORMING", "SUCCESS", "FAILED_EXPIRED", "CANCELLED", "ABANDONED")),
            List.of(
                    new CodeDescriptor(GROUP_FULL, "GROUP_FULL", CodeCategory.CONFLICT),
                    new CodeDescriptor(GROUP_NOT_FORMING, "GROUP_NOT_FORMING", CodeCategory.CONFLICT),
                    new CodeDescriptor(ALREADY_IN_GROUP, "ALREADY_IN_GROUP", CodeCategory.CONFLICT),
                    new CodeDescriptor(NEWCOMERS_ONLY, "NEWCOMERS_ONLY", CodeCategory.CONFLICT),
                    new CodeDescriptor(SKU_NOT_OFFERED, "SKU_NOT_OFFERED", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(PIECES_LIMIT, "PIECES_LIMIT", CodeCategory.CONTRADICTION),
                    new CodeDescriptor(SEATS_LIMIT, "SEATS_LIMIT", CodeCategory.CONFLICT),
                    new CodeDescriptor(NOTHING_TO_COMPLETE, "NOTHING_TO_COMPLETE", CodeCategory.CONFLICT),
                    new CodeDescriptor(SUBSIDY_LIMIT, "SUBSIDY_LIMIT", CodeCategory.CONFLICT),
                    new CodeDescriptor(GROUP_ENDED, "GROUP_ENDED", CodeCategory.DONE),
                    new CodeDescriptor(GROUP_CANCELLED, "GROUP_CANCELLED", CodeCategory.DONE)));

    private GroupBuyWords() {}
}
