package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Caller;
import io.miaojie.api.edge.Connections;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.edge.Verdict;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.message.CommandScratch;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.gate.SubmitCode;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its response. Thread: its event loop. */
final class Exchange implements Caller {
    /** Writes the body of an answer that is done. */
    @FunctionalInterface
    interface BodyWriter {
        void write(JsonWriter out, Answer answer);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized("application/problem+json");
    private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("Request-Id");
    private static final CharSequence SEQUENCE = HttpHeaders.createOptimized("Miaojie-Sequence");
    private static final CharSequence PREFER = HttpHeaders.createOptimized("Prefer");
    private static final String MINIMAL = "return=minimal";
    private static final int NO_CONTENT = 204;

    /** A read waits so long for the record that {@code min_sequence} names, and looks so often. */
    private static final long REACHED_WITHIN_MS = 2_000;

    private static final long REACHED_LOOK_MS = 10;
    static final String ID_PATTERN = "[A-Za-z0-9_.:@|*-]{1,64}";

    private final Edge edge;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String requestId;
    private Route route;
    private List<String> variables = List.of();
    private ApiKey key;
    private byte[] bodyBytes;
    private Consumer<Answer> onDone;
    private boolean isTrimmed;

    Exchange(final Edge edge, final HttpServerRequest request) {
        this.edge = edge;
        this.request = request;
        response = request.response();
        requestId = RequestIds.of(request.getHeader(REQUEST_ID));
        response.putHeader(REQUEST_ID, requestId);
        await(Connections.Awaited.BODY);
        response.endHandler(ignored -> await(Connections.Awaited.HEAD));
    }

    /** From now on this is awaited of the client, and not for ever. */
    void await(final Connections.Awaited awaited) {
        edge.connections().await(request.connection(), awaited);
    }

    HttpServerRequest request() {
        return request;
    }

    /** Returns the caller's key; null on open routes. */
    ApiKey key() {
        return key;
    }

    /** Returns whether nothing can be answered any more. */
    boolean isClosed() {
        return response.closed() || response.ended();
    }

    /** Returns the first id in the path, null when there is none. */
    String variable() {
        return variables.isEmpty() ? null : variables.get(0);
    }

    /** Returns the id at this place among those in the path. */
    String variable(final int place) {
        return variables.get(place);
    }

    /** Returns a parameter of the query, null when it was not sent. */
    String parameter(final String name) {
        return request.getParam(name);
    }

