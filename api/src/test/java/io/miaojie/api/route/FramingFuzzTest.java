package io.miaojie.api.route;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.miaojie.api.problem.BadInput;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;

/** Any bytes in any chunks: the lines are those of the bytes, and gzip is inflated to its end or refused. */
@Timeout(600)
class FramingFuzzTest {
    private static final int CHUNK_MAX = 64;
    private static final int INFLATED_MAX = 1 << 16;

    @FuzzTest(maxDuration = "5m")
    void linesAreThoseOfTheBytes(final FuzzedDataProvider data) {
        final LineBuffer buffer = new LineBuffer();
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        final List<String> lines = new ArrayList<>();
        while (data.remainingBytes() > 0) {
            final byte[] chunk = data.consumeBytes(data.consumeInt(0, CHUNK_MAX));
            all.writeBytes(chunk);
            if (data.consumeBoolean()) {
                buffer.append(Buffer.buffer(chunk));
            } else {
                buffer.append(chunk, chunk.length);
            }
            while (buffer.hasLine()) {
                lines.add(line(buffer));
                buffer.next();
            }
        }
        lines.add(line(buffer));
        final String text = all.toString(StandardCharsets.ISO_8859_1);
        assertEquals(Arrays.asList(text.split("\n", -1)), lines);
    }

    @FuzzTest(maxDuration = "5m")
    void gzipIsInflatedToItsEndOrRefused(final byte[] body) {
        final byte[] target = new byte[1024];
        int inflated = 0;
        try (GzipBody gzip = new GzipBody()) {
            gzip.append(Buffer.buffer(body));
            for (int count = gzip.read(target); count > 0 && inflated < INFLATED_MAX; count = gzip.read(target)) {
                inflated += count;
            }
        } catch (final BadInput refusal) {
            assertEquals(400, refusal.code().status() / 100 * 100);
        }
    }

    private static String line(final LineBuffer buffer) {
        return new String(buffer.bytes(), buffer.start(), buffer.lineLength(), StandardCharsets.ISO_8859_1);
    }
}
