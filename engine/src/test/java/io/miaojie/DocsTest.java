package io.miaojie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Holds the pages of the repository against what they speak of: files, classes, methods, codes, each other. */
@Timeout(60)
class DocsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]\\w*");
    private static final Pattern MEMBER = Pattern.compile("([A-Z][a-z]\\w*)\\.(\\w+)");
    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
    private static final Pattern FILE = Pattern.compile("[\\w.-]+(/[\\w.-]+)*/?");
    private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

    private static final Pattern REPORT = Pattern.compile("\\]\\((\\S+/REPORT\\.md)\\)");
    private static final Pattern FIGURE_ROW = Pattern.compile("\\| (P\\d|bulk sustained)");

    private static Path root;
    private static Map<String, String> sources;
    private static String everything;

    @BeforeAll
    static void readSources() throws IOException {
        root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs/adr"))) {
            root = root.getParent();
        }
        sources = new HashMap<>();
        for (final Path file : files(".java")) {
            final String name = file.getFileName().toString().replace(".java", "");
            sources.merge(name, Files.readString(file), String::concat);
        }
        final String schema = Files.readString(root.resolve("engine/src/main/resources/sbe/miaojie.xml"));
        Pattern.compile("sbe:message name=\"(\\w+)\"")
                .matcher(schema)
                .results()
                .forEach(message -> sources.put(message.group(1), schema));
        final Map<String, String> others = new HashMap<>(sources);
        others.remove("DocsTest");
        everything = String.join("\n", others.values());
    }

    @Test
    void everyRelativeLinkResolves() throws IOException {
        final List<String> broken = new ArrayList<>();
        for (final Path page : files(".md")) {
            for (final MatchResult link : results(LINK, prose(page))) {
                final String target = link.group(1).replaceAll("#.*", "");
                final boolean isOurs = !target.isEmpty() && !target.contains("://") && !target.startsWith("mailto:");
                if (isOurs && !Files.exists(page.resolveSibling(target))) {
                    broken.add(root.relativize(page) + " -> " + target);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void theWalkAndTheRoomsNameOnlyWhatExists() throws IOException {
        final List<String> unknown = new ArrayList<>();
        int checkedCount = 0;
        for (final String name : List.of("docs/WALK.md", "docs/ARCHITECTURE.md")) {
            for (final MatchResult code : results(CODE, prose(root.resolve(name)))) {
                checkedCount++;
                if (!exists(code.group(1))) {
                    unknown.add(name + ": " + code.group(1));
                }
            }
        }
        assertEquals(List.of(), unknown);
        assertTrue(checkedCount > 150, "the pages were hardly read: checkedCount=" + checkedCount);
    }

    @Test
    void whatDoesNotExistIsFound() {
        assertFalse(exists("RingHoster"));
        assertFalse(exists("RingHost.submitNothing"));
        assertFalse(exists("CAP_REACHED_BY_NOBODY"));
        assertFalse(exists("engine/src/main/java/io/miaojie/nowhere"));
    }

    /** Rows of the committed report stand on the page letter by letter, and it tells of no others. */
    @Test
    void theFiguresAreThoseOfTheReport() throws IOException {
        final Path docs = root.resolve("docs");
        final String page = Files.readString(docs.resolve("PERFORMANCE.md"));
        final String figures = page.substring(page.indexOf("\n## Figures"), page.indexOf("\n## Rows under their goal"));
        final Matcher report = REPORT.matcher(figures);
        assertTrue(report.find(), "no report is linked");
        final List<String> measured =
                figureRows(Files.readString(docs.resolve(report.group(1)).normalize()));
        assertEquals(measured, figureRows(figures));
        assertTrue(measured.size() >= 20, "the report was hardly read: rows=" + measured.size());
    }

    @Test
    void decisionsAreNumberedWithoutGapsAndListed() throws IOException {
        final Path directory = root.resolve("docs/adr");
        final String list = Files.readString(directory.resolve("README.md"));
        final List<String> names;
        try (Stream<Path> pages = Files.list(directory)) {
            names = pages.map(page -> page.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < names.size(); i++) {
            final Matcher name = DECISION.matcher(names.get(i));
            assertTrue(name.matches(), names.get(i));
            assertEquals(i + 1, Integer.parseInt(name.group(1)), names.get(i));
            final String page = Files.readString(directory.resolve(names.get(i)));
            assertTrue(page.startsWith("# " + (i + 1) + ". "), names.get(i) + " begins with its number");
            assertTrue(list.contains("](" + names.get(i) + ")"), names.get(i) + " is not listed");
            for (final String part : List.of("\nStatus: ", "\n## Context", "\n## Decision", "\n## Consequences")) {
                assertTrue(page.contains(part), names.get(i) + " lacks" + part);
            }
            assertTrue(page.contains("\n## Evidence"), names.get(i) + " lacks evidence");
        }
        assertFalse(names.isEmpty());
    }

    private static List<String> figureRows(final String page) {
        return page.lines().filter(line -> FIGURE_ROW.matcher(line).lookingAt()).toList();
    }

    /** Words that are none of the forms below are not checked: field names, header names, SQL. */
    private static boolean exists(final String code) {
        final Matcher member = MEMBER.matcher(code);
        if (member.matches()) {
            final String source = sources.getOrDefault(member.group(1), "");
            return Pattern.compile("\\b" + member.group(2) + "\\b")
                    .matcher(source)
                    .find();
        }
        if (TYPE.matcher(code).matches()) {
            return sources.containsKey(code);
        }
        if (CONSTANT.matcher(code).matches()) {
            return Pattern.compile("\\b" + code + "\\b").matcher(everything).find();
        }
        final boolean isPath = FILE.matcher(code).matches() && (code.contains("/") || code.endsWith(".java"));
        return !isPath || isFile(code);
    }

    /** A path is given from the root, or from a room of the engine. */
    private static boolean isFile(final String path) {
        return Files.exists(root.resolve(path))
                || Files.exists(root.resolve("engine/src/main/java/io/miaojie").resolve(path))
                || Files.exists(root.resolve("docs").resolve(path));
    }

    /** Blocks of code are pictures: they are not read. */
    private static String prose(final Path page) throws IOException {
        return Files.readString(page, StandardCharsets.UTF_8).replaceAll("(?s)```.*?```", "");
    }

    private static List<MatchResult> results(final Pattern pattern, final String text) {
        return pattern.matcher(text).results().toList();
    }

    private static List<Path> files(final String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|miaojie-data|\\.git)/.*"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }
}
