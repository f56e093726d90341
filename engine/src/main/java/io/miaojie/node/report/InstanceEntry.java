package io.miaojie.node.report;

/**
 * An instance of a campaign that sells, in its last state: one shape for all kinds.
 *
 * @param id order id, or group id, as the kind says
 * @param owner id of the member
 * @param needed pieces or seats that it is about
 * @param had of them, what is paid
 * @param deadlineNs until when it waits, null: it does not
 */
public record InstanceEntry(
        Position position,
        String id,
        String kind,
        String state,
        String owner,
        long needed,
        long had,
        Long deadlineNs,
        long amountMinor,
        String currency) {}
