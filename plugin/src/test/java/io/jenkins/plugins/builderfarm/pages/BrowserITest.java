package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The pages in a real browser, under a policy that forbids inline script. Screenshots go to target/screenshots. */
@WithJenkins
@Timeout(300)
class BrowserITest {
    private static final String POLICY = "jenkins.security.csp.CspHeader.headerName";
    private static final List<String> PAGES = List.of(
            "builders/",
            "builders/pools/",
            "builders/hostType/" + SamplePool.MIPS + "/",
            "builders/hostType/" + SamplePool.MIPS + "/key/");

    private JenkinsRule jenkins;
    private Browser browser;

    @BeforeEach
    void start(JenkinsRule rule) throws IOException {
        jenkins = rule;
        System.setProperty(POLICY, "Content-Security-Policy");
        Optional<Browser> started = Browser.start();
        assumeTrue(started.isPresent(), Browser::missing);
        browser = started.get();
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(POLICY);
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "1280, dark", "375, light", "375, dark"})
    void shouldFitAndComplainOfNothing(int width, String look) throws IOException {
        ConfigurationAsCode.get()
                .configure(Path.of("../docs/examples/go-dashboard.yaml").toString());
        SamplePool.install();
        browser.resize(width);

        for (String page : PAGES) {
            open(page, look);

            assertThat(browser.complaints()).as(page).isEmpty();
            assertThat(browser.overflow())
                    .as("pixels that %s is too wide", page)
                    .isZero();
            browser.screenshot(page.replaceAll("\\W+", "-") + width + "-" + look);
        }
    }

    @ParameterizedTest(name = "{0} px")
    @CsvSource({"1280", "375"})
    void shouldSayTheNextStepOnEmptyPages(int width) throws IOException {
        browser.resize(width);

        for (String page : List.of("builders/", "builders/pools/")) {
            open(page, "light");

            assertThat(browser.driver
                            .findElement(By.linkText("Add a host type"))
                            .isDisplayed())
                    .isTrue();
            assertThat(browser.complaints()).as(page).isEmpty();
            assertThat(browser.overflow()).isZero();
            browser.screenshot("empty-" + page.replaceAll("\\W+", "-") + width);
        }
    }

    @Test
    void shouldFilterAndSort() throws IOException {
        ConfigurationAsCode.get()
                .configure(Path.of("../docs/examples/go-dashboard.yaml").toString());
        open("builders/", "light");

        WebElement filter = browser.driver.findElement(By.id("builder-farm-filter"));
        filter.sendKeys("MIPS rtrk");

        assertThat(shown("builders"))
                .containsExactly("linux-mips-rtrk", "linux-mips64-rtrk", "linux-mips64le-rtrk", "linux-mipsle-rtrk");
        assertThat(shown("hosts")).containsExactly("host-linux-mips64-rtrk", "host-linux-mips64le-rtrk");
        assertThat(browser.driver
                        .findElement(By.cssSelector("[data-count-of=builders]"))
                        .getText())
                .isEqualTo("4 / 149");

        browser.driver.navigate().refresh();
        assertThat(shown("hosts")).as("the address remembers the filter").hasSize(2);

        browser.driver.findElement(By.cssSelector("#hosts th a")).click();
        assertThat(shown("hosts")).containsExactly("host-linux-mips64le-rtrk", "host-linux-mips64-rtrk");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shouldShowAKeyOnce() throws IOException {
        Farms.configure();
        open("builders/hostType/" + SamplePool.MIPS + "/key/", "light");

        browser.driver.findElement(By.cssSelector("form[name=show] button")).click();

        assertThat(browser.driver
                        .findElement(By.cssSelector(".builder-farm-command pre"))
                        .getText())
                .startsWith("bfk1:host-linux-mips64-rtrk:1:");
        assertThat(browser.driver.getCurrentUrl()).doesNotContain("bfk1");
        assertThat(browser.complaints()).isEmpty();
    }

    private void open(String page, String look) throws IOException {
        browser.driver.get(jenkins.getURL() + page);
        if (look.equals("dark")) {
            browser.darken();
        }
    }

    private List<String> shown(String table) {
        return browser
                .driver
                .findElements(By.cssSelector("#" + table + " > tbody > tr:not([hidden]) > td:first-child"))
                .stream()
                .filter(WebElement::isDisplayed)
                .map(WebElement::getText)
                .toList();
    }
}
