package io.miaojie.api.directory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The share links and where they lead, so that a short link is answered at once. Thread: read by every event loop,
 * written by whichever learns of an outcome.
 */
public final class Links {
    /**
     * One share link.
     *
     * @param keyIndex of the key that made it: who speaks for the merchant when it is opened
     * @param targetId where it leads, of the merchant's list
     * @param expiresAtNs epoch nanoseconds; 0: never
     */
    public record Link(int merchantIndex, int keyIndex, String targetId, long expiresAtNs) {
        /** Returns whether it has expired by this time. */
        public boolean isExpired(final long nowNs) {
            return expiresAtNs != 0 && nowNs >= expiresAtNs;
        }
    }

    private record TargetName(int merchantIndex, String id) {}

    private final Map<String, Link> byToken = new ConcurrentHashMap<>();
    private final Map<TargetName, String> targets = new ConcurrentHashMap<>();

    /** Returns the link with this token, null when there is none. */
    public Link link(final String token) {
        return byToken.get(token);
    }

    /** Returns the URL or path of a merchant's target, null when there is none. */
    public String target(final int merchantIndex, final String id) {
        return targets.get(new TargetName(merchantIndex, id));
    }

    /** Returns where a link leads, null when its target is not known. */
    public String target(final Link link) {
        return target(link.merchantIndex, link.targetId);
    }

    void put(final String token, final Link link) {
        byToken.put(token, link);
    }

    void putTarget(final int merchantIndex, final String id, final String url) {
        targets.put(new TargetName(merchantIndex, id), url);
    }
}
