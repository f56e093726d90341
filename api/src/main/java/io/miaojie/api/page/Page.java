package io.miaojie.api.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * One file as browsers get it: bytes, as they are or as gzip, their type, and the tag by which a browser asks whether
 * it has them.
 */
public final class Page {
    /**
     * Nothing is loaded from elsewhere, no script or style stands inline, nobody frames it. Pictures may stand inline:
     * the viewer of the contract has its symbols in its style sheet.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int TAG_CHARS = 32;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    /** A list of codings that takes gzip; a weight of 0 refuses it. */
    private static final Pattern GZIP = Pattern.compile("(?i)(^|.*,)\\s*gzip\\s*(,.*|;\\s*q=(1|0\\.0*[1-9]).*|$)");

    private final Buffer body;
    private final Buffer packed;
    private final String contentType;
    private final String tag;

    Page(final byte[] bytes, final String contentType) {
        this.body = Buffer.buffer(bytes);
        this.packed = Buffer.buffer(gzip(bytes));
        this.contentType = contentType;
        this.tag = tag(bytes);
    }

    /**
     * Sends it; to a browser that has these bytes, only that they still hold. Browsers keep it but ask each time, so a
     * new jar shows at once.
     *
     * @return the status that was sent
     */
    public int send(final HttpServerRequest request) {
        final HttpServerResponse response = request.response();
        final String codings = request.getHeader("Accept-Encoding");
        final boolean isPacked = codings != null
                && packed.length() < body.length()
                && GZIP.matcher(codings).matches();
        final String sentTag = '"' + tag + (isPacked ? "-gzip" : "") + '"';
        BrowserHeaders.put(request);
        response.putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cache-Control", "no-cache")
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("ETag", sentTag);
        final String held = request.getHeader("If-None-Match");
        if (held != null && held.contains(sentTag)) {
            response.setStatusCode(NOT_MODIFIED).end();
            return NOT_MODIFIED;
        }
        response.putHeader("Content-Type", contentType);
        if (isPacked) {
            response.putHeader("Content-Encoding", "gzip");
        }
        final Buffer sent = isPacked ? packed : body;
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", Integer.toString(sent.length()))
                    .end();
        } else {
            response.end(sent);
        }
        return OK;
    }

    private static byte[] gzip(final byte[] bytes) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String tag(final byte[] bytes) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, TAG_CHARS);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
