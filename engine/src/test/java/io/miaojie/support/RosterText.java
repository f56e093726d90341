package io.miaojie.support;

import io.miaojie.settlement.Settlement;
import io.miaojie.settlement.State;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.ViewDescriptor;
import io.miaojie.wire.codec.InstanceAnswerDecoder;
import io.miaojie.wire.codec.MessageHeaderDecoder;
import java.nio.charset.StandardCharsets;

/** Reads answers about campaigns that sell, in the words of their kind. */
public final class RosterText {
    private static final int FIRST_REGISTER = 5;
    private static final int GROUP_STATE = 4;
    private static final int ENTRY_STATE = 5;

    private RosterText() {}

    /** Returns a counter of the campaign, by the name that the one kind with such a counter gives it. */
    public static String counter(final Reply reply, final String name) {
        final EffectsReader effects = reply.effects();
        final int register = view(name).counters().indexOf(name);
        return find(effects, EffectNote.GROUP) ? Long.toString(effects.noteNumber(FIRST_REGISTER + register)) : "none";
    }

    /** Returns the number of the state of the entry that the answer tells of; its code when it tells of none. */
    static String state(final Reply reply) {
        final EffectsReader effects = reply.effects();
        if (!find(effects, EffectNote.ENTRY)) {
            final InstanceAnswerDecoder answer =
                    new InstanceAnswerDecoder().wrapAndApplyHeader(reply.buffer(), 0, new MessageHeaderDecoder());
            return "code" + answer.code();
        }
        return Long.toString(effects.noteNumber(ENTRY_STATE));
    }

    /** Returns the number of the state of the group that the answer tells of. */
    static String phase(final Reply reply) {
        final EffectsReader effects = reply.effects();
        return find(effects, EffectNote.GROUP) ? Long.toString(effects.noteNumber(GROUP_STATE)) : "none";
    }

    /** Returns the id of the group that the newest seat of an order is in. */
    static String groupId(final State state, final String order) {
        final int group = state.rosters().group(entry(state, order));
        return EngineId.of(
                EngineId.GROUP,
                state.shard().number(),
                state.rosters().sequence(group),
                state.rosters().ordinal(group));
    }

    /** Returns a counter of the group that the newest seat of an order is in; of no name, the state of that group. */
    static String group(final State state, final String order, final String counter) {
        final int entry = entry(state, order);
        if (entry < 0) {
            return "none";
        }
        final int group = state.rosters().group(entry);
        final ViewDescriptor view = view(state, entry);
        return counter.isEmpty()
                ? view.groupStates().get(state.rosters().groupState(group))
                : Long.toString(state.rosters().register(group, view.counters().indexOf(counter)));
    }

    /** Returns the state of the newest seat of an order, "none" when it has no seat. */
    static String place(final State state, final String order) {
        final int entry = entry(state, order);
        return entry < 0
                ? "none"
                : view(state, entry).entryStates().get(state.rosters().state(entry));
    }

    private static ViewDescriptor view(final State state, final int entry) {
        return state.campaigns()
                .version(state.rosters().version(entry))
                .definition()
                .kind()
                .descriptor()
                .view();
    }

    private static int entry(final State state, final String order) {
        final int row = state.orders().find(0, Slice.of(order.getBytes(StandardCharsets.UTF_8)));
        return row < 0 ? -1 : state.orders().sums().lastEntry(state.orders().sumsOf(row));
    }

    private static boolean find(final EffectsReader effects, final EffectNote note) {
        boolean isFound = false;
        while (!isFound && effects.next()) {
            isFound = effects.type() == EffectType.NOTE && effects.note() == note;
        }
        return isFound;
    }

    private static ViewDescriptor view(final String counter) {
        return Settlement.kinds().stream()
                .map(kind -> kind.view())
                .filter(view -> view.counters().contains(counter))
                .findFirst()
                .orElseThrow();
    }
}
