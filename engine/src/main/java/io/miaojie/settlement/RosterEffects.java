package io.miaojie.settlement;

import io.miaojie.settlement.campaign.CampaignVersion;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.part.Members;
import io.miaojie.settlement.part.OrderLines;
import io.miaojie.settlement.part.Rosters;
import io.miaojie.settlement.state.Slice;
import io.miaojie.wire.EffectNote;
import io.miaojie.wire.EffectsWriter;

/** The groups and entries of rosters that one record touched. A part of {@link Effects}. */
final class RosterEffects {
    private static final int EXPECTED = 64;
    private static final int GROUP_MAX = 250;
    private static final int ENTRY_MAX = 170;

    /** Numbers of a group between its campaign and its registers. */
    private static final int GROUP_NUMBERS_BEHIND = 4;

    private final Rosters rosters;
    private final OrderLines lines;
    private final Campaigns campaigns;
    private final Touched touchedGroups = new Touched(EXPECTED);
    private final Touched touchedEntries = new Touched(EXPECTED);
    private final Members members;
    private final Slice lineId = new Slice();
    private final Slice ownerId = new Slice();
    private CampaignVersion unopened;

    RosterEffects(final State state) {
        rosters = state.rosters();
        lines = state.orderLines();
        campaigns = state.campaigns();
        members = state.members();
    }

    void clear() {
        touchedGroups.clear();
        touchedEntries.clear();
        unopened = null;
    }

    /** Tells of a campaign that nobody has taken part in yet: what its registers will begin with. */
    void tellUnopened(final CampaignVersion version) {
        unopened = version;
    }

    /** Tells of a group whose registers change. */
    void touchGroup(final int group) {
        final int known = touchedGroups.count();
        final int place = touchedGroups.touch(group);
        if (place == known && isOpenedByOrder(group)) {
            touchedGroups.put(place, rosters.groupState(group), owner(group));
        }
    }

    private boolean isOpenedByOrder(final int group) {
        return campaigns.campaign(rosters.campaign(group)).group() != group;
    }

    /** Returns the entry of who owns a group that orders opened. */
    private int owner(final int group) {
        final SaleKind kind = (SaleKind) campaigns
                .campaign(rosters.campaign(group))
                .current()
                .definition()
                .kind();
        return kind.owner(rosters, group);
    }

    /** Tells of an entry that changes, and with it of its group. */
    void touchEntry(final int entry) {
        touchGroup(rosters.group(entry));
        touchedEntries.touch(entry);
    }

    /** Returns what the notes take at most. */
    int lengthMax() {
        return touchedGroups.count() * GROUP_MAX + touchedEntries.count() * ENTRY_MAX;
    }

    void write(final EffectsWriter writer) {
        if (unopened != null) {
            writeUnopened(writer);
        }
        for (int i = 0; i < touchedGroups.count(); i++) {
            writeGroup(writer, touchedGroups.row(i));
            writeChange(writer, i);
        }
        for (int i = 0; i < touchedEntries.count(); i++) {
            writeEntry(writer, touchedEntries.row(i));
        }
    }

    /** Goes before a group that orders opened. */
    private void writeInstance(final EffectsWriter writer, final int group) {
        final int owner = owner(group);
        writer.noteHead(EffectNote.INSTANCE);
        writer.noteNumber(group);
        writer.noteNumber(rosters.deadlineNs(group));
        writer.noteNumber(owner < 0 ? 0 : rosters.member(owner) + 1L);
        if (owner < 0) {
            writer.noteText(null, 0, 0);
        } else {
            members.id(rosters.member(owner), ownerId);
            writer.noteText(ownerId.buffer(), ownerId.offset(), ownerId.length());
        }
    }

    private void writeGroup(final EffectsWriter writer, final int group) {
        if (isOpenedByOrder(group)) {
            writeInstance(writer, group);
        }
        writer.noteHead(EffectNote.GROUP);
        writer.noteNumber(campaigns.campaign(rosters.campaign(group)).current().index());
        writer.noteNumber(group);
        writer.noteNumber(rosters.sequence(group));
        writer.noteNumber(rosters.ordinal(group));
        writer.noteNumber(rosters.groupState(group));
        for (int register = 0; register < Rosters.REGISTERS; register++) {
            writer.noteNumber(rosters.register(group, register));
        }
        writer.noteText(null, 0, 0);
    }

    /** Goes behind a group that the record has not made, and has changed. */
    private void writeChange(final EffectsWriter writer, final int place) {
        final int group = touchedGroups.row(place);
        final long stateBefore = touchedGroups.first(place);
        final long ownerBefore = touchedGroups.second(place);
        final boolean isChanged = stateBefore != rosters.groupState(group) || ownerBefore != owner(group);
        if (stateBefore > 0 && isOpenedByOrder(group) && isChanged) {
            writer.noteHead(EffectNote.GROUP_CHANGED);
            writer.noteNumber(group);
            writer.noteNumber(stateBefore);
            writer.noteNumber(ownerBefore < 0 ? 0 : rosters.member((int) ownerBefore) + 1L);
            writer.noteText(null, 0, 0);
        }
    }

    private void writeUnopened(final EffectsWriter writer) {
        final SaleKind kind = (SaleKind) unopened.definition().kind();
        writer.noteHead(EffectNote.GROUP);
        writer.noteNumber(unopened.index());
        for (int i = 0; i < GROUP_NUMBERS_BEHIND; i++) {
            writer.noteNumber(0);
        }
        for (int register = 0; register < Rosters.REGISTERS; register++) {
            writer.noteNumber(kind.opening(unopened.definition().terms(), register));
        }
        writer.noteText(null, 0, 0);
    }

    private void writeEntry(final EffectsWriter writer, final int entry) {
        writer.noteHead(EffectNote.ENTRY);
        writer.noteNumber(rosters.version(entry));
        writer.noteNumber(rosters.group(entry));
        writer.noteNumber(entry);
        writer.noteNumber(rosters.order(entry));
        writer.noteNumber(rosters.member(entry));
        writer.noteNumber(rosters.state(entry));
        writer.noteNumber(rosters.pieces(entry));
        writer.noteNumber(rosters.amountMinor(entry));
        writer.noteNumber(rosters.first(entry));
        writer.noteNumber(rosters.second(entry));
        lines.id(rosters.line(entry), lineId);
        writer.noteText(lineId.buffer(), lineId.offset(), lineId.length());
    }
}
