package io.miaojie.api.client;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sends blocks of NDJSON events to {@code POST /v1/events}, one block at a time, in order. A block whose summary did
 * not arrive is sent again as it is: ids make that safe.
 */
public final class BulkSender {
    /** Which answer lines the server writes before the summary. */
    public enum Answers {
        FULL,
        REFUSED,
        SUMMARY
    }

    private static final long RETRY_PAUSE_MS = 200;

    private final ApiClient client;
    private final String path;
    private final Duration patience;

    /**
     * Makes a sender.
     *
     * @param patience how long a block is tried again while the server can't be reached or refuses for pressure
     */
    public BulkSender(final ApiClient client, final Answers answers, final Duration patience) {
        this.client = client;
        this.path = "/v1/events?answers=" + answers.name().toLowerCase(Locale.ROOT);
        this.patience = patience;
    }

    /**
     * Sends one block and waits until its summary is there.
     *
     * @param lines whole lines, each with its line end
     * @param onAnswer takes each answer line but the summary, on the event loop; lines of an attempt that broke arrive
     *     again with the next
     * @return the summary
     * @throws RequestRefusedException when the server refuses the request as a whole, but for pressure
     * @throws ServerUnavailableException when patience has run out
     */
    public JsonObject send(final Buffer lines, final Consumer<JsonObject> onAnswer) {
        final long giveUpAtNs = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                final JsonObject summary = ApiClient.await(attempt(lines, onAnswer));
                if (summary != null) {
                    return summary;
                }
            } catch (final ServerUnavailableException e) {
                if (System.nanoTime() > giveUpAtNs) {
                    throw e;
                }
            }
            if (System.nanoTime() > giveUpAtNs) {
                throw new ServerUnavailableException("no summary within " + patience, null);
            }
            LockSupport.parkNanos(RETRY_PAUSE_MS * 1_000_000);
        }
    }

    private Future<JsonObject> attempt(final Buffer lines, final Consumer<JsonObject> onAnswer) {
        return client.onLoop(() -> client.open(HttpMethod.POST, path, "application/x-ndjson")
                .compose(request -> request.send(lines))
                .compose(response -> response.statusCode() == 200 ? read(response, onAnswer) : refused(response)));
    }

    /** A refusal for pressure is tried again (null); any other is final. */
    private static Future<JsonObject> refused(final HttpClientResponse response) {
        return response.body()
                .compose(body -> response.statusCode() == 503
                        ? Future.succeededFuture(null)
                        : Future.failedFuture(new RequestRefusedException(
                                "bulk request refused: status=" + response.statusCode() + " body=" + body)));
    }

    private static Future<JsonObject> read(final HttpClientResponse response, final Consumer<JsonObject> onAnswer) {
        final JsonObject[] summary = new JsonObject[1];
        response.handler(RecordParser.newDelimited("\n", line -> {
            if (line.length() > 0) {
                final JsonObject answer = new JsonObject(line);
                if (answer.containsKey("summary")) {
                    summary[0] = answer.getJsonObject("summary");
                } else {
                    onAnswer.accept(answer);
                }
            }
        }));
        return response.end().map(end -> summary[0]);
    }
}
