package io.miaojie.api.page;

import io.miaojie.wire.Currencies;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every page by its path: a closed list, so that no path can name another file. Read once for the process; files of
 * libraries come out of their WebJars, whose paths carry their version.
 */
public final class Pages {
    private static final String UTF_8 = "; charset=utf-8";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html" + UTF_8,
            "css", "text/css" + UTF_8,
            "js", "text/javascript" + UTF_8,
            "svg", "image/svg+xml",
            "json", "application/json");

    private static final String[] OWN = {
        "console/app.js",
        "console/api.js",
        "console/campaigns.js",
        "console/chart.js",
        "console/console.css",
        "console/credits.js",
        "console/dom.js",
        "console/en.js",
        "console/feed.js",
        "console/figures.js",
        "console/icon.svg",
        "console/lookup.js",
        "console/metrics.js",
        "console/money.js",
        "console/sse.js",
        "console/text.js",
        "console/zh.js",
        "docs/docs.css",
        "docs/docs.js"
    };

    private static final Map<String, Page> ALL = read();

    private Pages() {}

    /** Returns the page of this path, null when there is none. */
    public static Page at(final String path) {
        return ALL.get(path);
    }

    /** Returns every path. */
    public static Set<String> paths() {
        return ALL.keySet();
    }

    private static Map<String, Page> read() {
        final Map<String, Page> pages = new HashMap<>();
        pages.put("/console", own("console/console.html"));
        pages.put("/docs", own("docs/docs.html"));
        for (final String name : OWN) {
            pages.put("/" + name, own(name));
        }
        pages.put("/console/currencies.json", new Page(currencies(), TYPES.get("json")));
        pages.put("/console/uplot.js", library("org.webjars.npm", "uplot", "dist/uPlot.esm.js"));
        pages.put("/console/uplot.css", library("org.webjars.npm", "uplot", "dist/uPlot.min.css"));
        pages.put("/docs/swagger-ui.js", library("org.webjars", "swagger-ui", "swagger-ui-bundle.js"));
        pages.put("/docs/swagger-ui.css", library("org.webjars", "swagger-ui", "swagger-ui.css"));
        return Map.copyOf(pages);
    }

    private static Page own(final String name) {
        return new Page(resource("/pages/" + name), type(name));
    }

    private static Page library(final String group, final String artifact, final String name) {
        final Properties made = new Properties();
        try (InputStream in = open("/META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
            made.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final String folder = "/META-INF/resources/webjars/" + artifact + "/" + made.getProperty("version") + "/";
        return new Page(resource(folder + name), type(name));
    }

    /** How many digits the minor unit of each currency has: the browser's own table is of another edition. */
    private static byte[] currencies() {
        return Currencies.all().stream()
                .sorted(Comparator.comparing(Currencies.Currency::code))
                .map(currency -> "\"" + currency.code() + "\":" + currency.minorDigits())
                .collect(Collectors.joining(",", "{", "}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String type(final String name) {
        return TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    }

    private static byte[] resource(final String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(final String path) throws IOException {
        final InputStream in = Pages.class.getResourceAsStream(path);
        if (in == null) {
            throw new FileNotFoundException("not in the jar: " + path);
        }
        return in;
    }
}
