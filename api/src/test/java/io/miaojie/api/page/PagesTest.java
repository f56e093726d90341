package io.miaojie.api.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a browser is handed: which files, with which heads, and that they name each other rightly. */
@Timeout(60)
class PagesTest {
    private static final Path SOURCES = Path.of("src/main/resources/pages");
    private static TestServer server;
    private static Caller anybody;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        anybody = server.node().with(null);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Set<String> paths() {
        return new TreeSet<>(Pages.paths());
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyPageIsHandedOutWithItsHeads(final String path) {
        final HttpResponse<String> page = anybody.get(path);
        assertEquals(200, page.statusCode());
        assertFalse(page.body().isEmpty());
        assertEquals("no-cache", header(page, "Cache-Control"));
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals(type(path), header(page, "Content-Type"));
        final String policy = header(page, "Content-Security-Policy");
        assertTrue(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);

        final String tag = header(page, "ETag");
        final HttpResponse<String> again = anybody.send(anybody.request(path).header("If-None-Match", tag));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(
                200,
                anybody.send(anybody.request(path).header("If-None-Match", "\"other\""))
                        .statusCode());
    }

    @Test
    void headTellsTheLengthAndOtherMethodsAreRefused() {
        final HttpResponse<String> head =
                anybody.send(anybody.request("/console").method("HEAD", BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals(
                Integer.toString(
                        anybody.get("/console").body().getBytes(java.nio.charset.StandardCharsets.UTF_8).length),
                header(head, "Content-Length"));
        final HttpResponse<String> posted = anybody.post("/console", "{}");
        assertEquals(405, posted.statusCode());
        assertEquals("GET, HEAD", header(posted, "Allow"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void isPackedForWhoTakesIt(final String path) throws IOException {
        final HttpResponse<byte[]> plain = bytes(path, null);
        final HttpResponse<byte[]> packed = bytes(path, "br;q=1.0, gzip;q=0.8");
        assertEquals("Accept-Encoding", header(plain, "Vary"));
        if (packed.body().length == plain.body().length) {
            assertTrue(plain.body().length < 200, "what is too short to gain anything");
            return;
        }
        assertEquals("gzip", header(packed, "Content-Encoding"));
        assertTrue(packed.body().length < plain.body().length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertArrayEquals(plain.body(), in.readAllBytes());
        }
        assertNotEquals(header(plain, "ETag"), header(packed, "ETag"));
        assertEquals(
                304,
                anybody.send(anybody.request(path)
                                .header("Accept-Encoding", "gzip")
                                .header("If-None-Match", header(packed, "ETag")))
                        .statusCode());
        for (final String refusing : List.of("identity", "gzip;q=0", "gzip;q=0.0, br", "xgzip")) {
            assertArrayEquals(plain.body(), bytes(path, refusing).body(), refusing);
        }
    }

    private static HttpResponse<byte[]> bytes(final String path, final String codings) throws IOException {
        final HttpRequest.Builder request = anybody.request(path).GET();
        try {
            return HttpClient.newHttpClient()
                    .send(
                            (codings == null ? request : request.header("Accept-Encoding", codings)).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingBesideTheListIsHandedOut() {
        assertEquals(404, anybody.get("/console/../openapi.yaml").statusCode());
        assertEquals(404, anybody.get("/console/%2e%2e/logback.xml").statusCode());
        assertEquals(404, anybody.get("/console/").statusCode());
        assertEquals(404, anybody.get("/docs/swagger-initializer.js").statusCode());
    }

    @Test
    void everyFileIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            final Set<String> written = files.filter(Files::isRegularFile)
                    .map(file -> "/" + SOURCES.relativize(file).toString().replace('\\', '/'))
                    .map(path -> path.endsWith(".html") ? path.substring(0, path.lastIndexOf('/')) : path)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(Pages.paths().containsAll(written), written + " " + Pages.paths());
        }
    }

    @Test
    void whatFilesNameIsListed() throws IOException {
        for (final String name : new String[] {"console/console.html", "docs/docs.html"}) {
            for (final String target : found(read(name), "(?:src|href)=\"([^\"#]+)\"")) {
                assertTrue(target.equals("openapi.yaml") || Pages.at("/" + target) != null, name + " -> " + target);
            }
        }
        for (final String path : Pages.paths()) {
            if (path.startsWith("/console/") && path.endsWith(".js") && !path.endsWith("uplot.js")) {
                for (final String target : found(read(path.substring(1)), "from '\\./([^']+)'")) {
                    assertNotNull(Pages.at("/console/" + target), path + " -> " + target);
                }
            }
        }
    }

    /** Scripts and styles that stand inline would be refused by the policy, in the browser and too late. */
    @Test
    void nothingStandsInline() throws IOException {
        for (final String name : new String[] {"console/console.html", "docs/docs.html"}) {
            final String page = read(name);
            assertEquals(Set.of(), found(page, "(<style|style=\"|<script>|\\son\\w+=|https?://[^\"]+)"), name);
        }
    }

    @Test
    void bothLanguagesHaveEveryTextAndNoOther() throws IOException {
        final Set<String> english = found(read("console/en.js"), "(?m)^  (\\w+):");
        assertEquals(english, found(read("console/zh.js"), "(?m)^  (\\w+):"));
        assertTrue(english.size() > 50, english.toString());
        assertTrue(english.containsAll(found(read("console/console.html"), "data-(?:text|label|hint)=\"(\\w+)\"")));
        for (final String path : Pages.paths()) {
            if (path.startsWith("/console/") && path.endsWith(".js") && !path.endsWith("uplot.js")) {
                final Set<String> used = found(read(path.substring(1)), "\\bt\\('(\\w+)'");
                assertTrue(english.containsAll(used), path + " " + used);
            }
        }
    }

    private static Set<String> found(final String text, final String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(final String name) throws IOException {
        return Files.readString(SOURCES.resolve(name));
    }

    private static String header(final HttpResponse<?> response, final String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    private static String type(final String path) {
        return switch (path.substring(path.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "json" -> "application/json";
            default -> "text/html; charset=utf-8";
        };
    }
}
