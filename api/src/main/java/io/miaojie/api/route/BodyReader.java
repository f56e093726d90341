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

    private final HttpServerRequest request;
    private final int bytesMax;
    private final Buffer body = Buffer.buffer();
    private long length;

    BodyReader(final HttpServerRequest request, final int bytesMax) {
        this.request = request;
        this.bytesMax = bytesMax;
    }

    void read(final Consumer<byte[]> onBody, final Consumer<BadInput> onRefusal) {
        request.handler(chunk -> {
            length += chunk.length();
            if (length <= bytesMax) {
                body.appendBuffer(chunk);
            } else if (length > DISCARD_BYTES_MAX) {
                request.connection().close();
            }
        });
        request.endHandler(ignored -> {
            if (length > bytesMax) {
                onRefusal.accept(new BadInput(EdgeCode.BODY_TOO_LARGE, null, "at most " + bytesMax + " bytes"));
            } else {
                onBody.accept(body.getBytes());
            }
        });
    }
}
