package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.SelfSigned;
import io.miaojie.api.support.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server with a certificate speaks TLS and nothing else, tells browsers so, and shows a new one without a restart.
 */
@Timeout(60)
class TlsTest {
    @TempDir
    private static Path directory;

    private final Path certificate = directory.resolve("cert.pem");
    private final Path key = directory.resolve("key.pem");

    @Test
    void pagesAndCallsComeOverTlsAndBrowsersAreToldToKeepToIt() throws IOException, InterruptedException {
        final SelfSigned own = SelfSigned.make(directory, "own");
        own.write(certificate, key);
        try (TestServer server = TestServer.start(new TlsFiles(certificate, key))) {
            final HttpClient client = client(own);
            for (final String page : new String[] {"/console", "/docs"}) {
                final HttpResponse<String> response = get(client, server, page);
                assertEquals(200, response.statusCode());
                assertEquals(
                        "max-age=31536000",
                        response.headers()
                                .firstValue("Strict-Transport-Security")
                                .orElseThrow());
                assertTrue(response.headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow()
                        .contains("frame-ancestors 'none'"));
                assertEquals(
                        "nosniff",
                        response.headers().firstValue("X-Content-Type-Options").orElseThrow());
                assertEquals(
                        "no-referrer",
                        response.headers().firstValue("Referrer-Policy").orElseThrow());
            }
            assertEquals(200, get(client, server, "/v1/audit").statusCode());
            assertEquals(404, get(client, server, "/s/none").statusCode());
            assertThrows(
                    SSLException.class, () -> get(client(SelfSigned.make(directory, "other")), server, "/console"));
        }
    }

    @Test
    void httpIsCutOffAndCounted() throws IOException, InterruptedException {
        final SelfSigned own = SelfSigned.make(directory, "clear");
        own.write(certificate, key);
        try (TestServer server = TestServer.start(new TlsFiles(certificate, key))) {
            try (RawConnection clear = new RawConnection(server.port(), TestServer.NODE_KEY)) {
                assertThrows(IOException.class, () -> clear.send("GET", "/v1/audit", null, new byte[0]));
            }
            final String figures = get(client(own), server, "/metrics").body();
            assertTrue(figures.contains("miaojie_connections_closed_total{awaited=\"HANDSHAKE\"} 1.0"), figures);
        }
    }

    @Test
    void aCertificateThatIsReplacedIsShownToWhoeverConnectsNext() throws IOException, InterruptedException {
        final SelfSigned first = SelfSigned.make(directory, "first");
        final SelfSigned second = SelfSigned.make(directory, "second");
        first.write(certificate, key);
        try (TestServer server = TestServer.start(new TlsFiles(certificate, key))) {
            assertEquals(first.certificate(), shown(server, first, second));
            Files.writeString(certificate, "no certificate");
            second.write(certificate, key);
            while (shown(server, first, second).equals(first.certificate())) {
                LockSupport.parkNanos(50_000_000);
            }
            assertEquals(second.certificate(), shown(server, first, second));
        }
    }

    @Test
    void filesThatAreNotThereAreRefusedBeforeAnythingListens() {
        final Path missing = directory.resolve("missing.pem");
        final String message = assertThrows(IllegalArgumentException.class, () -> new TlsFiles(missing, missing))
                .getMessage();
        assertFalse(message.isEmpty());
    }

    private static Certificate shown(final TestServer server, final SelfSigned... trusted)
            throws IOException, InterruptedException {
        return get(client(trusted), server, "/health/live")
                .sslSession()
                .orElseThrow()
                .getPeerCertificates()[0];
    }

    private static HttpClient client(final SelfSigned... trusted) {
        return HttpClient.newBuilder().sslContext(SelfSigned.trusting(trusted)).build();
    }

    private static HttpResponse<String> get(final HttpClient client, final TestServer server, final String path)
            throws IOException, InterruptedException {
        final URI uri = URI.create("https://127.0.0.1:" + server.port() + path);
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + TestServer.NODE_KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
