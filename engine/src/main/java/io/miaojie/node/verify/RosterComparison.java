package io.miaojie.node.verify;

import io.miaojie.projection.ProjectionReader;
import io.miaojie.projection.ProjectionReader.EntryState;
import io.miaojie.projection.ProjectionReader.GroupState;
import io.miaojie.settlement.State;
import io.miaojie.settlement.campaign.Campaign;
import io.miaojie.settlement.campaign.Campaigns;
import io.miaojie.settlement.campaign.SaleKind;
import io.miaojie.settlement.part.Rosters;
import java.util.ArrayList;
import java.util.List;

/** Compares rosters in the core's state with the rows of the same sequence: groups, entries. */
final class RosterComparison {
    private final Rosters rosters;
    private final Campaigns campaigns;
    private final ProjectionReader rows;
    private final Differences differences;
    private int seen;

    RosterComparison(final State state, final ProjectionReader rows, final Differences differences) {
        this.rosters = state.rosters();
        this.campaigns = state.campaigns();
        this.rows = rows;
        this.differences = differences;
    }

    /** Returns how many rows were compared. */
    long run() {
        return compareGroups() + compareEntries();
    }

    private long compareGroups() {
        seen = 0;
        rows.groups(row -> {
            final int group = seen++;
            differences.compare("group row index", group, row.groupIndex());
            if (group < rosters.groupCount()) {
                final String what = "group " + group;
                differences.compare(what + " sequence", rosters.sequence(group), row.sequence());
                differences.compare(what + " ordinal", rosters.ordinal(group), row.ordinal());
                differences.compare(what, group(group), row.state());
            }
        });
        return counted("groups", rosters.groupCount());
    }

    private GroupState group(final int group) {
        final List<Long> registers = new ArrayList<>();
        for (int register = 0; register < Rosters.REGISTERS; register++) {
            registers.add(rosters.register(group, register));
        }
        final Campaign campaign = campaigns.campaign(rosters.campaign(group));
        final SaleKind kind = (SaleKind) campaign.current().definition().kind();
        final int owner = campaign.group() == group ? -1 : kind.owner(rosters, group);
        return new GroupState(
                rosters.groupState(group),
                registers,
                rosters.deadlineNs(group),
                owner < 0 ? -1 : rosters.member(owner));
    }

    private long compareEntries() {
        seen = 0;
        rows.entries(row -> {
            final int entry = seen++;
            differences.compare("entry row index", entry, row.entryIndex());
            if (entry < rosters.entryCount()) {
                final String what = "entry " + entry;
                differences.compare(what + " version", rosters.version(entry), row.campaignIndex());
                differences.compare(what + " group", rosters.group(entry), row.groupIndex());
                differences.compare(what + " order", rosters.order(entry), row.orderIndex());
                differences.compare(what + " member", rosters.member(entry), row.memberIndex());
                final EntryState expected = new EntryState(
                        rosters.state(entry),
                        rosters.pieces(entry),
                        rosters.amountMinor(entry),
                        rosters.first(entry),
                        rosters.second(entry));
                differences.compare(what, expected, row.state());
            }
        });
        return counted("entries", rosters.entryCount());
    }

    private long counted(final String table, final int expected) {
        differences.compare("rows of " + table, expected, seen);
        return seen;
    }
}
