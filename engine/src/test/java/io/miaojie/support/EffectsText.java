package io.miaojie.support;

import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.codec.RiskVerdict;
import io.miaojie.wire.codec.WithdrawalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Says effects in words: {@code +U1<U2} a member that was made and its referrer, {@code U1<} one without,
 * {@code +mj-7?} a provisional one, {@code C1=10} a grant, {@code C1/1=10} one of level 1, {@code C1-5} what was
 * clawed, {@code C1:CODE} and {@code *:CODE} skips, {@code SUBMITTED} and {@code SUBMITTED!} a withdrawal and one whose
 * query is due, {@code platform=-5} an account, {@code @K1} a link, {@code fired2=5} timers that fired, {@code HOLD:O1}
 * what a rule of risk did.
 */
final class EffectsText {
    private final IntFunction<String> versions;
    private final IntFunction<String> names;
    private final Set<Integer> codes = new TreeSet<>();

    /** Makes words with these names of campaign versions and codes. */
    EffectsText(final IntFunction<String> versions, final IntFunction<String> names) {
        this.versions = versions;
        this.names = names;
    }

    /** Returns the codes of the skips that were said last. */
    Set<Integer> codes() {
        return codes;
    }

    List<String> say(final EffectsReader reader) {
        codes.clear();
        final List<String> said = new ArrayList<>();
        while (reader.next()) {
            switch (reader.type()) {
                case MEMBER -> said.add(member(reader));
                case GRANT -> grant(reader, said);
                case SKIP -> skip(reader, said);
                case WITHDRAWAL -> withdrawal(reader, said);
                case NOTE -> note(reader, said);
                default -> {
                    // pools and orders are asked for by name
                }
            }
        }
        return said;
    }

    private void skip(final EffectsReader reader, final List<String> said) {
        final String whose = reader.version() < 0 ? "*" : versions.apply(reader.version()) + level(reader);
        said.add(whose + ":" + names.apply(reader.skipCode()));
        codes.add(reader.skipCode());
    }

    private static void withdrawal(final EffectsReader reader, final List<String> said) {
        said.add(WithdrawalState.get((short) reader.withdrawalState()) + (reader.isQueryDue() ? "!" : ""));
        if (reader.feeMinor() > 0) {
            said.add("fee=" + reader.feeMinor());
        }
        if (reader.taxMinor() > 0) {
            said.add("tax=" + reader.taxMinor());
        }
    }

    private static String member(final EffectsReader reader) {
        final String id = text(reader, reader.idOffset(), reader.idLength());
        final String referrer = text(reader, reader.referrerIdOffset(), reader.referrerIdLength());
        return (reader.isMemberMade() ? "+" : "") + id + (reader.isMemberProvisional() ? "?" : "") + "<" + referrer;
    }

    private void grant(final EffectsReader reader, final List<String> said) {
        final String name = versions.apply(reader.version()) + level(reader);
        if (reader.creditedChangeMinor() > 0) {
            said.add(name + "=" + reader.creditedChangeMinor());
        }
        if (reader.clawedChangeMinor() > 0) {
            said.add(name + "-" + reader.clawedChangeMinor());
        }
    }

    private static String level(final EffectsReader reader) {
        return reader.level() == 0 ? "" : "/" + reader.level();
    }

    private static void note(final EffectsReader reader, final List<String> said) {
        final String text = text(reader, reader.idOffset(), reader.idLength());
        if (reader.note() == EffectNote.ACCOUNT) {
            said.add(text + "=" + (reader.noteFirst() >>> 1 ^ -(reader.noteFirst() & 1)));
        } else if (reader.note() == EffectNote.FIRED) {
            said.add("fired" + reader.noteFirst() + "=" + reader.noteSecond());
        } else if (reader.note() == EffectNote.LINK) {
            said.add("@" + text);
        } else if (reader.note() == EffectNote.ORDER_EXPIRED) {
            said.add("expired:" + text);
        } else if (reader.note() == EffectNote.RISK) {
            said.add(RiskVerdict.get((short) reader.noteFirst()) + ":" + text);
        } else if (reader.note() == EffectNote.QUERY_DUE) {
            said.add("query-due");
        }
    }

    private static String text(final EffectsReader reader, final int offset, final int length) {
        return reader.buffer().getStringWithoutLengthUtf8(offset, length);
    }
}
