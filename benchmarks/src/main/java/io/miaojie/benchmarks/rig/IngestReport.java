package io.miaojie.benchmarks.rig;

import io.vertx.core.json.JsonObject;

/**
 * What a bulk ingest came to. Burst ends with the last summary: everything is forced to disk and answered. Sustained
 * ends when Postgres has all of it too.
 *
 * @param lagRecords forced but not in Postgres when the burst ended
 * @param journalBytes written during burst and drain
 * @param clientCpuNs processor time of the client during the burst
 * @param serverCpuNs the same of the server, without Postgres; -1: not started here
 */
record IngestReport(
        IngestPlan plan,
        int lineBytes,
        long burstNs,
        long drainNs,
        long lagRecords,
        long journalBytes,
        long clientCpuNs,
        long serverCpuNs) {
    private static final double SECOND_NS = 1e9;

    long burstPerSecond() {
        return Math.round(plan.payments() * SECOND_NS / burstNs);
    }

    long sustainedPerSecond() {
        return Math.round(plan.payments() * SECOND_NS / (burstNs + drainNs));
    }

    JsonObject json() {
        return new JsonObject()
                .put("bench", "bulk-ingest")
                .put("payments", plan.payments())
                .put("warm_up_payments", plan.warmUpPayments())
                .put("members", plan.members())
                .put("connections", plan.connections())
                .put("block_lines", plan.blockLines())
                .put("blocks_under_way", plan.underWayMax())
                .put("line_bytes", lineBytes)
                .put("burst_s", burstNs / SECOND_NS)
                .put("burst_payments_per_s", burstPerSecond())
                .put("lag_records", lagRecords)
                .put("drain_s", drainNs / SECOND_NS)
                .put("sustained_payments_per_s", sustainedPerSecond())
                .put("journal_bytes_per_payment", journalBytes / plan.payments())
                .put("client_cpu_ns_per_payment", clientCpuNs / plan.payments())
                .put("server_cpu_ns_per_payment", serverCpuNs < 0 ? null : serverCpuNs / plan.payments())
                .put("machine", Machine.describe());
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        json().forEach(entry -> text.append("%-26s %s%n".formatted(entry.getKey(), entry.getValue())));
        return text.toString();
    }
}
