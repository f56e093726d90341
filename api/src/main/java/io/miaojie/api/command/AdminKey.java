package io.miaojie.api.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The node's own key, the only one that can make merchants. Its SHA-256 lies in the data directory, readable by the
 * owner alone; the key itself is nowhere.
 *
 * @param hash SHA-256 of the key
 * @param secret the key, when this start made it; null otherwise
 */
record AdminKey(byte[] hash, String secret) {
    private static final String FILE = "admin-key.sha256";
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH_MIN = 16;

    /**
     * Takes the key that the operator gave, or the one of an earlier start, or makes one.
     *
     * @param given at least 16 characters, or null
     */
    static AdminKey of(final Path dataDir, final String given) throws IOException {
        final Path file = dataDir.resolve(FILE);
        if (given != null) {
            if (given.length() < LENGTH_MIN) {
                throw new IllegalArgumentException("admin key too short: lengthMin=" + LENGTH_MIN);
            }
            return store(file, given, null);
        }
        if (Files.exists(file)) {
            return new AdminKey(HexFormat.of().parseHex(Files.readString(file).trim()), null);
        }
        final byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        final String secret = "mj_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return store(file, secret, secret);
    }

    private static AdminKey store(final Path file, final String key, final String secret) throws IOException {
        final byte[] hash = sha256(key);
        Files.createDirectories(file.toAbsolutePath().getParent());
        final Path draft = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                FILE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, HexFormat.of().formatHex(hash) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return new AdminKey(hash, secret);
    }

    private static byte[] sha256(final String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
