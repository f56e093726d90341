package io.miaojie.api.edge;

/**
 * What a connection may do to one event loop. Each bound ends a connection or refuses a request; none of them slows
 * anybody else.
 *
 * @param connectionsMax open at a time: ten thousand idle clients and some room; each takes some 10 KiB
 * @param requestLineBytesMax bytes of method, path and query: the longest path has one id
 * @param headBytesMax bytes of all headers together
 * @param headMs from one answer to the whole head of the next request: so idle, half-open and trickling connections end
 * @param bodyMs from the head to the end of a single request's body: at most 1 MiB
 * @param stalledMs a bulk request that moves in neither direction although the server would
 * @param closeMs what is under way when the server stops has so long to end
 */
public record HttpLimits(
        int connectionsMax,
        int requestLineBytesMax,
        int headBytesMax,
        long headMs,
        long bodyMs,
        long stalledMs,
        long closeMs) {
    public static HttpLimits defaults() {
        return new HttpLimits(12_000, 4_096, 16 * 1024, 75_000, 30_000, 60_000, 5_000);
    }
}