    /** Returns an integer parameter of the query. */
    long parameter(final String name, final long min, final long max, final long otherwise) {
        final String text = parameter(name);
        if (text == null) {
            return otherwise;
        }
        final long value = text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
        if (value < min || value > max) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, name, name + " is an integer from " + min + " to " + max);
        }
        return value;
    }

    /** Checks everything that the table of routes knows, then reads the body and lets the endpoint handle it. */
    void handle(final Route matched) {
        route = matched;
        if (route.access() != Access.OPEN) {
            key = edge.secrets().key(request.getHeader(HttpHeaders.AUTHORIZATION), request.remoteAddress());
            if (!route.access().allows(key)) {
                forbidden(key.isNode() ? "this key belongs to no merchant" : "the role of this key does not allow it");
                return;
            }
        }
        checkParameters();
        checkVariables();
        if (route.body() == Route.BodyType.JSON) {
            requireContentType(JSON);
            new BodyReader(request, edge.limits().bodyBytesMax(), gzip()).read(this::onBody, this::refuse);
        } else {
            await(Connections.Awaited.NOTHING);
            final boolean mayWait = route.parameters().contains("min_sequence");
            handleAt(
                    mayWait ? parameter("min_sequence", 0, Long.MAX_VALUE, 0) : 0,
                    System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REACHED_WITHIN_MS));
        }
    }

    /** Returns the value of a top-level string, wherever it stands in the body; null when there is none. */
    String peek(final String name) {
        final String value = edge.reader().peek(name);
        edge.reader().open(bodyBytes, 0, bodyBytes.length);
        return value;
    }

    /** Returns the reader, which has stepped into the object that is the body. */
    JsonReader body() {
        return edge.reader();
    }

    /** Returns what inflates the body; null: it comes as it is. */
    GzipBody gzip() {
        final String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return null;
        }
        if (encoding.equalsIgnoreCase("gzip")) {
            return new GzipBody();
        }
        throw new BadInput(EdgeCode.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding", "gzip or none");
    }

    void requireContentType(final CharSequence... types) {
        final String sent = request.getHeader(HttpHeaders.CONTENT_TYPE);
        final String bare = sent == null ? "" : sent.split(";", 2)[0].trim();
        for (final CharSequence type : types) {
            if (AsciiString.contentEqualsIgnoreCase(type, bare)) {
                return;
            }
        }
        throw new BadInput(EdgeCode.UNSUPPORTED_MEDIA_TYPE, "Content-Type", "send Content-Type: " + types[0]);
    }

    /**
     * Submits the message that stands in the scratch; a done answer is written by {@code writer}, unless the client
     * prefers none.
     */
    void submit(final BodyWriter writer) {
        isTrimmed = !request.method().equals(HttpMethod.GET) && MINIMAL.equals(request.getHeader(PREFER));
        submitInFull(writer);
    }

    /** Submits what has to be answered in full, whatever the client prefers. */
    void submitInFull(final BodyWriter writer) {
        ask(answer -> {
            final JsonWriter out = edge.writer();
            writer.write(out, answer);
            send(200, JSON, out);
        });
    }

    /** Submits the message that stands in the scratch; a done answer goes here, any other ends the exchange. */
    void ask(final Consumer<Answer> taker) {
        onDone = taker;
        final CommandScratch scratch = edge.scratch();
        final SubmitCode code = edge.waiting().submit(this, 0, scratch.buffer(), scratch.length());
        final EdgeCode refusal = Refusals.of(code);
        if (refusal != null) {
            refuse(new BadInput(refusal, null, Refusals.detail(code)));
        }
    }

    @Override
    public void onAnswer(final Answer answer) {
        final Verdict verdict = edge.judge(answer);
        edge.meters().onAnswered(verdict.code());
        if (response.closed()) {
            return;
        }
        response.putHeader(SEQUENCE, Long.toString(answer.sequence()));
        if (verdict.isRepeat()) {
            response.putHeader("Idempotent-Replayed", "true");
        }
        if (verdict.isDone() && isTrimmed) {
            edge.meters().onResponse(NO_CONTENT);
            response.setStatusCode(NO_CONTENT)
                    .putHeader("Preference-Applied", MINIMAL)
                    .end();
        } else if (verdict.isDone()) {
            onDone.accept(answer);
        } else {
            problem(verdict.status(), verdict.code(), verdict.pointer(), detail(verdict), verdict.firstSequence());
        }
    }

    @Override
    public void onFault() {
        refuse(new BadInput(EdgeCode.INTERNAL_FAULT, null, "a fault of the server; what was decided stands"));
    }

    /** Answers 500; the cause is in the log under the request id. */
    void fault(final Throwable cause) {
        LOG.error("request failed, request_id={}", requestId, cause);
        onFault();
    }

    /** Answers 200 with JSON that stands already. */
    void done(final Buffer json) {
        edge.meters().onResponse(200);
        if (!response.closed() && !response.ended()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(json);
        }
    }

    /** Answers 200 with what this writes. */
    void done(final JsonWriter out) {
        send(200, JSON, out);
    }

    void refuse(final BadInput bad) {
        problem(bad.code().status(), bad.code().name(), bad.pointer(), bad.getMessage(), 0);
    }

    /** Answers 403. */
    void forbidden(final String detail) {
        refuse(new BadInput(EdgeCode.ROLE_FORBIDS, null, detail));
    }

    /** Answers 404 with this code of the engine. */
    void unknown(final String code) {
        problem(404, code, null, null, 0);
    }

    /** Answers 307 at once. */
    void redirect(final String location) {
        edge.meters().onResponse(307);
        response.setStatusCode(307)
                .putHeader("Location", location)
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    /** Answers 200 with plain text. */
    void text(final String type, final String text) {
        edge.meters().onResponse(200);
        response.putHeader("Content-Type", type).end(text);
    }

    void problem(
            final int status, final String code, final String pointer, final String detail, final long firstSequence) {
        final JsonWriter out = edge.writer();
        out.beginObject()
                .field("type", "about:blank")
                .field("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .field("status", status)
                .field("code", code);
        if (detail != null) {
            out.field("detail", detail);
        }
        if (pointer != null) {
            out.field("pointer", pointer);
        }
        if (firstSequence > 0) {
            out.field("first_sequence", firstSequence);
        }
        out.field("request_id", requestId).endObject();
        if (status == 503) {
            response.putHeader("Retry-After", "1");
        } else if (status == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        } else if (status == 429) {
            response.putHeader("Retry-After", Long.toString(edge.secrets().retryAfterS()));
        }
        send(status, PROBLEM, out);
    }

    private void onBody(final byte[] bytes) {
        await(Connections.Awaited.NOTHING);
        try {
            bodyBytes = bytes;
            edge.reader().open(bytes, 0, bytes.length);
            route.endpoint().handle(this);
        } catch (final BadInput e) {
            refuse(e);
        } catch (final RuntimeException e) {
            fault(e);
        }
    }

    /** Handles a read when this record is durable; refuses when it does not in time. */
    private void handleAt(final long minSequence, final long giveUpAtNs) {
        try {
            if (minSequence == 0 || edge.status().durableSequence() >= minSequence) {
                route.endpoint().handle(this);
            } else if (System.nanoTime() - giveUpAtNs > 0) {
                throw new BadInput(EdgeCode.PROJECTION_LAGGING, "min_sequence", "this sequence is not reached yet");
            } else {
                edge.context().owner().setTimer(REACHED_LOOK_MS, ignored -> handleAt(minSequence, giveUpAtNs));
            }
        } catch (final BadInput e) {
            refuse(e);
        }
    }

    private void checkParameters() {
        if (request.query() == null) {
            return;
        }
        for (final String name : request.params().names()) {
            if (!route.parameters().contains(name)) {
                throw new BadInput(EdgeCode.PARAMETER_INVALID, name, "no such parameter here");
            }
            if (request.params().getAll(name).size() > 1) {
                throw new BadInput(EdgeCode.PARAMETER_INVALID, name, "this parameter stands twice");
            }
        }
    }

    private void checkVariables() {
        if (!route.hasVariables()) {
            return;
        }
        variables = route.variables(request.path().split("/", -1)).stream()
                .map(Exchange::decoded)
                .toList();
        if (!variables.stream().allMatch(variable -> variable.matches(ID_PATTERN))) {
            throw new BadInput(EdgeCode.INVALID_ID, null, "the id in the path: 1 to 64 of A-Z a-z 0-9 _ . : @ | * -");
        }
    }

    private static String decoded(final String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (final IllegalArgumentException e) {
            return "";
        }
    }

    private static String detail(final Verdict verdict) {
        return verdict.firstSequence() > 0 ? "this id was decided before, with other fields" : null;
    }

    private void send(final int status, final CharSequence type, final JsonWriter out) {
        edge.meters().onResponse(status);
        if (!response.closed() && !response.ended()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, type)
                    .end(Buffer.buffer(out.length()).appendBytes(out.bytes(), 0, out.length()));
        }
    }
}
