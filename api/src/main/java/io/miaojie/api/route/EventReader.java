package io.miaojie.api.route;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import java.nio.charset.StandardCharsets;

/** Makes a command of one line of a bulk request. Thread: one event loop. */
final class EventReader {
    private final Edge edge;
    private final ApiKey key;
    private final LineTypes types;
    private LineType type;

    EventReader(final Edge edge, final ApiKey key, final LineTypes types) {
        this.edge = edge;
        this.key = key;
        this.types = types;
    }

    /**
     * Reads one line; its command stands in the scratch.
     *
     * @throws io.miaojie.api.problem.BadInput when the line breaks a rule
     */
    void read(final byte[] bytes, final int offset, final int length) {
        final JsonReader reader = edge.reader();
        type = null;
        final LineType found = types.open(reader, bytes, offset, length);
        found.forget();
        type = found;
        type.read(reader, key);
        type.write(edge.scratch(), key);
    }

    /** Returns the id that was read last, null when reading broke off before it. */
    String id() {
        final long id = type == null ? Slice.ABSENT : type.id();
        return id == Slice.ABSENT
                ? null
                : new String(edge.reader().text(), Slice.offset(id), Slice.length(id), StandardCharsets.US_ASCII);
    }
}
