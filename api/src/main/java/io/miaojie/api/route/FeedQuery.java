package io.miaojie.api.route;

import io.miaojie.api.feed.EventType;
import io.miaojie.api.feed.FeedFilter;
import io.miaojie.api.feed.FeedPosition;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a request asks of the feed. */
final class FeedQuery {
    static final List<String> STREAM_PARAMETERS = List.of("after", "types", "member_id", "campaign_id");
    static final List<String> POLL_PARAMETERS =
            List.of("after", "types", "member_id", "campaign_id", "wait_s", "limit");

    private FeedQuery() {}

    /** Returns the filter: the key's merchant, and what the parameters name. */
    static FeedFilter filter(final Exchange exchange) {
        if (!exchange.key().storeId().isEmpty()) {
            throw new BadInput(EdgeCode.ROLE_FORBIDS, null, "this key is bound to a store; the feed is the merchant's");
        }
        return new FeedFilter(
                exchange.key().merchantIndex(),
                types(exchange.parameter("types")),
                id(exchange, "member_id"),
                id(exchange, "campaign_id"));
    }

    /** Returns the place that {@code after} names; {@code otherwise} when it was not sent. */
    static long after(final Exchange exchange, final long otherwise) {
        final String sent = exchange.parameter("after");
        if (sent == null) {
            return otherwise;
        }
        final long position = FeedPosition.parseCursor(sent);
        if (position < 0) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, "after", "a next_cursor: <sequence> or <sequence>-<index>");
        }
        return position;
    }

    private static Set<EventType> types(final String sent) {
        final Set<EventType> types = EnumSet.noneOf(EventType.class);
        if (sent != null) {
            for (final String word : sent.split(",", -1)) {
                types.add(EventType.of(word)
                        .orElseThrow(() -> new BadInput(
                                EdgeCode.PARAMETER_INVALID, "types", "types of events, separated by commas")));
            }
        }
        return types;
    }

    private static String id(final Exchange exchange, final String name) {
        final String sent = exchange.parameter(name);
        if (sent != null && !sent.matches(Exchange.ID_PATTERN)) {
            throw new BadInput(EdgeCode.PARAMETER_INVALID, name, "an id");
        }
        return sent;
    }
}
