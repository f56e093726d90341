package io.miaojie.wire;

/** What one entry of the effects of an outcome tells of, see {@link EffectsWriter}. Numbers are never re-used. */
public enum EffectType {
    /** The buckets of one pool, after the record. */
    POOL(0),
    /** One grant of the order before it, after the record. */
    GRANT(1),
    /** Why a campaign, or the whole fact, earned nothing or less. */
    SKIP(2),
    /** An order, after the record; the grants and refund orders that follow are its. */
    ORDER(3),
    /** Money that somebody outside is to move, after the record. */
    REFUND_ORDER(4),
    /** A withdrawal, after the record. */
    WITHDRAWAL(5),
    /** A member that was made, named or bound. */
    MEMBER(6),
    /** The rest: one of {@link EffectNote}. */
    NOTE(7);

    private static final EffectType[] ALL = values();

    /** In a tag the number of the type stands in the bits below. */
    private static final int DETAIL_SHIFT = 3;

    private final int number;

    EffectType(final int number) {
        this.number = number;
    }

    /** Returns the low three bits of the entry's tag. */
    public int number() {
        return number;
    }

    /** Returns the tag, the first byte of an entry; higher bits are 0. */
    int tag(final int detail) {
        return number | detail << DETAIL_SHIFT;
    }

    static EffectType ofTag(final int tag) {
        return ALL[tag & (1 << DETAIL_SHIFT) - 1];
    }

    static int detail(final int tag) {
        return tag >>> DETAIL_SHIFT;
    }
}
