package io.miaojie.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.miaojie.api.support.Caller;
import io.miaojie.api.support.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yaml.snakeyaml.Yaml;

/** The dashboard, the alerts and the console ask for figures that the server tells. */
@Timeout(60)
class WatchFilesTest {
    private static final Pattern NAME = Pattern.compile("\\b(?:miaojie|jvm)_[a-z_]+\\b");
    private static final Path DASHBOARD = Path.of("../docs/grafana/miaojie.json");
    private static final Path ALERTS = Path.of("../docs/alerts/miaojie.yml");
    private static final Path CONSOLE = Path.of("src/main/resources/pages/console/figures.js");

    private static Set<String> told;

    @BeforeAll
    static void scrape() {
        try (TestServer server = TestServer.start()) {
            server.merchant("m1");
            final Caller shop = server.key("m1", "k1", "operate");
            TestServer.expect(200, shop.get("/v1/campaigns"));
            told = shop.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyNameIsTold() throws IOException {
        for (final Path file : List.of(DASHBOARD, ALERTS, CONSOLE)) {
            final Set<String> asked = names(Files.readString(file));
            final Set<String> unknown = new TreeSet<>(asked);
            unknown.removeAll(told);
            assertEquals(Set.of(), unknown, file.toString());
            assertTrue(asked.size() >= 5, file + " " + asked);
        }
    }

    @Test
    void aNameThatNobodyTellsIsFound() {
        assertFalse(told.containsAll(names("rate(miaojie_wishes_total[1m])")));
    }

    @Test
    void panelsAndRulesAreWhole() throws IOException {
        final JsonObject dashboard = new JsonObject(Files.readString(DASHBOARD));
        assertTrue(dashboard.getJsonArray("panels").size() >= 10);
        dashboard.getJsonArray("panels").forEach(panel -> {
            final JsonObject each = (JsonObject) panel;
            assertFalse(each.getString("description").isEmpty(), each.getString("title"));
            assertFalse(each.getJsonArray("targets").isEmpty(), each.getString("title"));
        });
        final Map<String, Object> file = new Yaml().load(Files.readString(ALERTS));
        final JsonObject group = new JsonObject(file).getJsonArray("groups").getJsonObject(0);
        group.getJsonArray("rules").forEach(rule -> {
            final JsonObject each = (JsonObject) rule;
            assertFalse(names(each.getString("expr")).isEmpty(), each.encode());
            assertTrue(Set.of("page", "ticket")
                    .contains(each.getJsonObject("labels").getString("severity")));
            assertFalse(each.getJsonObject("annotations").getString("summary").isEmpty());
        });
    }

    private static Set<String> names(final String text) {
        return NAME.matcher(text).results().map(match -> match.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
