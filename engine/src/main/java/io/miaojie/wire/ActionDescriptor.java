package io.miaojie.wire;

import java.util.List;

/**
 * What can be asked of a campaign of a kind. Its place in {@link KindDescriptor#actions} is its number on the wire.
 *
 * @param name snake_case, as in the API
 * @param caller who may ask, and how
 * @param arguments in the order of their numbers on the wire
 * @param description one sentence for the contract
 */
public record ActionDescriptor(String name, Caller caller, List<Argument> arguments, String description) {
    /** Who asks for an action. */
    public enum Caller {
        /** A line of an order takes part with it. */
        ORDER,
        /** A member, through a key that may send facts. */
        MEMBER,
        /** An operator of the merchant. */
        OPERATOR
    }

    /**
     * One integer argument of an action.
     *
     * @param name snake_case, unit last
     * @param min least value, inclusive
     * @param max greatest value, inclusive
     */
    public record Argument(String name, long min, long max, boolean isRequired, String description) {}

    public ActionDescriptor {
        arguments = List.copyOf(arguments);
    }
}
