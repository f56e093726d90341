package io.miaojie.api.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.edge.EdgeLimits;
import io.miaojie.api.support.Caller;
import io.miaojie.api.support.RawConnection;
import io.miaojie.api.support.RealServer;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Nobody is led by {@code /s/{token}} to a place that no operator registered: neither by what is asked for, nor by what
 * stands beside it, nor by what an operator may register.
 */
@Tag("postgres")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShortLinkAttacksTest {
    private static final String TARGET = "https://shop.example/tea";

    @TempDir
    private static Path directory;

    private RealServer server;
    private Caller shop;
    private String token;

    @BeforeAll
    void makeALink() {
        server = RealServer.sandbox(directory, EdgeLimits.defaults());
        TestServer.expect(200, server.node().post("/v1/merchants", "{'id':'m1','name':'Tea'}"));
        shop = server.key("m1", "k1", "admin");
        TestServer.expect(200, shop.post("/v1/members", "{'id':'u1'}"));
        TestServer.expect(200, shop.post("/v1/link-targets", "{'id':'t1','url':'" + TARGET + "'}"));
        final HttpResponse<String> link = shop.post("/v1/share-links", "{'id':'l1','owner_id':'u1','target':'t1'}");
        TestServer.expect(200, link);
        token = new JsonObject(link.body()).getJsonObject("link").getString("token");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/s/%s                                       |                                       | 307",
                "/s/%s                                       | Host: evil.example                    | 307",
                "/s/%s                                       | X-Forwarded-Host: evil.example        | 307",
                "/s/%s                                       | Forwarded: host=evil.example          | 307",
                "/s/%s                                       | X-Original-URL: //evil.example        | 307",
                "/s/%s                                       | Referer: https://evil.example         | 307",
                "/s/%s                                       | Cookie: mj_visitor=@evil.example/     | 307",
                "/s/%s                                       | Cookie: mj_visitor=v&url=//evil.example | 307",
                "/s/%s                          | Cookie: mj_visitor=v%0d%0aLocation:%20//evil.example | 307",
                "/s/%s?url=https://evil.example              |                                       | 400",
                "/s/%s?next=//evil.example                   |                                       | 400",
                "/s/%s@evil.example                          |                                       | 404",
                "/s/%s/../../evil.example                    |                                       | 404",
                "/s/%s%%0d%%0aLocation:%%20//evil.example    |                                       | 404",
                "/s//evil.example                            |                                       | 404",
                "/s/%%2F%%2Fevil.example                     |                                       | 400",
                "/s/https:%%2F%%2Fevil.example               |                                       | 400",
                "/s/%%5C%%5Cevil.example                     |                                       | 400",
                "//evil.example/s/%s                         |                                       | 404",
                "/s/%s%%00                                   |                                       | 400"
            })
    void aRequestLeadsToTheRegisteredPlaceOrNowhere(final String path, final String header, final int status)
            throws IOException {
        try (RawConnection connection = new RawConnection(server.port(), null)) {
            final String line = header == null || header.startsWith("Host:")
                    ? "Host: test\r\n"
                    : "Host: test\r\n" + header + "\r\n";
            final String host = header != null && header.startsWith("Host:") ? header + "\r\n" : line;
            connection.write(("GET " + path.trim().formatted(token) + " HTTP/1.1\r\n" + host + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            final RawConnection.Response response = connection.read();
            assertEquals(status, response.status(), response.body());
            final String location = response.headers().get("location");
            assertEquals(status == 307, location != null);
            if (location != null) {
                assertTrue(location.startsWith(TARGET + "?share_token=" + token + "&visitor_id="), location);
                assertFalse(location.contains("evil"), location);
                assertTrue(location.matches("[!-~]+"), location);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "javascript:alert(1)",
                "JAVASCRIPT:alert(1)",
                "data:text/html,x",
                "vbscript:x",
                "//evil.example",
                "/\\\\evil.example",
                "\\\\\\\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "https:///evil.example",
                "https://shop.example@evil.example",
                "https://shop.example:x@evil.example/",
                "https://shop.example\\\\@evil.example",
                "https://shop.example#@evil.example",
                "https://shop.example/\\u000d\\u000aLocation: x",
                "https://shop.example/\\u0000",
                "https://shop.example/ x",
                "https://\\u0441hop.example/",
                "ftp://shop.example/",
                "file:///etc/passwd",
                "../../evil",
                "pages/../../evil"
            })
    void aPlaceThatBrowsersReadOtherwiseIsNotRegistered(final String url) {
        final HttpResponse<String> response = shop.post("/v1/link-targets", "{'id':'evil','url':'" + url + "'}");
        assertEquals(400, response.statusCode(), url + response.body());
        assertEquals("/url", new JsonObject(response.body()).getString("pointer"));
    }
}
