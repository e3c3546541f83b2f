package io.jenkins.plugins.builderfarm.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages in a real browser, under a policy that forbids inline script. Screenshots go to target/screenshots. */
@WithJenkins
@Timeout(300)
class BrowserITest {
    private static final int DESKTOP = 1280;
    private static final List<String> PAGES = List.of(
            "builders/",
            "builders/pools/",
            "builders/hostType/" + SamplePool.MIPS + "/",
            "builders/hostType/" + SamplePool.MIPS + "/key/",
            "builders/history/",
            "builders/transfer/",
            "builders/policy/",
            "builders/policy/?repository=go&branch=master");
    private static final String YAML = """
            unclassified:
              builderFarm:
                hostTypes:
                  - name: host-linux-mips64-renamed
                    source: reversePool
                  - name: host-linux-riscv64-unmatched
                    notes: A second one stands beside it since May.
                    source:
                      reversePool:
                        expected: 2
                builders:
                  - name: linux-mips64-rtrk
                    hostType: host-linux-mips64-renamed
                  - name: lost
                    hostType: host-gone
            """;

    private static JenkinsRule jenkins;
    private static Browser browser;

    @BeforeAll
    static void start(JenkinsRule rule) throws IOException {
        jenkins = rule;
        browser = Browser.startOrSkip();
    }

    @BeforeEach
    void beginAnew() {
        Farms.clear(jenkins);
        browser.forget();
        browser.resize(DESKTOP);
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
            browser = null;
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
            if (width >= DESKTOP) {
                assertThat(browser.cutTables()).as(page).isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "1280, dark", "375, light", "375, dark"})
    void shouldShowWhatAnImportWouldChangeAndApplyIt(int width, String look) throws IOException {
        Farms.configure();
        browser.resize(width);
        open("builders/transfer/", look);
        browser.driver.findElement(By.name("yaml")).sendKeys(YAML);
        browser.driver.findElement(By.cssSelector("form[name=preview] button")).click();
        Awaitility.await().untilAsserted(() -> assertThat(browser.driver.findElements(By.name("apply")))
                .hasSize(1));
        look(look);

        assertThat(browser.driver.findElement(By.id("main-panel")).getText())
                .contains("host-linux-mips64-rtrk goes on as host-linux-mips64-renamed", "host-gone", "A second one");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.overflow()).isZero();
        browser.screenshot("import-preview-" + width + "-" + look);
        if (width == DESKTOP && look.equals("light")) {
            browser.document("import-preview");
        }

        browser.driver.findElement(By.cssSelector("form[name=apply] button")).click();
        Awaitility.await()
                .untilAsserted(() -> assertThat(BuilderFarmConfiguration.get().hostType("host-linux-mips64-renamed"))
                        .isPresent());
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "1280, dark", "375, light", "375, dark"})
    void shouldShowOwnersTheirMachines(int width, String look) throws IOException {
        Farms.configure();
        SamplePool.install();
        Owner ada = new Owner("Ada", "ada@example.org");
        ada.setUsers(List.of("ada"));
        BuilderFarmConfiguration.get()
                .hostType(SamplePool.MIPS.value())
                .orElseThrow()
                .setOwners(List.of(ada));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("ada"));
        browser.resize(width);
        browser.driver.get(jenkins.getURL() + "login");
        browser.driver.findElement(By.name("j_username")).sendKeys("ada");
        browser.driver.findElement(By.name("j_password")).sendKeys("ada", Keys.ENTER);
        Awaitility.await()
                .untilAsserted(() -> assertThat(browser.driver.getCurrentUrl()).doesNotContain("login"));

        for (String page : List.of("builders/mine/", "builders/hostType/" + SamplePool.MIPS + "/")) {
            open(page, look);

            assertThat(shown("machines")).contains("board1", "board3");
            assertThat(browser.complaints()).as(page).isEmpty();
            assertThat(browser.overflow()).as(page).isZero();
            browser.screenshot("owner-" + page.replaceAll("\\W+", "-") + width + "-" + look);
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
        look(look);
    }

    private void look(String look) throws IOException {
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
