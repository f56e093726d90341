package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.RiskVerdict;

/** What became of the rewards of an order that a rule of risk hit. Thread: one. */
public final class RiskView {
    /** Places of the numbers of a note, see {@link EffectNote#RISK}. */
    private static final int VERDICT = 0;

    private static final int ORDER = 1;
    private static final int CODE = 2;
    private static final int UNTIL = 3;
    private static final int MERCHANT = 4;

    private RiskView() {}

    /** Writes {@code risk} of the one order that the effects tell of, if a rule has hit it. */
    static void write(final JsonWriter out, final EffectsReader in, final ResultCodes codes) {
        while (in.next()) {
            if (is(in)) {
                writeVerdict(out.name("risk").beginObject(), in, codes);
                out.endObject();
                return;
            }
        }
    }

    /** Writes the fields of the note that the reader stands on. */
    public static void writeVerdict(final JsonWriter out, final EffectsReader in, final ResultCodes codes) {
        out.field("verdict", verdict(in).name())
                .field("code", codes.of((int) in.noteNumber(CODE)).name());
        if (in.noteNumber(UNTIL) != 0) {
            out.name("until").time(in.noteNumber(UNTIL));
        }
    }

    /** Tells whether the reader stands on a note about risk. */
    public static boolean is(final EffectsReader in) {
        return in.type() == EffectType.NOTE && in.note() == EffectNote.RISK;
    }

    public static RiskVerdict verdict(final EffectsReader in) {
        return RiskVerdict.get((short) in.noteNumber(VERDICT));
    }

    /** Returns the index of the order. */
    public static int order(final EffectsReader in) {
        return (int) in.noteNumber(ORDER);
    }

    public static int merchantIndex(final EffectsReader in) {
        return (int) in.noteNumber(MERCHANT);
    }
}
