package io.miaojie.api.edge;

/**
 * The bounds of one event loop.
 *
 * @param waitingMax callers that wait at a time; each keeps its command
 * @param bodyBytesMax bytes of a single request's body
 * @param lineBytesMax bytes of one line of NDJSON
 * @param unreadBytesMax bytes of answers that a bulk client has not read yet, before its connection is paused
 */
public record EdgeLimits(int waitingMax, int bodyBytesMax, int lineBytesMax, int unreadBytesMax) {
    public static EdgeLimits defaults() {
        return new EdgeLimits(65_536, 1024 * 1024, 64 * 1024, 8 * 1024 * 1024);
    }
}
