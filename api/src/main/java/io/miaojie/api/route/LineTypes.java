package io.miaojie.api.route;

import io.miaojie.api.directory.DirectoryFeed;
import io.miaojie.api.edge.Answer;
import io.miaojie.api.edge.Edge;
import io.miaojie.api.json.JsonReader;
import io.miaojie.api.message.form.Forms;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of line types: every write that bulk takes. */
final class LineTypes {
    private static final String PREFIX = "{\"type\":\"";

    private final List<LineType> all;
    private final List<byte[]> prefixes;

    LineTypes(final Edge edge) {
        all = Stream.<LineType>concat(
                        Stream.of(new PaymentLine(edge), new ActionLine(edge)),
                        Forms.EVENTS.stream().map(form -> new FormLine(edge, form)))
                .toList();
        prefixes = all.stream()
                .map(type -> (PREFIX + type.word() + "\",").getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /**
     * Opens a line and returns its type. The type decides which fields there are, so it is looked for first; most
     * clients send it first.
     *
     * @throws BadInput when there is none, or it is none of these
     */
    LineType open(final JsonReader reader, final byte[] bytes, final int offset, final int length) {
        reader.open(bytes, offset, length);
        for (int i = 0; i < prefixes.size(); i++) {
            if (begins(bytes, offset, length, prefixes.get(i))) {
                return all.get(i);
            }
        }
        final String word = reader.peek("type");
        if (word == null) {
            throw new BadInput(EdgeCode.MISSING_FIELD, "/type", "this field is required");
        }
        return all.stream()
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput(
                        EdgeCode.UNSUPPORTED_TYPE,
                        "/type",
                        all.stream().map(LineType::word).collect(Collectors.joining(", "))));
    }

    /** Returns the type of the line that an answer belongs to. */
    LineType of(final Answer answer) {
        final int template = DirectoryFeed.templateId(answer.command(), 0);
        for (final LineType type : all) {
            if (type.commandTemplate() == template) {
                return type;
            }
        }
        throw new IllegalStateException("no line becomes this command, template=" + template);
    }

    private static boolean begins(final byte[] bytes, final int offset, final int length, final byte[] prefix) {
        return length > prefix.length && Arrays.equals(bytes, offset, offset + prefix.length, prefix, 0, prefix.length);
    }
}
