package io.miaojie.node.report;

/**
 * One write of an operator or administrator.
 *
 * @param atNs when it was decided, epoch nanoseconds
 * @param merchantIndex the merchant that it is about; null: none
 * @param code number of its result code; 0: done
 * @param action which write
 * @param subject id of what was made or changed
 * @param actor who, as the caller said; null: it did not
 */
public record AuditEntry(
        Position position,
        long atNs,
        int keyIndex,
        Integer merchantIndex,
        int code,
        String action,
        String subject,
        String actor) {}
