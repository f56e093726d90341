package io.miaojie.api.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with an empty profile. Browser and driver are those of the machine; none is downloaded. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int INSTALL_MINUTES = 10;

    private final ChromeDriver driver;

    private Browser(final ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts one.
     *
     * @param profile an empty directory
     * @param language what its user speaks
     */
    public static Browser start(final Path profile, final String language) {
        requireInstalled();
        final LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        final ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.setCapability("goog:loggingPrefs", logs);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1280,900",
                "--lang=" + language,
                "--accept-lang=" + language,
                "--user-data-dir=" + profile);
        // Where it is set, Selenium looks for no other driver and asks nobody for one.
        System.setProperty(ChromeDriverService.CHROME_DRIVER_EXE_PROPERTY, DRIVER.toString());
        return new Browser(new ChromeDriver(options));
    }

    public ChromeDriver driver() {
        return driver;
    }

    public WebElement find(final String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Returns what this script returns; its last argument is a callback. */
    public Object run(final String script) {
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return driver.executeAsyncScript(script);
    }

    public <T> T await(final ExpectedCondition<T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50)).until(condition);
    }

    /** Shows the page as on a screen of this size. */
    public void resize(final int width, final int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public void prefer(final String colorScheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colorScheme))));
    }

    /** Lets no request of this page reach addresses like these; none: all do again. */
    public void block(final String... patterns) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
    }

    /** Returns what the browser complained of since the last call: faults of scripts, refusals by the policy. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    public void screenshot(final String name) {
        final File folder = new File("target/screenshots");
        try {
            Files.createDirectories(folder.toPath());
            Files.write(folder.toPath().resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static void requireInstalled() {
        if (isInstalled()) {
            return;
        }
        final boolean isRoot = "root".equals(System.getProperty("user.name"));
        if (isRoot && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            apt("update", "-qq");
            apt("install", "-y", "-qq", "chromium", "chromium-driver");
        }
        if (!isInstalled()) {
            throw new IllegalStateException("tests tagged browser need " + CHROMIUM + " and " + DRIVER
                    + ": apt-get install chromium chromium-driver, or leave them out by -DexcludedGroups=browser");
        }
    }

    private static boolean isInstalled() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    private static void apt(final String... arguments) {
        final ProcessBuilder apt = new ProcessBuilder("apt-get");
        apt.command().addAll(List.of(arguments));
        apt.environment().put("DEBIAN_FRONTEND", "noninteractive");
        try {
            if (!apt.inheritIO().start().waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("apt-get takes too long: " + apt.command());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
