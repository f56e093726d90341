package io.miaojie.api.message;

import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;

/** What an order that is paid in a deposit and a balance asks for. Thread: one. */
public final class BookingsView {
    /** Numbers of what a note says, and places of its numbers, see {@link EffectNote#BOOKING}. */
    public static final int DUE = 1;

    private static final int ASKED = 3;
    private static final int WHAT = 0;
    private static final int VERSION = 1;
    private static final int AMOUNT = 3;
    private static final int UNTIL = 4;

    private BookingsView() {}

    /** Writes {@code instalments} of the one order that the effects tell of, if it is a booking. */
    static void writeInstalments(final JsonWriter out, final EffectsReader in) {
        long payableMinor = 0;
        while (in.next()) {
            if (in.type() == EffectType.ORDER && in.isOrderExtended()) {
                payableMinor = in.payableMinor();
            } else if (is(in) && what(in) == ASKED) {
                out.name("instalments").beginArray();
                write(out, "deposit", amountMinor(in));
                write(out, "balance", payableMinor - amountMinor(in));
                out.endArray();
            }
        }
    }

    private static void write(final JsonWriter out, final String instalment, final long amountMinor) {
        out.beginObject()
                .field("instalment", instalment)
                .field("amount", amountMinor)
                .endObject();
    }

    /** Tells whether the reader stands on a note about a booking. */
    public static boolean is(final EffectsReader in) {
        return in.type() == EffectType.NOTE && in.note() == EffectNote.BOOKING;
    }

    /** Returns what the note that the reader stands on says: {@link #DUE}, or another number. */
    public static int what(final EffectsReader in) {
        return (int) in.noteNumber(WHAT);
    }

    /** Tells whether it is something that happened. */
    public static boolean isEvent(final EffectsReader in) {
        return is(in) && what(in) != ASKED;
    }

    /** Returns the index of the campaign version that the booking was taken under. */
    public static int version(final EffectsReader in) {
        return (int) in.noteNumber(VERSION);
    }

    public static long amountMinor(final EffectsReader in) {
        return in.noteNumber(AMOUNT);
    }

    /** Returns until when the balance may be paid, epoch nanoseconds; 0: nothing is due. */
    public static long payByNs(final EffectsReader in) {
        return in.noteNumber(UNTIL);
    }
}
