package io.miaojie.api.route;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.HEAD;
import static io.vertx.core.http.HttpMethod.PATCH;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import io.miaojie.api.edge.Edge;
import io.miaojie.api.message.form.Form;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.page.Page;
import io.miaojie.api.page.Pages;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.api.route.Route.BodyType;
import io.miaojie.wire.codec.CampaignState;
import io.miaojie.wire.codec.MemberQueryEncoder;
import io.miaojie.wire.codec.OrderQueryEncoder;
import io.miaojie.wire.codec.WithdrawalQueryEncoder;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of routes: every path of the API, who may call it, and what it takes. */
public final class Routes {
    private final Edge edge;
    private final List<Route> all;
    private final Map<String, List<Route>> byPath = new HashMap<>();

    public Routes(final Edge edge) {
        this.edge = edge;
        all = Stream.of(definitions(), writes(), reads(), new Lists(edge).all(), node())
                .flatMap(List::stream)
                .toList();
        all.stream()
                .filter(route -> !route.path().contains("{"))
                .forEach(route -> byPath.put(route.path(), at(route.path())));
    }

    private List<Route> definitions() {
        return List.of(
                json(POST, "/v1/merchants", Access.NODE, new PostMerchant(edge)),
                json(POST, "/v1/keys", Access.KEYS, new PostKey(edge)),
                bare(DELETE, "/v1/keys/{id}", Access.KEYS, List.of("merchant_id", "actor"), new DeleteKey(edge)),
                json(POST, "/v1/campaigns", Access.OPERATE, new PostCampaign(edge)),
                json(PATCH, "/v1/campaigns/{id}", Access.OPERATE, new PatchCampaign(edge)),
                state("activate", CampaignState.ACTIVE),
                state("pause", CampaignState.PAUSED),
                state("close", CampaignState.CLOSED));
    }

    private List<Route> writes() {
        return List.of(
                form(POST, "/v1/orders", Forms.ORDER),
                form(POST, "/v1/orders/{id}/cancel", Forms.ORDER_CANCEL),
                json(POST, "/v1/campaigns/{id}/actions/{action}", Access.INGEST, new PostAction(edge)),
                form(POST, "/v1/orders/{id}/after-sale", Forms.AFTER_SALE),
                form(POST, "/v1/orders/{id}/review", Forms.REVIEW),
                form(PUT, "/v1/risk-rules", Forms.RISK_RULES),
                json(POST, "/v1/payments", Access.INGEST, new PostPayment(edge)),
                form(POST, "/v1/refunds", Forms.REFUND),
                form(POST, "/v1/deliveries", Forms.DELIVERY),
                form(POST, "/v1/members", Forms.MEMBER),
                form(PUT, "/v1/members/{id}/referrer", Forms.REFERRER),
                form(POST, "/v1/link-targets", Forms.LINK_TARGET),
                form(POST, "/v1/share-links", Forms.SHARE_LINK),
                form(POST, "/v1/touches", Forms.TOUCH),
                form(POST, "/v1/withdrawals", Forms.WITHDRAWAL),
                form(POST, "/v1/withdrawals/{id}/decision", Forms.DECISION),
                form(POST, "/v1/withdrawals/{id}/submit", Forms.SUBMISSION),
                form(POST, "/v1/withdrawals/{id}/channel-result", Forms.REPORT),
                form(POST, "/v1/adjustments", Forms.ADJUSTMENT),
                form(POST, "/v1/fundings", Forms.FUNDING),
                form(POST, "/v1/payout-terms", Forms.PAYOUT_TERMS),
                form(POST, "/v1/sandbox/clock", Forms.CLOCK),
                new Route(
                        POST, "/v1/events", Access.INGEST, BodyType.STREAM, List.of("answers"), new PostEvents(edge)));
    }

