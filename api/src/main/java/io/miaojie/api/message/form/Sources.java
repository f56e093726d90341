package io.miaojie.api.message.form;

import io.miaojie.api.json.JsonReader;
import io.miaojie.api.json.Slice;
import io.miaojie.api.problem.EdgeCode;

/** Words that name where something comes from. */
public final class Sources {
    /** Who named the id of a fact; {@code api} is what an absent source means, so both are one source. */
    public static final FieldType SOURCE = new FieldType(FieldType.TEXT, Sources::source);

    /** Who pays: {@code platform}, or {@code seller:} and an id. */
    public static final FieldType FUNDER = new FieldType(FieldType.TEXT, Sources::funder);

    private static final String SELLER = "seller:";

    private Sources() {}

    private static long source(final JsonReader in) {
        final long source = in.id();
        final byte[] text = in.text();
        final int at = Slice.offset(source);
        final boolean isApi =
                Slice.length(source) == 3 && text[at] == 'a' && text[at + 1] == 'p' && text[at + 2] == 'i';
        return isApi ? Slice.ABSENT : source;
    }

    private static long funder(final JsonReader in) {
        final long slice = in.id();
        final String funder = in.string(slice);
        if (!"platform".equals(funder) && (!funder.startsWith(SELLER) || funder.length() == SELLER.length())) {
            throw in.refuse(EdgeCode.INVALID_VALUE, "platform, or seller: and an id");
        }
        return slice;
    }
}
