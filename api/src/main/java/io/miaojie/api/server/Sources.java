package io.miaojie.api.server;

import io.miaojie.gate.RecordLog;
import io.miaojie.node.report.Reports;

/**
 * What an engine tells beside its answers.
 *
 * @param log its durable records
 * @param reports the lists that are read from its Postgres
 */
public record Sources(RecordLog log, Reports reports) {}
