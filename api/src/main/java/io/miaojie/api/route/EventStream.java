package io.miaojie.api.route;

import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Caller;
import io.miaojie.api.edge.Connections;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonWriter;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.gate.SubmitCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;

/**
 * One bulk request. Lines are submitted in the order in which they arrive and answered in that order; reading stops
 * while the ring is full, while {@link #WINDOW} lines wait, or while the client leaves its answers unread.
 *
 * <p>Thread: its event loop.
 */
final class EventStream implements Caller {
    /** Most lines that wait for their answer or for an earlier line's. */
    static final int WINDOW = 8_192;

    private static final int FLUSH_BYTES = 32 * 1024;
    private static final int INFLATE_BYTES = 16 * 1024;

    /** Inflated at one go, before everything else of the loop has its turn. */
    private static final int TURN_BYTES = 16 * INFLATE_BYTES;

    private static final long RETRY_MS = 1;
    private static final byte[] NOTHING = {};

    private final Edge edge;
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final EventAnswers answers;
    private final EventReader reader;
    private final LineBuffer input = new LineBuffer();
    private final GzipBody gzip;
    private final byte[] inflated;
    private final JsonWriter out = new JsonWriter();
    private final long[] lines = new long[WINDOW];
    private final byte[][] ready = new byte[WINDOW][];
    private long line;
    private long taken;
    private long answered;
    private boolean hasArrived;
    private boolean isEnded;
    private boolean isSkipping;
    private boolean isRetrying;
    private boolean isBatchOpen;
    private boolean isClosed;

    EventStream(final Edge edge, final Exchange exchange, final EventAnswers answers, final LineTypes types) {
        this.edge = edge;
        this.exchange = exchange;
        request = exchange.request();
        response = request.response();
        this.answers = answers;
        reader = new EventReader(edge, exchange.key(), types);
        gzip = exchange.gzip();
        inflated = new byte[gzip == null ? 0 : INFLATE_BYTES];
    }

    void start() {
        edge.meters().onResponse(200);
        response.setChunked(true)
                .putHeader("Content-Type", "application/x-ndjson")
                .setWriteQueueMaxSize(edge.limits().unreadBytesMax());
        exchange.await(Connections.Awaited.PROGRESS);
        response.drainHandler(ignored -> {
            exchange.await(Connections.Awaited.PROGRESS);
            proceed();
        });
        response.closeHandler(ignored -> close());
        response.exceptionHandler(ignored -> close());
        request.exceptionHandler(ignored -> close());
        request.handler(chunk -> {
            if (response.ended()) {
                return; // what is left of a body that was refused: it has as long as the next head
            }
            exchange.await(Connections.Awaited.PROGRESS);
            if (gzip == null) {
                input.append(chunk);
            } else if (!isEnded && !isClosed) {
                gzip.append(chunk);
            }
            proceed();
        });
        request.endHandler(ignored -> {
            hasArrived = true;
            isEnded |= gzip == null;
            proceed();
        });
    }

    @Override
    public void onAnswer(final Answer answer) {
        final long place = answer.ticket();
        if (place == answered) {
            answers.write(out, lines[slot(place)], answer);
            answered++;
            writeReady();
        } else {
            final JsonWriter later = edge.writer();
            answers.write(later, lines[slot(place)], answer);
            ready[slot(place)] = Arrays.copyOf(later.bytes(), later.length());
        }
        if (out.length() >= FLUSH_BYTES) {
            flush();
        }
        if (!isBatchOpen) {
            isBatchOpen = true;
            edge.waiting().whenRoom(() -> {
                isBatchOpen = false;
                exchange.await(Connections.Awaited.PROGRESS);
                proceed();
            });
        }
    }

    @Override
    public void onFault() {
        close();
        request.connection().close();
    }

    /** Goes as far as it can: takes lines, writes answers, and ends when all is done. */
    private void proceed() {
        if (isClosed || response.ended()) {
            return;
        }
        int turnBytes = 0;
        int count = 0;
        do {
            while (canTake() && takeLine()) {
                // Each turn takes one line.
            }
            count = turnBytes < TURN_BYTES ? inflate() : 0;
            turnBytes += count;
        } while (count > 0);
        if (turnBytes >= TURN_BYTES) {
            edge.context().runOnContext(ignored -> proceed());
        }
        flush();
        if (isEnded && input.lineLength() == 0 && !input.hasLine() && answered == taken) {
            end();
        } else if (!isEnded) {
            if (canTake() && turnBytes < TURN_BYTES) {
                request.resume();
            } else {
                request.pause();
            }
        }
    }