    private List<Route> reads() {
        final List<String> page = List.of("limit", "cursor");
        return List.of(
                bare(GET, "/v1/campaign-kinds", Access.ANY_KEY, List.of(), new GetCampaignKinds(edge)),
                bare(GET, "/v1/campaigns", Access.READ_ALL, page, new GetCampaigns(edge)),
                bare(GET, "/v1/campaigns/{id}", Access.READ_ALL, List.of("min_sequence"), new GetCampaign(edge)),
                bare(
                        GET,
                        "/v1/campaigns/{id}/live",
                        Access.READ_ONE,
                        List.of("min_sequence"),
                        new GetInstance(edge, false)),
                bare(
                        GET,
                        "/v1/campaigns/{id}/instances/{instance_id}",
                        Access.READ_ONE,
                        List.of("min_sequence"),
                        new GetInstance(edge, true)),
                bare(GET, "/v1/pools/{member_id}", Access.READ_ONE, List.of("min_sequence"), new GetPool(edge)),
                one("/v1/orders/{id}", OrderQueryEncoder.TEMPLATE_ID),
                one("/v1/members/{id}", MemberQueryEncoder.TEMPLATE_ID),
                one("/v1/withdrawals/{id}", WithdrawalQueryEncoder.TEMPLATE_ID),
                bare(
                        GET,
                        "/v1/accounts",
                        Access.READ_ALL,
                        List.of("limit", "cursor", "min_sequence"),
                        new GetAccounts(edge)),
                bare(GET, "/v1/risk-rules", Access.READ_ALL, List.of("min_sequence"), new GetRiskRules(edge)),
                bare(GET, "/v1/outcomes", Access.READ_ALL, FeedQuery.POLL_PARAMETERS, new GetOutcomes(edge)),
                bare(GET, "/v1/stream", Access.READ_ALL, FeedQuery.STREAM_PARAMETERS, new GetStream(edge)),
                bare(GET, "/s/{token}", Access.OPEN, List.of(), new GetShortLink(edge)));
    }

    private List<Route> node() {
        return List.of(
                bare(GET, "/health/live", Access.OPEN, List.of(), new GetHealth(edge, false)),
                bare(GET, "/health/ready", Access.OPEN, List.of(), new GetHealth(edge, true)),
                bare(GET, "/metrics", Access.OPEN, List.of(), new GetMetrics(edge)),
                bare(GET, "/openapi.yaml", Access.OPEN, List.of(), new GetOpenApi()));
    }

    /** Returns every route. */
    public List<Route> all() {
        return all;
    }

    /** Finds the route of a request and lets it handle the request. */
    public void handle(final HttpServerRequest request) {
        final Exchange exchange = new Exchange(edge, request);
        try {
            final List<Route> candidates = byPath.getOrDefault(request.path(), List.of());
            final Page page = candidates.isEmpty() ? Pages.at(request.path()) : null;
            if (page != null) {
                show(page, request);
            } else {
                dispatch(exchange, candidates.isEmpty() ? at(request.path()) : candidates);
            }
        } catch (final BadInput e) {
            exchange.refuse(e);
        }
    }

    private void show(final Page page, final HttpServerRequest request) {
        if (request.method() != GET && request.method() != HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            throw new BadInput(EdgeCode.METHOD_NOT_ALLOWED, null, "allowed here: GET, HEAD");
        }
        edge.meters().onResponse(page.send(request));
    }

    private void dispatch(final Exchange exchange, final List<Route> candidates) {
        for (final Route route : candidates) {
            if (route.method().equals(exchange.request().method())) {
                exchange.handle(route);
                return;
            }
        }
        if (candidates.isEmpty()) {
            throw new BadInput(EdgeCode.ROUTE_UNKNOWN, null, "no such path; the contract is at /openapi.yaml");
        }
        final String allowed =
                candidates.stream().map(route -> route.method().name()).collect(Collectors.joining(", "));
        exchange.request().response().putHeader("Allow", allowed);
        throw new BadInput(EdgeCode.METHOD_NOT_ALLOWED, null, "allowed here: " + allowed);
    }

    private List<Route> at(final String path) {
        if (path == null) {
            return List.of();
        }
        final String[] segments = path.split("/", -1);
        return all.stream().filter(route -> route.matches(segments)).toList();
    }

    private Route state(final String word, final CampaignState state) {
        return json(POST, "/v1/campaigns/{id}/" + word, Access.OPERATE, new PostCampaignState(edge, state));
    }

    private Route form(final HttpMethod method, final String path, final Form form) {
        return json(method, path, Access.of(form), new PostForm(edge, form));
    }

    private Route one(final String path, final int queryTemplateId) {
        return bare(GET, path, Access.READ_ONE, List.of("min_sequence"), new GetByQuery(edge, queryTemplateId));
    }

    private static Route json(
            final HttpMethod method, final String path, final Access access, final Endpoint endpoint) {
        return new Route(method, path, access, BodyType.JSON, List.of(), endpoint);
    }

    private static Route bare(
            final HttpMethod method,
            final String path,
            final Access access,
            final List<String> parameters,
            final Endpoint endpoint) {
        return new Route(method, path, access, BodyType.NONE, parameters, endpoint);
    }
}
