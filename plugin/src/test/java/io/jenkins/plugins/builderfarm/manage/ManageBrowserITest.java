package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.pages.Browser;
import io.jenkins.plugins.builderfarm.pages.Farms;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Manage Jenkins → Builder Farm in a real browser, under a policy that forbids inline script. */
@WithJenkins
@Timeout(300)
class ManageBrowserITest {
    private static final String AT = "manage/builder-farm/";
    private static final String MIPS = "host-linux-mips64-rtrk";

    private static JenkinsRule jenkins;
    private static Browser browser;
    private BuilderFarmConfiguration farm;

    @BeforeAll
    static void start(JenkinsRule rule) throws IOException {
        jenkins = rule;
        browser = Browser.startOrSkip();
    }

    @BeforeEach
    void beginAnew() throws Exception {
        Farms.clear(jenkins);
        browser.forget();
        farm = BuilderFarmConfiguration.get();
        ConfigurationAsCode.get()
                .configure(Path.of("../docs/examples/go-dashboard.yaml").toString());
        HostType mips = farm.hostType(MIPS).orElseThrow();
        mips.setOwners(List.of(new Owner("Ada", "ada@example.org")));
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
            browser = null;
        }
    }

    @Test
    void shouldFitAndComplainOfNothing() throws IOException {
        for (int width : new int[] {1280, 375}) {
            browser.resize(width);
            for (boolean dark : new boolean[] {false, true}) {
                for (String page : List.of(
                        "",
                        "hostTypes/",
                        "hostTypes/new/",
                        "hostTypes/entry/" + MIPS + "/",
                        "builders/",
                        "hostTypes/entry/" + MIPS + "/referred")) {
                    open(page);
                    if (dark) {
                        browser.darken();
                    }
                    assertThat(browser.complaints()).as(page).isEmpty();
                    assertThat(browser.overflow())
                            .as("pixels that %s is too wide at %d", page, width)
                            .isZero();
                    if (width >= 1280) {
                        assertThat(browser.cutTables()).as(page).isEmpty();
                    }
                    browser.screenshot("manage-" + page.replaceAll("\\W+", "-") + width + (dark ? "-dark" : ""));
                }
            }
        }
    }

    @Test
    void shouldSearchFilterSortAndTurnPages() throws IOException {
        browser.resize(1280);
        open("builders/");
        assertThat(shown()).hasSize(50);
        assertThat(range()).isEqualTo("1–50 of 149");
        browser.driver.findElement(By.cssSelector("[data-step='1']")).click();
        assertThat(range()).isEqualTo("51–100 of 149");

        browser.driver.findElement(By.id("builder-farm-search")).sendKeys("mips rtrk");
        assertThat(shown())
                .containsExactly("linux-mips-rtrk", "linux-mips64-rtrk", "linux-mips64le-rtrk", "linux-mipsle-rtrk");
        assertThat(range()).isEqualTo("1–4 of 4 (149)");
        choose("owner", "Ada");
        assertThat(shown()).containsExactly("linux-mips-rtrk", "linux-mips64-rtrk");
        browser.driver.navigate().refresh();
        assertThat(shown()).as("the address remembers what was looked for").hasSize(2);
        browser.driver.findElement(By.cssSelector("#entries th a")).click();
        Awaitility.await()
                .untilAsserted(() -> assertThat(shown()).containsExactly("linux-mips64-rtrk", "linux-mips-rtrk"));

        open("hostTypes/");
        choose("source", "Reverse pool");
        choose("state", "disabled");
        assertThat(shown()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void shouldCreateEditAndRefuse() throws IOException {
        browser.resize(1280);
        open("hostTypes/new/");
        field("_.name").sendKeys("linux", Keys.TAB);
        awaitError("it starts with 'host-'");
        field("_.name").clear();
        field("_.name").sendKeys(MIPS, Keys.TAB);
        awaitError("is there already");
        browser.document("manage-wrong-input");
        field("_.name").clear();
        field("_.name").sendKeys("host-linux-new", Keys.TAB);
        awaitNoError();
        browser.document("manage-new-host-type");
        save();
        Awaitility.await()
                .untilAsserted(() -> assertThat(farm.hostType("host-linux-new")).isPresent());

        open("builders/new/");
        field("_.name").sendKeys("linux-new", Keys.TAB);
        field("_.hostType").sendKeys("host-linux-new", Keys.TAB);
        save();
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(farm.builder("linux-new")).get().returns("host-linux-new", Builder::getHostType));

        open("hostTypes/entry/host-linux-new/");
        field("_.platform").sendKeys("linux-arm64", Keys.TAB);
        save();
        Awaitility.await().untilAsserted(() -> assertThat(farm.hostType("host-linux-new"))
                .get()
                .returns("linux-arm64", HostType::getPlatform));

        open("hostTypes/entry/host-linux-new/");
        button("Delete").click();
        Awaitility.await().untilAsserted(() -> assertThat(
                        browser.driver.findElement(By.id("references")).getText())
                .isEqualTo("builder linux-new"));
        browser.document("manage-delete-refused");

        open("builders/entry/linux-new/");
        button("Delete").click();
        Awaitility.await().ignoreExceptions().untilAsserted(() -> browser.driver
                .findElement(By.cssSelector("dialog [data-id=ok]"))
                .click());
        Awaitility.await()
                .untilAsserted(() -> assertThat(farm.builder("linux-new")).isEmpty());

        open("hostTypes/");
        browser.document("manage-host-types");
        open("hostTypes/entry/" + MIPS + "/");
        browser.document("manage-host-type");
        assertThat(browser.complaints()).isEmpty();
    }

    private void open(String page) {
        browser.driver.get(url() + AT + page);
    }

    private String url() {
        try {
            return jenkins.getURL().toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private WebElement field(String name) {
        return browser.driver.findElement(By.cssSelector("form[name=config] [name='" + name + "']:not([type=hidden])"));
    }

    private WebElement button(String text) {
        return browser.driver.findElement(
                By.xpath("//div[contains(@class, 'jenkins-app-bar')]//a[contains(., '" + text + "')]"));
    }

    private void save() {
        browser.driver.findElement(By.cssSelector("button[name=Submit]")).click();
    }

    private void choose(String filter, String value) {
        browser.driver
                .findElement(By.cssSelector("[data-filter=" + filter + "] option[value='" + value + "']"))
                .click();
    }

    private void awaitError(String text) {
        Awaitility.await().untilAsserted(() -> assertThat(browser.driver.findElements(By.className("error")))
                .extracting(WebElement::getText)
                .anySatisfy(error -> assertThat(error).contains(text)));
    }

    private void awaitNoError() {
        Awaitility.await().untilAsserted(() -> assertThat(browser.driver.findElements(By.className("error")))
                .noneMatch(WebElement::isDisplayed));
    }

    private String range() {
        return browser.driver.findElement(By.cssSelector("[data-range]")).getText();
    }

    private List<String> shown() {
        return browser
                .driver
                .findElements(By.cssSelector("#entries > tbody > tr:not([hidden]) > td:first-child"))
                .stream()
                .map(WebElement::getText)
                .toList();
    }
}
