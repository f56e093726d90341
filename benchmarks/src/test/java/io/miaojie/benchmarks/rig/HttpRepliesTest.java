package io.miaojie.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a reply ends, and which replies are refusals. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HttpRepliesTest {
    private static final String WITH_LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX: y\r\n\r\n{\"\"}";
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"do\r\n8\r\nne\":12}\n\r\n0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {WITH_LENGTH, CHUNKED})
    void endsWhereTheNextBegins(final String reply) {
        final ByteBuffer two = buffer(reply + reply);
        two.position(new HttpReplies().end(two));
        assertEquals(reply.length(), two.position());
        assertEquals(2 * reply.length(), new HttpReplies().end(two));
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_LENGTH, CHUNKED})
    void waitsForTheLastByte(final String reply) {
        for (int length = 0; length < reply.length(); length++) {
            assertEquals(-1, new HttpReplies().end(buffer(reply.substring(0, length))), "length=" + length);
        }
    }

    @Test
    void takesNoRefusal() {
        final ByteBuffer refusal = buffer("HTTP/1.1 503 no\r\ncontent-length: 0\r\n\r\n");
        assertThrows(IllegalStateException.class, () -> new HttpReplies().end(refusal));
    }

    @Test
    void takesNoAnswerWithoutItsPart() {
        final ByteBuffer reply = buffer(WITH_LENGTH);
        assertThrows(IllegalStateException.class, () -> new HttpReplies("\"done\":5").end(reply));
    }

    private static ByteBuffer buffer(final String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
