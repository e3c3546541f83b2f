package io.jenkins.plugins.builderfarm.pages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium without a window, as the machine's package manager installed it. While it is open, Jenkins serves its
 * pages under a policy that forbids inline script.
 */
public final class Browser implements AutoCloseable {
    private static final int HEIGHT = 900;
    private static final String POLICY = "jenkins.security.csp.CspHeader.headerName";

    public final ChromeDriver driver;
    private final Path profile;

    private Browser(Path chromium, Path chromedriver) throws IOException {
        profile = Files.createTempDirectory("chromium");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toString());
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
                "--user-data-dir=" + profile);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(chromedriver.toFile())
                        .build(),
                options);
    }

    /** Skips the test where there is no browser, and says what to install. */
    public static Browser startOrSkip() throws IOException {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> chromedriver = onPath("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "no chromium and chromedriver on the PATH (Debian: chromium, chromium-driver): the pages were not looked at");
        System.setProperty(POLICY, "Content-Security-Policy");
        return new Browser(chromium.get(), chromedriver.get());
    }

    private static Optional<Path> onPath(String... names) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(names)
                .flatMap(name ->
                        Stream.of(path.split(java.io.File.pathSeparator)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param width of the page in CSS pixels, phones' below 768 */
    public void resize(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", width < 768));
    }

    /** Forgets who was signed in, what pages kept here, and what they complained of. */
    public void forget() {
        URI page = URI.create(driver.getCurrentUrl());
        if (page.getAuthority() != null) {
            driver.executeCdpCommand(
                    "Storage.clearDataForOrigin",
                    Map.of("origin", page.getScheme() + "://" + page.getAuthority(), "storageTypes", "all"));
        }
        driver.get("about:blank");
        complaints();
    }

    /** What the page logged since it was asked last: errors of scripts, violations of the security policy, and so on. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** By how many pixels the page is wider than its window. */
    public long overflow() {
        return (Long) driver.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    }

    /** Scrolling tables, by their id, that are wider than their place: their last columns are cut. */
    @SuppressWarnings("unchecked")
    public List<String> cutTables() {
        return (List<String>)
                driver.executeScript(
                        "return Array.from(document.querySelectorAll('.builder-farm-scroll'))"
                                + ".filter(place => place.scrollWidth > place.clientWidth)"
                                + ".map(place => place.querySelector('table').id + ' by ' + (place.scrollWidth - place.clientWidth));");
    }

    /** A picture for the documents, which are only written to where that is asked for: -Dbuilderfarm.screenshots. */
    public void document(String name) throws IOException {
        screenshot("docs-" + name);
        if (Boolean.getBoolean("builderfarm.screenshots")) {
            Path images = Files.createDirectories(Path.of("..", "docs", "user", "images"));
            Files.write(images.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        }
    }

    /** As the dark theme does it, which is a plugin of its own: its variables, chosen by an attribute of the document. */
    public void darken() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("dark.css")) {
            driver.executeScript(
                    "const style = new CSSStyleSheet(); style.replaceSync(arguments[0]);"
                            + "document.adoptedStyleSheets.push(style);"
                            + "document.documentElement.setAttribute('data-theme', 'dark');"
                            // Else a picture would show colours that are half way from the light ones.
                            + "document.getAnimations().forEach(animation => animation.finish());",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    public void screenshot(String name) throws IOException {
        Path directory = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(directory.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(POLICY);
        driver.quit();
        hudson.Util.deleteRecursive(profile.toFile());
    }
}