    /** Inflates some more; 0: there is no more, or no room for it. */
    private int inflate() {
        if (gzip == null || isEnded || !canTake()) {
            return 0;
        }
        try {
            final int count = gzip.read(inflated);
            input.append(inflated, count);
            if (count == 0 && hasArrived) {
                if (!gzip.isWhole()) {
                    throw GzipBody.invalid("it ends too early");
                }
                isEnded = true;
                return 1;
            }
            return count;
        } catch (final BadInput e) {
            line++;
            refuse(null, e);
            input.clear();
            isEnded = true;
            return 1;
        }
    }

    private void close() {
        isClosed = true;
        if (gzip != null) {
            gzip.close();
        }
    }

    private boolean canTake() {
        return !isRetrying && taken - answered < WINDOW && !response.writeQueueFull();
    }

    /** Takes the next line; false when there is none yet, or no room for it. */
    private boolean takeLine() {
        final boolean isWhole = input.hasLine();
        if (isSkipping) {
            return skip(isWhole);
        }
        if (input.lineLength() > edge.limits().lineBytesMax()) {
            line++;
            refuse(
                    null,
                    new BadInput(
                            EdgeCode.LINE_TOO_LONG,
                            null,
                            "at most " + edge.limits().lineBytesMax() + " bytes"));
            isSkipping = true;
            return skip(isWhole);
        }
        if (!isWhole && (!isEnded || input.lineLength() == 0)) {
            return false;
        }
        if (input.isBlank()) {
            line++;
            input.next();
            return true;
        }
        return submit();
    }

    private boolean skip(final boolean isWhole) {
        if (isWhole || isEnded) {
            input.next();
            isSkipping = false;
            return true;
        }
        input.discard();
        return false;
    }

    private boolean submit() {
        try {
            reader.read(input.bytes(), input.start(), input.lineLength());
        } catch (final BadInput e) {
            line++;
            refuse(reader.id(), e);
            input.next();
            return true;
        }
        lines[slot(taken)] = line + 1;
        final SubmitCode code = edge.waiting()
                .submit(this, taken, edge.scratch().buffer(), edge.scratch().length());
        if (code == SubmitCode.RING_FULL || code == SubmitCode.PROJECTION_BEHIND) {
            retry();
            return false;
        }
        line++;
        if (code == SubmitCode.ACCEPTED) {
            taken++;
        } else {
            refuse(reader.id(), new BadInput(Refusals.of(code), null, Refusals.detail(code)));
        }
        input.next();
        return true;
    }

    /** Answers a line that was not submitted, in its turn. */
    private void refuse(final String id, final BadInput bad) {
        final long place = taken++;
        if (place == answered) {
            answers.write(out, line, id, bad);
            answered++;
        } else {
            final JsonWriter later = edge.writer();
            answers.write(later, line, id, bad);
            ready[slot(place)] = later.length() == 0 ? NOTHING : Arrays.copyOf(later.bytes(), later.length());
        }
    }

    private void writeReady() {
        for (byte[] next = ready[slot(answered)]; next != null && answered < taken; next = ready[slot(answered)]) {
            out.raw(next);
            ready[slot(answered)] = null;
            answered++;
        }
    }

    private void retry() {
        exchange.await(Connections.Awaited.PROGRESS);
        isRetrying = true;
        edge.context().owner().setTimer(RETRY_MS, ignored -> {
            isRetrying = false;
            proceed();
        });
    }

    private void flush() {
        if (out.length() > 0 && !isClosed) {
            response.write(Buffer.buffer(out.length()).appendBytes(out.bytes(), 0, out.length()));
        }
        out.reset();
    }

    private void end() {
        answers.writeSummary(out);
        flush();
        response.end();
        close();
        request.resume(); // the rest is thrown away, so that the connection serves the next request
    }

    private static int slot(final long place) {
        return (int) place & WINDOW - 1;
    }
}
