package io.miaojie.api.route;

import io.miaojie.api.directory.Merchant;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.EntityView;
import io.miaojie.api.message.ListEntry;
import io.miaojie.api.message.ReportView;
import io.miaojie.api.message.SmallMessages;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.node.report.AuditEntry;
import io.miaojie.node.report.OrderEvent;
import io.miaojie.node.report.Page;
import io.miaojie.node.report.Reports;
import io.miaojie.node.report.Window;
import io.miaojie.wire.Currencies;
import io.miaojie.wire.codec.OrderQueryEncoder;
import io.miaojie.wire.codec.RefundOrderState;
import io.miaojie.wire.codec.WithdrawalState;
import io.vertx.core.http.HttpMethod;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The table of lists that are read from Postgres. */
final class Lists {
    private static final String STATE = "state";
    private static final String MEMBER_ID = "member_id";

    private final Edge edge;

    Lists(final Edge edge) {
        this.edge = edge;
    }

    List<Route> all() {
        return List.of(
                route(
                        "/v1/pools/{member_id}/entries",
                        Access.READ_ONE,
                        GetList.parameters("currency"),
                        new GetList<>(
                                edge,
                                "entries",
                                (exchange, window) -> reports()
                                        .poolEntries(
                                                merchant(exchange), exchange.variable(), currency(exchange), window),
                                ReportView::poolEntry)),
                route(
                        "/v1/orders/{id}/timeline",
                        Access.READ_ONE,
                        GetList.parameters(),
                        new GetList<>(edge, "events", this::timeline, timelineEntry())),
                route(
                        "/v1/refund-orders",
                        Access.READ_ALL,
                        GetList.parameters(STATE),
                        new GetList<>(
                                edge,
                                "refund_orders",
                                (exchange, window) -> reports()
                                        .refundOrders(
                                                merchant(exchange),
                                                word(exchange, names(RefundOrderState.values())),
                                                window),
                                ReportView::refundOrder)),
                route(
                        "/v1/discrepancies",
                        Access.READ_ALL,
                        GetList.parameters("code"),
                        new GetList<>(
                                edge,
                                "discrepancies",
                                (exchange, window) ->
                                        reports().discrepancies(merchant(exchange), code(exchange, "code"), window),
                                ReportView::discrepancy)),
                route(
                        "/v1/withdrawals",
                        Access.READ_ALL,
                        GetList.parameters(STATE),
                        new GetList<>(
                                edge,
                                "withdrawals",
                                (exchange, window) -> reports()
                                        .withdrawals(
                                                merchant(exchange),
                                                word(exchange, names(WithdrawalState.values())),
                                                window),
                                ReportView::withdrawal)),
                payoutTerms(),
                instances(),
                audits(),
                demand(),
                route(
                        "/v1/members/{id}/referrals",
                        Access.READ_ONE,
                        GetList.parameters(),
                        new GetList<>(
                                edge,
                                "referrals",
                                (exchange, window) ->
                                        reports().referrals(merchant(exchange), exchange.variable(), window),
                                ReportView::referral)));
    }

    private Route demand() {
        return route(
                "/v1/campaigns/{id}/demand",
                Access.READ_ALL,
                GetList.parameters(),
                new GetList<>(
                        edge,
                        "demand",
                        (exchange, window) -> reports().demand(merchant(exchange), exchange.variable(), window),
                        ReportView::demand));
    }

    private Route payoutTerms() {
        return route(
                "/v1/payout-terms",
                Access.READ_ALL,
                GetList.parameters("currency"),
                new GetList<>(
                        edge,
                        "payout_terms",
                        (exchange, window) ->
                                reports().payoutTerms(merchant(exchange), currencyOrNull(exchange), window),
                        ReportView::payoutTerms));
    }

