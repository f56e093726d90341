package io.miaojie.api.server;

import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificate that a server shows, and the key that goes with it, as files of PEM. Both may be replaced while the
 * server runs.
 *
 * @param certificate with its chain, the server's own first
 * @param key unencrypted, PKCS#8 or PKCS#1
 */
public record TlsFiles(Path certificate, Path key) {
    /** Refuses files that can't be read: a start that went on without them would serve in the clear. */
    public TlsFiles {
        if (!Files.isReadable(certificate) || !Files.isReadable(key)) {
            throw new IllegalArgumentException(
                    "certificate or key can't be read: certificate=" + certificate + " key=" + key);
        }
    }

    KeyCertOptions options() {
        return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    /** Returns when either file was changed last, epoch milliseconds. Blocks. */
    long changedAtMs() throws IOException {
        return Math.max(
                Files.getLastModifiedTime(certificate).toMillis(),
                Files.getLastModifiedTime(key).toMillis());
    }
}
