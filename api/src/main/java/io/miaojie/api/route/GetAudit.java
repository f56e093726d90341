package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Merchant;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.gate.AuditLog;
import io.miaojie.node.EngineStatus;
import java.util.List;

/** Tells who did which write of an operator or administrator, the newest first, as the rows in Postgres tell it. */
final class GetAudit implements Endpoint {
    private static final int LIMIT = 50;
    private static final int LIMIT_MAX = 1_000;

    private final Edge edge;

    GetAudit(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public long reached(final EngineStatus status) {
        return status.projectedSequence();
    }

    @Override
    public void handle(final Exchange exchange) {
        final int limit = (int) exchange.parameter("limit", 1, LIMIT_MAX, LIMIT);
        final long before = exchange.parameter("cursor", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        final long asOf = edge.status().projectedSequence();
        final ApiKey key = exchange.key();
        edge.audit()
                .read(key.isNode() ? AuditLog.EVERY_MERCHANT : key.merchantIndex(), before, limit + 1)
                .whenComplete((entries, fault) -> edge.context().runOnContext(ignored -> {
                    if (fault == null) {
                        exchange.done(page(entries, limit, asOf));
                    } else {
                        exchange.refuse(new BadInput(EdgeCode.PROJECTION_LAGGING, null, "Postgres does not answer"));
                    }
                }));
    }

    private JsonWriter page(final List<AuditLog.Entry> found, final int limit, final long asOf) {
        final List<AuditLog.Entry> page = found.subList(0, Math.min(limit, found.size()));
        final JsonWriter out = edge.writer();
        out.beginObject().name("entries").beginArray();
        page.forEach(entry -> write(out, entry));
        out.endArray().field("as_of_sequence", asOf).name("next_cursor");
        if (found.size() > limit) {
            out.value(Long.toString(page.get(limit - 1).sequence()));
        } else {
            out.nothing();
        }
        return out.endObject();
    }

    private void write(final JsonWriter out, final AuditLog.Entry entry) {
        final Merchant merchant = edge.directory().merchant(entry.merchantIndex());
        final String keyId = edge.directory().keyId(entry.keyIndex());
        out.beginObject().field("sequence", entry.sequence());
        out.name("at").time(entry.atNs());
        out.field("action", entry.action()).field("subject", entry.subject());
        out.field("code", edge.code(entry.code()).name());
        if (entry.actor() != null) {
            out.field("actor", entry.actor());
        }
        if (keyId != null) {
            out.field("key_id", keyId);
        }
        if (merchant != null) {
            out.field("merchant_id", merchant.id());
        }
        out.endObject();
    }
}