    private Route instances() {
        return route(
                "/v1/campaigns/{id}/instances",
                Access.READ_ALL,
                GetList.parameters(STATE, MEMBER_ID),
                new GetList<>(
                        edge,
                        "instances",
                        (exchange, window) -> reports()
                                .instances(
                                        merchant(exchange),
                                        exchange.variable(),
                                        code(exchange, STATE),
                                        member(exchange),
                                        window),
                        ReportView::instance));
    }

    private Route audits() {
        return route(
                "/v1/audit",
                Access.KEYS,
                GetList.parameters(),
                new GetList<>(edge, "entries", this::audit, this::writeAudit));
    }

    /** The node's own key sees all of them. */
    private CompletionStage<Page<AuditEntry>> audit(final Exchange exchange, final Window window) {
        return reports().audit(exchange.key().isNode() ? null : Integer.valueOf(merchant(exchange)), window);
    }

    /** Keys and merchants are named out of the directory: the table of routes is made without an edge too. */
    private void writeAudit(final JsonWriter out, final AuditEntry entry) {
        final Merchant merchant =
                entry.merchantIndex() == null ? null : edge.directory().merchant(entry.merchantIndex());
        ReportView.audit(
                out,
                entry,
                edge.code(entry.code()).name(),
                edge.directory().keyId(entry.keyIndex()),
                merchant == null ? null : merchant.id());
    }

    private static Route route(
            final String path, final Access access, final List<String> parameters, final Endpoint endpoint) {
        return new Route(HttpMethod.GET, path, access, Route.BodyType.NONE, parameters, endpoint);
    }

    private Reports reports() {
        return edge.reports();
    }

    /** The codes of a timeline are named when a page is written: the table of routes is made without an edge too. */
    private ListEntry<OrderEvent> timelineEntry() {
        return (out, event) -> ReportView.orderEvent(edge.codes()).write(out, event);
    }

    /** The core is asked first: it knows the order's place, and whether the key may see it. */
    private CompletionStage<Page<OrderEvent>> timeline(final Exchange exchange, final Window window) {
        final CompletableFuture<Page<OrderEvent>> page = new CompletableFuture<>();
        SmallMessages.query(edge.scratch(), exchange.key(), OrderQueryEncoder.TEMPLATE_ID, exchange.variable());
        exchange.ask(answer -> timeline(answer, window).whenComplete((found, error) -> {
            if (error == null) {
                page.complete(found);
            } else {
                page.completeExceptionally(error);
            }
        }));
        return page;
    }

    private CompletionStage<Page<OrderEvent>> timeline(final Answer answer, final Window window) {
        return reports().orderTimeline(EntityView.orderIndex(answer.buffer(), answer.offset()), window);
    }

    private static int merchant(final Exchange exchange) {
        return exchange.key().merchantIndex();
    }

    private static String currencyOrNull(final Exchange exchange) {
        return exchange.parameter("currency") == null ? null : currency(exchange);
    }

    private static String currency(final Exchange exchange) {
        final String sent = exchange.parameter("currency");
        if (sent == null || Currencies.byCode(sent) == null) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "currency", "an ISO 4217 code, or PTS, is required");
        }
        return sent;
    }

    private static String code(final Exchange exchange, final String parameter) {
        final String sent = exchange.parameter(parameter);
        if (sent != null && !sent.matches("[A-Z0-9_]{1,64}")) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, parameter, "a word in capitals");
        }
        return sent;
    }

    private static String member(final Exchange exchange) {
        final String sent = exchange.parameter(MEMBER_ID);
        if (sent != null && !sent.matches(Exchange.ID_PATTERN)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, MEMBER_ID, "the id of a member");
        }
        return sent;
    }

    private static String word(final Exchange exchange, final List<String> words) {
        final String sent = exchange.parameter(STATE);
        if (sent != null && !words.contains(sent)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, STATE, String.join(", ", words));
        }
        return sent;
    }

    private static List<String> names(final Enum<?>[] values) {
        return Arrays.stream(values)
                .map(Enum::name)
                .filter(name -> !name.equals("NULL_VAL") && !name.equals("SBE_UNKNOWN"))
                .toList();
    }
}
