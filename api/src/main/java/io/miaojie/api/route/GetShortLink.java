package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Links.Link;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.OpenedLink;
import io.miaojie.api.message.form.LinkTarget;
import io.miaojie.api.page.BrowserHeaders;
import io.miaojie.node.EngineStatus;
import io.miaojie.wire.ResultCode;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Opens a share link: away to its target at once, from a table in memory. The touch goes on its own; nobody waits for
 * it. Links expire, and hours pass, in engine time. While the ring is over half full none is taken, so that crowds at a
 * link never hold up payments.
 */
final class GetShortLink implements Endpoint {
    private static final String COOKIE = "mj_visitor";
    private static final long COOKIE_AGE_S = Duration.ofDays(365).toSeconds();
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    private final Edge edge;

    GetShortLink(final Edge edge) {
        this.edge = edge;
    }

    @Override
    public void handle(final Exchange exchange) {
        BrowserHeaders.put(exchange.request());
        final EngineStatus status = edge.status();
        final String token = exchange.variable();
        final Link link = edge.directory().links().link(token);
        final String target = link == null ? null : edge.directory().links().target(link);
        if (target == null || link.isExpired(status.nowNs())) {
            exchange.unknown((target == null ? ResultCode.TOKEN_UNKNOWN : ResultCode.TOKEN_EXPIRED).name());
            return;
        }
        final String visitor = visitor(exchange);
        touch(link, token, visitor, status);
        if (LinkTarget.isWeb(target)) {
            exchange.redirect(
                    target + (target.contains("?") ? '&' : '?') + "share_token=" + token + "&visitor_id=" + visitor);
        } else {
            exchange.done(describe(token, visitor, target));
        }
    }

    /** A page of a mini program can't be redirected to: whoever opened the link is told where it is. */
    private JsonWriter describe(final String token, final String visitor, final String path) {
        return edge.writer()
                .beginObject()
                .field("token", token)
                .field("visitor_id", visitor)
                .field("mini_program_path", path)
                .field("scene", token)
                .endObject();
    }

    private String visitor(final Exchange exchange) {
        final Cookie sent = exchange.request().getCookie(COOKIE);
        final boolean isFit = sent != null && sent.getValue().matches(OpenedLink.VISITOR_PATTERN);
        final String visitor =
                isFit ? sent.getValue() : new String(edge.chance().token(), StandardCharsets.US_ASCII);
        exchange.request()
                .response()
                .addCookie(Cookie.cookie(COOKIE, visitor)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(exchange.request().isSSL())
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(COOKIE_AGE_S));
        return visitor;
    }

    /** The id is made of visitor, token and hour: the second within an hour is a repeat and takes no record. */
    private void touch(final Link link, final String token, final String visitor, final EngineStatus status) {
        final ApiKey key = edge.directory().ingestKey(link.merchantIndex(), link.keyIndex());
        if (key == null || status.ringRoomSlots() * 2 < status.ringSlotCount()) {
            return;
        }
        OpenedLink.write(edge.scratch(), key, token, visitor, status.nowNs() / HOUR_NS);
        edge.waiting()
                .submit(
                        answer -> edge.meters().onAnswered(edge.judge(answer).code()),
                        0,
                        edge.scratch().buffer(),
                        edge.scratch().length());
    }
}
