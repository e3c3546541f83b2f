package io.jenkins.plugins.builderfarm.manage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.PipelineTemplate;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.examples.GoDashboard;
import io.jenkins.plugins.builderfarm.jobs.Reconciler;
import io.jenkins.plugins.builderfarm.pages.Browser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Builders' jobs in a real browser, under a policy that forbids inline script. */
@WithJenkins
@Timeout(300)
class JobsBrowserITest {
    private static final String AT = "manage/builder-farm/jobs/";
    private static final String HOST = "host-linux-test";

    private JenkinsRule jenkins;
    private Browser browser;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        browser = Browser.startOrSkip();
        BuilderFarmConfiguration farm = BuilderFarmConfiguration.get();
        farm.setHostTypes(List.of(new HostType(HOST, new ReversePool())));
        farm.setPipelineTemplates(
                List.of(new PipelineTemplate("go", "node(@{label}) {\n    sh 'make @{target}'\n}\n")));
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    /** The first one lacks a placeholder that the template wants, so it is refused. */
    private static List<Builder> builders() {
        List<Builder> builders = new ArrayList<>();
        for (GoDashboard.Build build : GoDashboard.read().builders()) {
            Builder builder = new Builder(build.name(), HOST);
            builder.setTemplate("go");
            if (!builders.isEmpty()) {
                builder.setPlaceholders(List.of(new EnvironmentVariable("target", "all")));
            }
            builders.add(builder);
        }
        return builders;
    }

    @Test
    void shouldShowAPlanThatCanBeReadFilteredAndApplied() throws Exception {
        synchronized (Reconciler.get()) {
            BuilderFarmConfiguration.get().setBuilders(builders());
            for (int width : new int[] {1280, 375}) {
                browser.resize(width);
                for (String page : List.of("", "builder/linux-amd64-race/")) {
                    for (boolean dark : new boolean[] {false, true}) {
                        open(page);
                        if (dark) {
                            browser.darken();
                        }
                        if (page.isEmpty()) {
                            details().get(0).click();
                        }
                        assertThat(browser.complaints()).as(page).isEmpty();
                        assertThat(browser.overflow())
                                .as("pixels that %s is too wide at %d", page, width)
                                .isZero();
                        browser.screenshot("jobs-" + page.replaceAll("\\W+", "-") + width + (dark ? "-dark" : ""));
                    }
                }
            }
            browser.resize(1280);
            open("");
            assertThat(range()).isEqualTo("1–50 of 149");
            browser.driver
                    .findElement(By.cssSelector("[data-filter=state] option[value=refused]"))
                    .click();
            assertThat(range()).isEqualTo("1–1 of 1 (149)");
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(jenkins.jenkins.getItems()).hasSize(148));
        jenkins.jenkins.getItem("linux-amd64-race").delete();
        open("");
        browser.driver.findElement(By.cssSelector("form[name=apply] button")).click();
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertThat(
                        browser.driver.findElement(By.id("done")).getText())
                .isEqualTo("create linux-amd64-race for builder linux-amd64-race"));
        browser.screenshot("jobs-applied");
        assertThat(browser.complaints()).isEmpty();
    }

    private void open(String page) throws IOException {
        browser.driver.get(jenkins.getURL() + AT + page);
    }

    private String range() {
        return browser.driver.findElement(By.cssSelector("[data-range]")).getText();
    }

    /** What opens changes, of the rows that are shown. */
    private List<WebElement> details() {
        return browser.driver.findElements(By.cssSelector("#jobs > tbody > tr:not([hidden]) summary"));
    }
}
