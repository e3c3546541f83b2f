package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import io.jenkins.plugins.builderfarm.pages.Browser;
import io.jenkins.plugins.builderfarm.pages.Farms;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.openqa.selenium.By;

/** The results, on their own page and on the builders', in a real browser. */
@WithJenkins
@Timeout(300)
class ResultsBrowserITest {
    private static final List<String> BUILDERS = List.of("linux-amd64-race", "linux-mips64-rtrk", "linux-mips64-short");
    private static final int REVISIONS = 12;

    private JenkinsRule jenkins;
    private Browser browser;

    @BeforeEach
    void start(JenkinsRule rule) throws IOException {
        jenkins = rule;
        browser = Browser.startOrSkip();
        Farms.configure();
        FreeStyleProject job = rule.createFreeStyleProject("net");
        Outcome[] outcomes = Outcome.values();
        for (int revision = 0; revision < REVISIONS; revision++) {
            for (int i = 0; i < BUILDERS.size(); i++) {
                int number = revision * BUILDERS.size() + i;
                Results.get()
                        .add(new BuildResult(
                                BUILDERS.get(i),
                                new Revision("net", "master", "%040x".formatted(0xC0FFEE + revision)),
                                job.getFullName(),
                                number,
                                outcomes[number % outcomes.length],
                                number % 2 == 0,
                                Instant.EPOCH.plusSeconds(number),
                                60_000,
                                false));
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest(name = "{0} px, {1}")
    @CsvSource({"1280, light", "1280, dark", "375, light", "375, dark"})
    void shouldFitAndComplainOfNothing(int width, String look) throws IOException {
        browser.resize(width);
        for (String page : List.of("builders/results/", "builders/results/?builder=mips", "builders/")) {
            browser.driver.get(jenkins.getURL() + page);
            if (look.equals("dark")) {
                browser.darken();
            }

            assertThat(browser.driver.findElements(By.cssSelector(".builder-farm-result")))
                    .as(page)
                    .isNotEmpty();
            assertThat(browser.complaints()).as(page).isEmpty();
            assertThat(browser.overflow())
                    .as("pixels that %s is too wide", page)
                    .isZero();
            browser.screenshot("results-" + page.replaceAll("\\W+", "-") + width + "-" + look);
        }
    }
}
