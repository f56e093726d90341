package io.miaojie.api.support;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Events as blocks of lines, each block a whole request. */
public final class EventBlocks {
    private EventBlocks() {}

    /** Cuts events, each a line without its end, into blocks of at most this many. */
    public static List<Buffer> of(final List<String> events, final int blockLines) {
        final List<Buffer> blocks = new ArrayList<>();
        for (int start = 0; start < events.size(); start += blockLines) {
            final Buffer block = Buffer.buffer();
            events.subList(start, Math.min(events.size(), start + blockLines))
                    .forEach(event -> block.appendString(event).appendString("\n"));
            blocks.add(block);
        }
        return blocks;
    }
}
