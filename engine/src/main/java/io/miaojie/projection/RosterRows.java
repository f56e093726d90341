package io.miaojie.projection;

import io.miaojie.wire.EffectsReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of rosters: one for each group and one for each entry, each in its last state. States and registers are numbers;
 * {@code miaojie.kind_word} has the words of each kind.
 */
final class RosterRows {
    private static final int REGISTERS = 8;
    private static final int FIRST_REGISTER = 5;
    private static final int NOBODY = -1;

    private final TableRows groups = TableRows.staged(
            "roster_group",
            "insert into miaojie.roster_group as r (shard, group_index, campaign_index, sequence, ordinal, state, "
                    + registers("r%d")
                    + ", deadline_ns, owner_index, is_own, changed_sequence, changed_at_ns)"
                    + " select distinct on (group_index) shard, group_index,"
                    + " campaign_index, sequence, ordinal, state, "
                    + registers("r%d")
                    + ", deadline_ns, owner_index, is_own, changed_sequence, changed_at_ns from {rows}"
                    + " order by group_index, changed_sequence desc"
                    + " on conflict (shard, group_index) do update set campaign_index = excluded.campaign_index,"
                    + " state = excluded.state, "
                    + registers("r%1$d = excluded.r%1$d")
                    + ", deadline_ns = excluded.deadline_ns, owner_index = excluded.owner_index"
                    + ", changed_sequence = excluded.changed_sequence, changed_at_ns = excluded.changed_at_ns",
            groupColumns());
    private final TableRows entries = TableRows.staged(
            "roster_entry",
            "insert into miaojie.roster_entry as r (shard, entry_index, campaign_index, group_index, order_index,"
                    + " member_index, state, pieces, amount_minor, first_number, second_number, line_id, sequence,"
                    + " made_at_ns, changed_sequence, changed_at_ns) select distinct on (entry_index) shard,"
                    + " entry_index, campaign_index, group_index, order_index, member_index, state, pieces,"
                    + " amount_minor, first_number, second_number, line_id,"
                    + " min(changed_sequence) over (partition by entry_index),"
                    + " min(changed_at_ns) over (partition by entry_index), changed_sequence, changed_at_ns"
                    + " from {rows} order by entry_index, changed_sequence desc"
                    + " on conflict (shard, entry_index) do update set state = excluded.state,"
                    + " pieces = excluded.pieces, amount_minor = excluded.amount_minor,"
                    + " first_number = excluded.first_number, second_number = excluded.second_number,"
                    + " changed_sequence = excluded.changed_sequence, changed_at_ns = excluded.changed_at_ns",
            "entry_index integer",
            "campaign_index integer",
            "group_index integer",
            "order_index integer",
            "member_index integer",
            "state smallint",
            "pieces integer",
            "amount_minor bigint",
            "first_number bigint",
            "second_number bigint",
            "line_id text",
            "changed_sequence bigint",
            "changed_at_ns bigint");
    private final SbeText text = new SbeText();
    private long instance = NOBODY;
    private long deadlineNs;
    private int owner;

    /** Notes what stands before a group that an order opened. */
    void noteInstance(final EffectsReader note) {
        instance = note.noteNumber(0);
        deadlineNs = note.noteNumber(1);
        owner = (int) note.noteNumber(2) - 1;
    }

    /** Adds a group that a note tells of. */
    void addGroup(final RecordView record, final EffectsReader note) {
        final boolean isInstance = note.noteNumber(1) == instance;
        groups.row(record.shard())
                .integer((int) note.noteNumber(1))
                .integer((int) note.noteNumber(0))
                .bigint(note.noteNumber(2))
                .integer((int) note.noteNumber(3))
                .smallint((int) note.noteNumber(4));
        for (int register = 0; register < REGISTERS; register++) {
            groups.bigint(note.noteNumber(FIRST_REGISTER + register));
        }
        groups.bigint(isInstance ? deadlineNs : 0)
                .integer(isInstance ? owner : NOBODY)
                .bool(!isInstance)
                .bigint(record.sequence())
                .bigint(record.nowNs());
    }

    /** Adds an entry that a note tells of. */
    void addEntry(final RecordView record, final EffectsReader note) {
        text.view().wrap(note.buffer(), note.idOffset(), note.idLength());
        entries.row(record.shard())
                .integer((int) note.noteNumber(2))
                .integer((int) note.noteNumber(0))
                .integer((int) note.noteNumber(1))
                .integer((int) note.noteNumber(3))
                .integer((int) note.noteNumber(4))
                .smallint((int) note.noteNumber(5))
                .integer((int) note.noteNumber(6))
                .bigint(note.noteNumber(7))
                .bigint(note.noteNumber(8))
                .bigint(note.noteNumber(9))
                .text(text.view())
                .bigint(record.sequence())
                .bigint(record.nowNs());
    }

    List<TableRows> tables() {
        return List.of(groups, entries);
    }

    void clear() {
        tables().forEach(TableRows::clear);
    }

    private static String[] groupColumns() {
        final List<String> columns = new ArrayList<>(List.of(
                "group_index integer",
                "campaign_index integer",
                "sequence bigint",
                "ordinal integer",
                "state smallint"));
        IntStream.range(0, REGISTERS).forEach(register -> columns.add("r" + register + " bigint"));
        columns.addAll(List.of("deadline_ns bigint", "owner_index integer", "is_own boolean"));
        columns.addAll(List.of("changed_sequence bigint", "changed_at_ns bigint"));
        return columns.toArray(String[]::new);
    }

    private static String registers(final String pattern) {
        return String.join(
                ", ", IntStream.range(0, REGISTERS).mapToObj(pattern::formatted).toList());
    }
}
