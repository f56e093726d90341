package io.miaojie.api.message;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.json.Slice;
import io.miaojie.wire.codec.TouchCommandEncoder;
import java.nio.charset.StandardCharsets;

/** The touch of a short link that was opened here, written as {@code TouchCommand}. */
public final class OpenedLink {
    /** What a visitor's id looks like: 16 digits of base 58. */
    public static final String VISITOR_PATTERN = "[1-9A-HJ-NP-Za-km-z]{16}";

    private OpenedLink() {}

    /** Writes the one touch of this visitor, this token and this hour since 1970. */
    public static void write(
            final CommandScratch out, final ApiKey key, final String token, final String visitor, final long hour) {
        final byte[] id = (visitor + '.' + token + '.' + hour).getBytes(StandardCharsets.US_ASCII);
        final byte[] tokenBytes = token.getBytes(StandardCharsets.US_ASCII);
        final byte[] visitorBytes = visitor.getBytes(StandardCharsets.US_ASCII);
        final TouchCommandEncoder encoder = new TouchCommandEncoder()
                .wrapAndApplyHeader(out.buffer(), 0, out.header)
                .putId(id, 0, id.length)
                .putToken(tokenBytes, 0, tokenBytes.length)
                .putVisitorId(visitorBytes, 0, visitorBytes.length)
                .putMemberId(id, 0, 0);
        out.identify(key.merchantIndex(), IdSpace.OPENED_LINK, id, Slice.ABSENT, Slice.of(0, id.length));
        out.seal(encoder.envelope(), key, out.fingerprint.begin().end(), 0);
        out.end(encoder.encodedLength());
    }
}
