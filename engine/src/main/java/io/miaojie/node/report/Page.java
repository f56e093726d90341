package io.miaojie.node.report;

import java.util.List;

/**
 * A part of a list.
 *
 * @param asOfSequence the last record that the list knows of
 * @param next where the following page begins, null: there is none
 */
public record Page<T>(long asOfSequence, List<T> entries, Position next) {
    public Page {
        entries = List.copyOf(entries);
    }
}
