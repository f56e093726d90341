package io.miaojie.wire;

import java.util.List;

/**
 * How a campaign of a kind is looked at: the counters of a group and the words for states. Every kind has the same
 * generic shape; only these words are its own.
 *
 * @param instances what an instance is
 * @param counters names of the group's registers, in order; a register without a name is not shown. Where instances are
 *     groups, {@code seats} is what one needs and {@code paid} what of it is there
 * @param entryStates words for the states of an entry, by number
 * @param groupStates words for the states of a group, by number
 * @param entryNumbers names of the two numbers of an entry; one without a name is not shown
 */
public record ViewDescriptor(
        Instances instances,
        List<String> counters,
        List<String> entryStates,
        List<String> groupStates,
        List<String> entryNumbers) {
    /** What an instance of a campaign is. */
    public enum Instances {
        /** Nothing: orders don't take part. */
        NONE,
        /** One order's entry; the order's id names it. */
        ENTRIES,
        /** A group of entries, with an id of its own. */
        GROUPS
    }

    /** Of kinds that sell nothing. */
    public static final ViewDescriptor NONE = new ViewDescriptor(Instances.NONE, List.of(), List.of(), List.of());

    public ViewDescriptor {
        counters = List.copyOf(counters);
        entryStates = List.copyOf(entryStates);
        groupStates = List.copyOf(groupStates);
        entryNumbers = List.copyOf(entryNumbers);
    }

    /** Makes the descriptor of a kind whose entries show no numbers. */
    public ViewDescriptor(
            final Instances instances,
            final List<String> counters,
            final List<String> entryStates,
            final List<String> groupStates) {
        this(instances, counters, entryStates, groupStates, List.of());
    }
}
