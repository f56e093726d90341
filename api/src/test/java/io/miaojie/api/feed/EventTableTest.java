package io.miaojie.api.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.directory.Directory;
import io.miaojie.api.problem.ResultCodes;
import io.miaojie.api.support.Kinds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed has something to say, if only nothing, of every command and of every outcome that the schema knows. */
@Timeout(20)
class EventTableTest {
    private static final Pattern MESSAGE = Pattern.compile("sbe:message name=\"(\\w+)\" id=\"(\\d+)\"");
    private static final int QUERIES_FROM = 64;
    private static final int OUTCOMES_FROM = 128;
    private static final int ANSWERS_FROM = 192;

    private final EventTable table = new EventTable(
            new Directory(definition -> false), List.of(Kinds.REBATE), new ResultCodes(List.of(Kinds.REBATE)));

    @Test
    void everyCommandAndEveryOutcomeHasALine() throws IOException {
        int checked = 0;
        final Matcher messages = MESSAGE.matcher(schema());
        while (messages.find()) {
            final int id = Integer.parseInt(messages.group(2));
            if (id < QUERIES_FROM) {
                assertTrue(table.hasLine(id, 0), messages.group(1) + " has no line in EventTable");
                checked++;
            } else if (id >= OUTCOMES_FROM && id < ANSWERS_FROM) {
                assertTrue(table.hasLine(0, id), messages.group(1) + " has no line in EventTable");
                checked++;
            }
        }
        assertTrue(checked >= 12, "the schema was hardly read: checked=" + checked);
    }

    @Test
    void aRecordWithoutALineIsFound() {
        assertFalse(table.hasLine(63, 0));
        assertFalse(table.hasLine(0, 191));
    }

    private static String schema() throws IOException {
        try (InputStream in = EventTableTest.class.getResourceAsStream("/sbe/miaojie.xml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
