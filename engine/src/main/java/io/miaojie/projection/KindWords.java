package io.miaojie.projection;

import io.miaojie.wire.KindDescriptor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** What kinds call their counters and states, as rows that views join: the core and the log know numbers only. */
final class KindWords {
    private static final String PUT = "insert into miaojie.kind_word (kind, what, number, word) values (?, ?, ?, ?)"
            + " on conflict (kind, what, number) do update set word = excluded.word";

    private KindWords() {}

    /** Writes the words of these kinds. */
    static void write(final Connection connection, final List<KindDescriptor> kinds) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(PUT)) {
            for (final KindDescriptor kind : kinds) {
                add(put, kind.name(), "counter", kind.view().counters());
                add(put, kind.name(), "entry_state", kind.view().entryStates());
                add(put, kind.name(), "group_state", kind.view().groupStates());
            }
            put.executeBatch();
        }
    }

    private static void add(final PreparedStatement put, final String kind, final String what, final List<String> words)
            throws SQLException {
        for (int number = 0; number < words.size(); number++) {
            put.setString(1, kind);
            put.setString(2, what);
            put.setInt(3, number);
            put.setString(4, words.get(number));
            put.addBatch();
        }
    }
}
