package io.miaojie.api.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written is read back as it was, whatever stands in it. */
@Timeout(30)
class JsonWriterTest {
    private static final int[] CODE_POINTS = {'a', '"', '\\', '/', '\n', 0x1F, 0x7F, 0x85, 0xE9, 0x8336, 0x1F375};

    @Test
    void writesTextsThatAreReadBack() {
        final Random random = new Random(5);
        final JsonWriter writer = new JsonWriter();
        for (int i = 0; i < 20_000; i++) {
            final String text = text(random);
            final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writer.reset().beginObject().field("text", text);
            writer.name("bytes").value(new UnsafeBuffer(utf8), 0, utf8.length);
            writer.field("number", i).endObject();
            final JsonReader reader = new JsonReader();
            reader.open(writer.bytes(), 0, writer.length());
            assertEquals("text", reader.nextField());
            assertEquals(text, reader.word());
            assertEquals("bytes", reader.nextField());
            assertEquals(text, reader.word());
            assertEquals("number", reader.nextField());
            assertEquals(i, reader.integer(0, i));
            reader.nextField();
            reader.close();
        }
    }

    @Test
    void setsCommasAndTimes() {
        final JsonWriter writer = new JsonWriter();
        writer.beginObject()
                .name("list")
                .beginArray()
                .value(1)
                .value(true)
                .nothing()
                .value("x")
                .endArray();
        writer.name("at").time(1_500_000_000L).endObject();
        assertEquals("{\"list\":[1,true,null,\"x\"],\"at\":\"1970-01-01T00:00:01.500Z\"}", writer.toString());
    }

    private static String text(final Random random) {
        final StringBuilder text = new StringBuilder();
        final int count = random.nextInt(40);
        final int kinds = random.nextInt(1, CODE_POINTS.length);
        for (int i = 0; i < count; i++) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(kinds)]);
        }
        return text.toString();
    }
}
