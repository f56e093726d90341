package io.miaojie.api.problem;

/** A reason of the edge itself for not taking a request. None of them is remembered; each fixes its HTTP status. */
public enum EdgeCode {
    MALFORMED_JSON(400),
    INVALID_UTF8(400),
    /** Nested deeper, or longer in one string or number, than any write can be. */
    JSON_TOO_COMPLEX(400),
    UNKNOWN_FIELD(400),
    DUPLICATE_FIELD(400),
    MISSING_FIELD(400),
    WRONG_TYPE(400),
    NOT_AN_INTEGER(400),
    OUT_OF_RANGE(400),
    INVALID_ID(400),
    /** A text that is empty, too long, or holds control characters. */
    INVALID_TEXT(400),
    INVALID_TIME(400),
    /** Not one of the words that stand here. */
    INVALID_VALUE(400),
    CURRENCY_UNKNOWN(400),
    TOO_MANY_ENTRIES(400),
    PARAMETER_INVALID(400),
    /** The body is not what {@code Content-Encoding} says. */
    ENCODING_INVALID(400),
    REQUEST_INVALID(400),
    KEY_MISSING(401),
    KEY_INVALID(401),
    /** The role or the store of the key. */
    ROLE_FORBIDS(403),
    ROUTE_UNKNOWN(404),
    /** What is asked of a campaign can be read only when the campaign is known. */
    CAMPAIGN_UNKNOWN(404),
    METHOD_NOT_ALLOWED(405),
    /** A place in the feed that is older than what is kept, or ahead of what is decided. */
    POSITION_GONE(410),
    BODY_TOO_LARGE(413),
    LINE_TOO_LONG(413),
    /** The command would not fit a record. */
    COMMAND_TOO_LONG(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    ID_REUSED(422),
    UNSUPPORTED_TYPE(422),
    KIND_UNKNOWN(422),
    /** The kind of the campaign has no action of this name that is asked outside orders. */
    ACTION_UNKNOWN(422),
    ENDS_BEFORE_START(422),
    /** Of wrong keys, from one address. */
    TOO_MANY_ATTEMPTS(429),
    HEADERS_TOO_LARGE(431),
    /** A fault of ours; it is in the log under the request id. */
    INTERNAL_FAULT(500),
    RING_FULL(503),
    STOPPED(503),
    PROJECTION_BEHIND(503),
    PROJECTION_LAGGING(503),
    /** Lists come from Postgres, which does not answer. */
    POSTGRES_UNAVAILABLE(503),
    /** As many streams and polls as there may be. */
    FEED_FULL(503),
    /** Decided before, but the first answer can't be read at present. */
    ANSWER_UNAVAILABLE(503);

    private final int status;

    EdgeCode(final int status) {
        this.status = status;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }
}
