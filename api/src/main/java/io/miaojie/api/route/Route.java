package io.miaojie.api.route;

import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table of routes.
 *
 * @param path as in the contract; {@code {name}} stands for an id
 * @param parameters of the query, closed
 */
public record Route(
        HttpMethod method, String path, Access access, BodyType body, List<String> parameters, Endpoint endpoint) {
    /** What the body of a request is. */
    enum BodyType {
        NONE,
        JSON,
        /** NDJSON, read while it arrives. */
        STREAM
    }

    private static final String ANY = "{";

    /** Returns whether ids stand in its path. */
    boolean hasVariables() {
        return path.contains(ANY);
    }

    /** Returns whether a path is of this route. */
    boolean matches(final String[] segments) {
        final String[] mine = path.split("/", -1);
        if (mine.length != segments.length) {
            return false;
        }
        for (int i = 0; i < mine.length; i++) {
            if (!mine[i].startsWith(ANY) && !mine[i].equals(segments[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the segments of the path that stand for the names in braces, in order. */
    List<String> variables(final String[] segments) {
        final String[] mine = path.split("/", -1);
        final List<String> variables = new ArrayList<>();
        for (int i = 0; i < mine.length; i++) {
            if (mine[i].startsWith(ANY)) {
                variables.add(segments[i]);
            }
        }
        return variables;
    }
}
