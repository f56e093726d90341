package io.miaojie.wire;

/** Entries of the effects that carry numbers, mostly two, and a text. Numbers are never re-used, at most 31. */
public enum EffectNote {
    /** The pools that follow are of this currency; first: its number. Until then: the currency of the outcome. */
    CURRENCY(0),
    /** A campaign changed its state; first: index of the version, second: number of {@code CampaignState}. */
    CAMPAIGN(1),
    /** Timers fired since the clock was moved last; first: their tag, second: how many. */
    FIRED(2),
    /** An account, after the record; text: its name, first: its balance, zigzag coded. */
    ACCOUNT(3),
    /** A share link; first: its index, second: when it expires, epoch nanoseconds, 0: never; text: its token. */
    LINK(4),
    /**
     * A group of a campaign, after the record: index of the campaign's version in force, group, sequence and ordinal
     * that made it, state, eight registers.
     */
    GROUP(5, 13),
    /**
     * An entry of a group, after the record: index of the campaign version that it was taken under, group, entry,
     * order, member, state, pieces, amount of the line, the kind's two numbers; text: the line's id.
     */
    ENTRY(6, 10),
    /** A timer ended the order of an entry before; first: its index, second: its merchant; text: its member's id. */
    ORDER_EXPIRED(7),
    /** A timer flagged the withdrawal of an entry before; first: its index, second: its merchant. */
    QUERY_DUE(8),
    /**
     * Goes before a group that orders opened: group, its deadline in epoch nanoseconds, 0: none, and the member who
     * owns it + 1, 0: nobody; text: the member's id.
     */
    INSTANCE(9, 3),
    /**
     * What there is to say of a booking: 1, its balance is due, 2, its deposit is forfeited, or 3, the deposit that its
     * order asks for first; index of the campaign version that it was taken under, order, amount that is due, forfeited
     * or asked for, until when the balance may be paid, epoch nanoseconds, else 0; text: the order's id.
     */
    BOOKING(10, 5),
    /**
     * Follows a group that orders opened, when the record has changed its state or its owner: group, state before, and
     * who owned it before + 1.
     */
    GROUP_CHANGED(11, 3),
    /**
     * What became of the rewards of an order that a rule of risk hit: number of {@code RiskVerdict}, order, result code
     * of the rule, until when it is held, epoch nanoseconds, 0: it is not held any more, merchant; text: the order's
     * id.
     */
    RISK(20, 5);

    private static final int NUMBERS = 32;
    private static final EffectNote[] BY_NUMBER = new EffectNote[NUMBERS];

    static {
        for (final EffectNote note : values()) {
            BY_NUMBER[note.number] = note;
        }
    }

    private final int number;
    private final int numberCount;

    EffectNote(final int number) {
        this(number, 2);
    }

    EffectNote(final int number, final int numberCount) {
        this.number = number;
        this.numberCount = numberCount;
    }

    /** Returns the high five bits of the entry's tag. */
    public int number() {
        return number;
    }

    /** Returns how many numbers it carries. */
    public int numberCount() {
        return numberCount;
    }

    static EffectNote of(final int number) {
        if (BY_NUMBER[number] == null) {
            throw new IllegalStateException("effects have a note unknown to this version: number=" + number);
        }
        return BY_NUMBER[number];
    }
}
