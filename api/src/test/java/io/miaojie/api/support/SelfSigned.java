package io.miaojie.api.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of 127.0.0.1 that signs itself, made by the JDK's own {@code keytool}. */
public record SelfSigned(X509Certificate certificate, byte[] key) {
    private static final String PASSWORD = "changeit";

    /** Makes one, with files of its own in this directory. */
    public static SelfSigned make(final Path directory, final String name) {
        final Path store = directory.resolve(name + ".p12");
        final List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        try {
            final Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            final String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            final KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return new SelfSigned(
                    (X509Certificate) keys.getCertificate(name),
                    keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
        } catch (final IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes both as PEM. */
    public void write(final Path certificateFile, final Path keyFile) {
        try {
            Files.writeString(keyFile, pem("PRIVATE KEY", key));
            Files.writeString(certificateFile, pem("CERTIFICATE", certificate.getEncoded()));
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what trusts these certificates and no others. */
    public static SSLContext trusting(final SelfSigned... trusted) {
        try {
            final KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            for (int i = 0; i < trusted.length; i++) {
                certificates.setCertificateEntry("trusted" + i, trusted[i].certificate);
            }
            final TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(certificates);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (final IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(final String what, final byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + what + "-----\n";
    }
}
