package io.miaojie.api.json;

/** What stands next in a JSON document. */
enum JsonToken {
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    NAME,
    TEXT,
    INTEGER,
    /** A number with fraction or exponent. */
    FRACTION,
    TRUE,
    FALSE,
    NULL,
    /** Nothing more. */
    END
}
