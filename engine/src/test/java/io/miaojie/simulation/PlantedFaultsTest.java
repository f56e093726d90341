package io.miaojie.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A harness that finds nothing proves nothing: faults are planted in the core, one at a time, and the stories must find
 * each. {@code engine/src/test/faults/run} runs it alone.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PlantedFaultsTest {
    private static final Logger LOG = LoggerFactory.getLogger(PlantedFaultsTest.class);

    private static final Path ROOT = root();
    private static final int FAULTS_MIN = 10;

    /** Which of them are planted, as a pattern of names: in the build those that are found at once. */
    private static final String PLANTED = System.getProperty(
            "faults", "missed-idempotency-check|one-sided-posting|parked-refund-forgotten|unsaved-timer");

    private static final int SEEDS = 40;

    @TempDir
    private Path classes;

    /** A source that is compiled from memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(final Path path, final String text) {
            super(URI.create("string:///" + path.getFileName()), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(final boolean ignoresEncodingErrors) {
            return text;
        }
    }

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("engine/src/test/faults"))) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> planted() throws IOException {
        return patches().stream()
                .filter(file ->
                        file.getFileName().toString().replace(".patch", "").matches(PLANTED))
                .toList();
    }

    @Test
    void allOfThemStillFit() throws IOException {
        assertTrue(patches().size() >= FAULTS_MIN, patches()::toString);
        for (final Path patch : patches()) {
            final PlantedFault fault = PlantedFault.read(patch, ROOT);
            assertNotEquals(Files.readString(fault.source()), fault.faultySource(), fault.name());
        }
    }

    @Test
    void theStoriesFindNothingWhereNothingIsPlanted() throws Exception {
        try (URLClassLoader loader = loader()) {
            final LongFunction<?> story = story(loader);
            assertEquals("", story.apply(1));
            assertEquals(loader, story.getClass().getClassLoader(), "told to the core of this loader");
        }
    }

    @ParameterizedTest
    @MethodSource("planted")
    void isFound(final Path patch) throws Exception {
        final PlantedFault fault = PlantedFault.read(patch, ROOT);
        compile(new Source(fault.source(), fault.faultySource()));
        try (URLClassLoader loader = loader()) {
            final LongFunction<?> story = story(loader);
            final long seed = LongStream.concat(LongStream.of(fault.seed()), LongStream.rangeClosed(1, SEEDS))
                    .filter(each -> !story.apply(each).equals(""))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(fault.name() + " was not found by seeds 1 to " + SEEDS));
            LOG.info("{} is found by seed {}", fault.name(), seed);
        }
    }

    private void compile(final JavaFileObject source) {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        final List<String> options =
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString());
        assertTrue(
                compiler.getTask(null, null, said, options, null, List.of(source))
                        .call(),
                () -> said.getDiagnostics().toString());
    }

    /** Loads everything anew, the faulty class before the sound one. */
    private URLClassLoader loader() throws IOException {
        final Stream<Path> rest = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of);
        final URL[] urls = Stream.concat(Stream.of(classes), rest)
                .map(PlantedFaultsTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    }

    private static LongFunction<?> story(final ClassLoader loader) throws ReflectiveOperationException {
        return (LongFunction<?>)
                loader.loadClass(SeededStory.class.getName()).getConstructor().newInstance();
    }

    private static URL url(final Path path) {
        try {
            return path.toUri().toURL();
        } catch (final java.net.MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs/adr"))) {
            root = root.getParent();
        }
        return root;
    }
}
