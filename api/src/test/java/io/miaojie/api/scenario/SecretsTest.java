package io.miaojie.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.ServerProcess;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets of keys are nowhere: not in any file that a server of its own process leaves (journal, snapshots, the files
 * of its Postgres), not in what it prints, not in its answers, not in its command line.
 */
@Tag("postgres")
@Timeout(180)
class SecretsTest {
    private static final String WRONG = "mj_wrong_secret_that_somebody_typed";

    @TempDir
    private static Path directory;

    @Test
    void secretsAreInNoFileInNoLogAndOnNoCommandLine() throws IOException {
        final Path dataDir = directory.resolve("data");
        final List<String> answers = new ArrayList<>();
        final String output;
        final String operate;
        try (ServerProcess server = ServerProcess.serve(dataDir, ServerProcess.freePort())) {
            final Caller node = new Caller(server.uri().getPort(), ServerProcess.ADMIN_KEY);
            TestServer.expect(200, node.post("/v1/merchants", "{'id':'m1','name':'secretless'}"));
            operate = secret(node, "key-that-is-known");
            final String gone = secret(node, "gone");
            TestServer.expect(200, node.delete("/v1/keys/gone?merchant_id=m1"));
            for (final String each : List.of(ServerProcess.ADMIN_KEY, operate, gone, WRONG)) {
                answers.addAll(provoked(node.with(each)));
            }
            final String commandLine = Files.readString(Path.of("/proc/" + server.pid() + "/cmdline"));
            assertTrue(commandLine.contains("serve"), commandLine);
            assertFalse(commandLine.contains(ServerProcess.ADMIN_KEY));
            assertEquals(0, server.stop(), server::output);
            output = server.output();
        }
        final List<byte[]> secrets = Stream.of(ServerProcess.ADMIN_KEY, operate, WRONG)
                .flatMap(SecretsTest::forms)
                .toList();
        for (final byte[] secret : secrets) {
            assertEquals(List.of(), filesWith(dataDir, secret));
            assertFalse(output.contains(new String(secret, StandardCharsets.ISO_8859_1)), output);
            assertTrue(answers.stream()
                    .noneMatch(answer -> answer.contains(new String(secret, StandardCharsets.ISO_8859_1))));
        }
        // The search is not blind: what may be there is found in the journal and in the files of Postgres.
        final List<Path> known = filesWith(dataDir, "key-that-is-known".getBytes(StandardCharsets.US_ASCII));
        assertTrue(known.stream().anyMatch(file -> file.toString().contains("journal")), known.toString());
        assertTrue(known.stream().anyMatch(file -> file.toString().contains("postgres")), known.toString());
        assertTrue(known.stream().anyMatch(file -> file.toString().contains("snapshots")), known.toString());
    }

    /** Makes a key and returns its secret, the one answer that may hold it. */
    private static String secret(final Caller node, final String id) {
        final HttpResponse<String> made =
                node.post("/v1/keys", "{'id':'" + id + "','merchant_id':'m1','role':'operate'}");
        TestServer.expect(200, made);
        return new JsonObject(made.body()).getString("secret");
    }

    /** Sends what is refused in many ways, with the secret where it belongs and where it doesn't. */
    private static List<String> provoked(final Caller caller) {
        return Stream.of(
                        caller.get("/v1/campaigns"),
                        caller.get("/v1/nothing"),
                        caller.get("/v1/campaigns?limit=none"),
                        caller.post("/v1/payments", "{"),
                        caller.post("/v1/payments", "{'id':'p1'}"),
                        caller.post("/v1/keys", "{'id':'k','merchant_id':'m1','role':'none'}"),
                        caller.send(caller.request("/v1/campaigns").header("X-Api-Key", caller.secret())),
                        caller.events("", "{'type':'none'}"))
                .map(response -> response.headers().map() + response.body())
                .toList();
    }

    /** As it is sent, the bytes that it stands for, and those in hexadecimal. */
    private static Stream<byte[]> forms(final String secret) {
        final byte[] text = secret.getBytes(StandardCharsets.US_ASCII);
        if (secret.length() != 46) {
            return Stream.of(text);
        }
        final byte[] raw = Base64.getUrlDecoder().decode(secret.substring(3));
        return Stream.of(text, raw, HexFormat.of().formatHex(raw).getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Path> filesWith(final Path root, final byte[] text) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, text))
                    .toList();
        }
    }

    private static boolean contains(final Path file, final byte[] text) {
        try {
            final byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i <= bytes.length - text.length; i++) {
                if (bytes[i] == text[0] && Arrays.equals(bytes, i, i + text.length, text, 0, text.length)) {
                    return true;
                }
            }
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
