package io.miaojie.api.message;

import io.miaojie.api.directory.CampaignVersion;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectType;
import io.miaojie.wire.EffectsReader;
import io.miaojie.wire.EngineId;
import io.miaojie.wire.KindDescriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Groups and entries of campaigns that sell, in the words of their kinds. Thread: one. */
final class SeatsView {
    /** Places of the numbers of a group and an entry, see {@link EffectNote}. */
    private static final int VERSION = 0;

    private static final int GROUP = 1;
    private static final int GROUP_SEQUENCE = 2;
    private static final int GROUP_ORDINAL = 3;
    private static final int GROUP_STATE = 4;
    private static final int FIRST_REGISTER = 5;
    private static final long NONE = -1;
    private static final int ENTRY_STATE = 5;
    private static final int ENTRY_PIECES = 6;
    private static final int ENTRY_AMOUNT = 7;
    private static final int ENTRY_FIRST = 8;

    /** Numbers of kinds take a byte. */
    private static final int KINDS_MAX = 256;

    private final Directory directory;
    private final KindDescriptor[] kinds = new KindDescriptor[KINDS_MAX];
    private final Map<Long, String> groupIds = new HashMap<>();
    private long deadlineNs;

    SeatsView(final Directory directory, final List<KindDescriptor> kinds) {
        this.directory = directory;
        kinds.forEach(kind -> this.kinds[kind.number()] = kind);
    }

    /** Writes {@code campaigns}, the counters of each group that the effects tell of, if there is one. */
    void writeGroups(final JsonWriter out, final EffectsReader in) {
        boolean isBegun = false;
        long instance = NONE;
        while (in.next()) {
            if (is(in, EffectNote.INSTANCE)) {
                instance = in.noteFirst();
                deadlineNs = in.noteSecond();
            } else if (is(in, EffectNote.GROUP)) {
                if (!isBegun) {
                    out.name("campaigns").beginArray();
                    isBegun = true;
                }
                writeCampaign(out.beginObject(), in);
                if (in.noteNumber(GROUP) == instance) {
                    out.field("group_id", groupId(in));
                    writeDeadline(out, deadlineNs);
                }
                writeCounters(out, in);
                out.endObject();
            }
        }
        if (isBegun) {
            out.endArray();
        }
    }

    /** Notes the ids of groups that orders opened: seats name them. To be called before {@link #writeEntries}. */
    void learnGroups(final EffectsReader in) {
        groupIds.clear();
        long instance = NONE;
        while (in.next()) {
            if (is(in, EffectNote.INSTANCE)) {
                instance = in.noteFirst();
            } else if (is(in, EffectNote.GROUP) && in.noteNumber(GROUP) == instance) {
                groupIds.put(instance, groupId(in));
            }
        }
    }

    /** Writes {@code seats}, the lines that take part, if there is one. */
    void writeEntries(final JsonWriter out, final EffectsReader in) {
        boolean isBegun = false;
        while (in.next()) {
            if (is(in, EffectNote.ENTRY)) {
                if (!isBegun) {
                    out.name("seats").beginArray();
                    isBegun = true;
                }
                writeCampaign(out.beginObject(), in);
                final String groupId = groupIds.get(in.noteNumber(GROUP));
                if (groupId != null) {
                    out.field("group_id", groupId);
                }
                out.name("line_id").value(in.buffer(), in.idOffset(), in.idLength());
                out.field("state", state(in))
                        .field("quantity", in.noteNumber(ENTRY_PIECES))
                        .field("amount", in.noteNumber(ENTRY_AMOUNT));
                writeNumbers(out, in);
                out.endObject();
            }
        }
        if (isBegun) {
            out.endArray();
        }
    }

    /** Writes until when something waits, null: it waits for nothing. */
    static void writeDeadline(final JsonWriter out, final long deadlineNs) {
        out.name("deadline");
        if (deadlineNs == 0) {
            out.nothing();
        } else {
            out.time(deadlineNs);
        }
    }

    /** Returns the id of the group that the reader stands on. */
    private String groupId(final EffectsReader in) {
        return EngineId.of(EngineId.GROUP, directory.shard().number(), in.noteNumber(GROUP_SEQUENCE), (int)
                in.noteNumber(GROUP_ORDINAL));
    }

    /** Returns a counter of the group that the reader stands on, by the name that its kind gives it; 0: it has none. */
    long counter(final EffectsReader in, final String name) {
        final int register = kind(in).view().counters().indexOf(name);
        return register < 0 ? 0 : in.noteNumber(FIRST_REGISTER + register);
    }

    /** Returns the word for the state of the group that the reader stands on. */
    String groupState(final EffectsReader in) {
        return kind(in).view().groupStates().get((int) in.noteNumber(GROUP_STATE));
    }

    /** Writes the state and the counters of the group that the reader stands on. */
    void writeCounters(final JsonWriter out, final EffectsReader in) {
        final KindDescriptor kind = kind(in);
        out.field("group_state", groupState(in));
        out.name("counters").beginObject();
        final List<String> counters = kind.view().counters();
        for (int register = 0; register < counters.size(); register++) {
            if (!counters.get(register).isEmpty()) {
                out.field(counters.get(register), in.noteNumber(FIRST_REGISTER + register));
            }
        }
        out.endObject();
    }

    /** Writes the numbers of the entry that the reader stands on, as far as its kind has names for them. */
    void writeNumbers(final JsonWriter out, final EffectsReader in) {
        final List<String> names = kind(in).view().entryNumbers();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty() && in.noteNumber(ENTRY_FIRST + i) != 0) {
                out.field(names.get(i), in.noteNumber(ENTRY_FIRST + i));
            }
        }
    }

    /** Returns the word for the state of the entry that the reader stands on. */
    String state(final EffectsReader in) {
        return kind(in).view().entryStates().get((int) in.noteNumber(ENTRY_STATE));
    }

    /** Returns the kind of the campaign that the note is of. */
    KindDescriptor kind(final EffectsReader in) {
        return kinds[version(in).definition().kind()];
    }

    static boolean is(final EffectsReader in, final EffectNote note) {
        return in.type() == EffectType.NOTE && in.note() == note;
    }

    static long pieces(final EffectsReader in) {
        return in.noteNumber(ENTRY_PIECES);
    }

    static long amountMinor(final EffectsReader in) {
        return in.noteNumber(ENTRY_AMOUNT);
    }

    private void writeCampaign(final JsonWriter out, final EffectsReader in) {
        final CampaignVersion version = version(in);
        out.field("campaign_id", version.definition().id()).field("campaign_version", version.version());
    }

    private CampaignVersion version(final EffectsReader in) {
        return directory.version((int) in.noteNumber(VERSION));
    }
}
