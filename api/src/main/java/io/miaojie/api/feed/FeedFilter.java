package io.miaojie.api.feed;

import java.util.Set;

/**
 * What a reader wants to see: always one merchant, and of that what is named.
 *
 * @param types empty: every type
 * @param memberId null: every member
 * @param campaignId null: every campaign
 */
public record FeedFilter(int merchantIndex, Set<EventType> types, String memberId, String campaignId) {
    public FeedFilter {
        types = Set.copyOf(types);
    }

    boolean matches(final FeedEvent event) {
        return event.merchantIndex() == merchantIndex
                && (types.isEmpty() || types.contains(event.type()))
                && (memberId == null || event.members().contains(memberId))
                && (campaignId == null || event.campaigns().contains(campaignId));
    }
}
