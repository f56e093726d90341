package io.miaojie.api.route;

import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Collects the body of one request. A body that is too long is read to its end and thrown away, so that the connection
 * serves the next request; one that goes on for ever closes it.
 */
final class BodyReader {
    private static final long DISCARD_BYTES_MAX = 64L * 1024 * 1024;
    private static final int INFLATE_BYTES = 16 * 1024;

    private final HttpServerRequest request;
    private final int bytesMax;
    private final GzipBody gzip;
    /** Most bodies come in one piece, which is kept as it is. */
    private Buffer body = Buffer.buffer();

    private long length;
    private BadInput refusal;

    /** @param gzip what inflates the body; null: it comes as it is */
    BodyReader(final HttpServerRequest request, final int bytesMax, final GzipBody gzip) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.gzip = gzip;
    }

    void read(final Consumer<byte[]> onBody, final Consumer<BadInput> onRefusal) {
        request.handler(this::onChunk);
        request.exceptionHandler(ignored -> close());
        request.endHandler(ignored -> {
            if (gzip != null && refusal == null && !gzip.isWhole()) {
                refusal = GzipBody.invalid("it ends too early");
            }
            close();
            if (refusal != null) {
                onRefusal.accept(refusal);
            } else {
                onBody.accept(body.getBytes());
            }
        });
    }

    private void onChunk(final Buffer chunk) {
        length += chunk.length();
        if (length > DISCARD_BYTES_MAX) {
            request.connection().close();
        } else if (refusal != null) {
            return;
        } else if (gzip == null) {
            take(chunk);
        } else {
            inflate(chunk);
        }
    }

    private void inflate(final Buffer chunk) {
        try {
            gzip.append(chunk);
            final byte[] part = new byte[INFLATE_BYTES];
            for (int count = gzip.read(part); count > 0 && refusal == null; count = gzip.read(part)) {
                take(Buffer.buffer().appendBytes(part, 0, count));
            }
        } catch (final BadInput e) {
            refusal = e;
        }
    }

    private void take(final Buffer part) {
        if (body.length() + part.length() > bytesMax) {
            refusal = new BadInput(EdgeCode.BODY_TOO_LARGE, null, "at most " + bytesMax + " bytes");
        } else if (body.length() == 0) {
            body = part;
        } else {
            body.appendBuffer(part);
        }
    }

    private void close() {
        if (gzip != null) {
            gzip.close();
        }
    }
}
