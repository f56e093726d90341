package io.miaojie.api.edge;

import io.miaojie.api.directory.ApiKey;
import io.miaojie.api.directory.Directory;
import io.miaojie.api.directory.SecretHash;
import io.miaojie.api.problem.BadInput;
import io.miaojie.api.problem.EdgeCode;
import io.miaojie.wire.codec.Role;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * Secrets of API keys: made here, hashed here, and kept nowhere. Who presents too many wrong ones is not told any more
 * whether the next is the node's own; keys of merchants open still, so that whoever guesses locks nobody out who has
 * the same address, a proxy's say. Thread: one.
 */
public final class SecretReader {
    private static final String PREFIX = "mj_";
    private static final int SECRET_BYTES = 32;
    private static final String SCHEME = "bearer ";

    private final SecureRandom random = new SecureRandom();
    private final MessageDigest sha256 = sha256();
    private final Directory directory;
    private final SecretHash nodeHash;
    private final Guesses guesses;
    private final long attemptMs;
    private final ApiKey node = new ApiKey(0, ApiKey.NO_MERCHANT, Role.ADMIN, "node", "", false);

    SecretReader(final Directory directory, final SecretHash nodeHash, final GuessLimits limits) {
        this.directory = directory;
        this.nodeHash = nodeHash;
        guesses = new Guesses(limits);
        attemptMs = limits.attemptMs();
    }

    /** Makes a new secret. */
    public String make() {
        final byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns the SHA-256 of a secret. */
    public byte[] hash(final String secret) {
        return sha256.digest(secret.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the key that this {@code Authorization} header names; refuses none, a wrong and a revoked one.
     *
     * @param address of the caller, as its connection has it
     */
    public ApiKey key(final String authorization, final SocketAddress address) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new BadInput(EdgeCode.KEY_MISSING, null, "send Authorization: Bearer and a key");
        }
        final SecretHash hash =
                SecretHash.of(hash(authorization.substring(SCHEME.length()).trim()));
        final ApiKey key = directory.key(hash);
        if (key != null && key.isRevoked()) {
            throw new BadInput(EdgeCode.KEY_INVALID, null, "this key is revoked");
        }
        return key == null ? node(hash, address.hostAddress()) : key;
    }

    private ApiKey node(final SecretHash hash, final String address) {
        final long nowNs = System.nanoTime();
        if (guesses.isSpent(address, nowNs)) {
            throw new BadInput(EdgeCode.TOO_MANY_ATTEMPTS, null, "too many wrong keys from this address");
        }
        if (!hash.equals(nodeHash)) {
            guesses.count(address, nowNs);
            throw new BadInput(EdgeCode.KEY_INVALID, null, "no such key");
        }
        return node;
    }

    /** Returns in how many seconds an address that has no attempt left has one again, at most. */
    public long retryAfterS() {
        return TimeUnit.MILLISECONDS.toSeconds(attemptMs + 999);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
