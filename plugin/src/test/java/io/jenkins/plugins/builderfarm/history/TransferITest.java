package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmXml;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.Samples;
import io.jenkins.plugins.builderfarm.farm.RetirementLog;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.logging.Level;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration goes out as YAML and comes in again, all of it or nothing. */
@WithJenkins
class TransferITest {
    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
    }

    @Test
    void shouldComeInAsItWentOut() {
        Samples.setEveryField(farm);
        FarmXml before = farm.toXml();
        String yaml = cli("builder-farm-export", "").stdout();
        assertThat(cli("builder-farm-import", yaml).stdout())
                .as("nothing would change")
                .doesNotContain("would be");
        farm.setBuilders(List.of());
        farm.setHostTypes(List.of());
        farm.setMinimumBuildlet("");
        farm.setControllerUrls(List.of());
        farm.setReleases(null);
        farm.setRuleSets(List.of());
        farm.setReviewedJobs(List.of());
        farm.setPipelineTemplates(List.of());
        farm.setJobFolder("");

        Result result = cli("builder-farm-import", yaml, "--apply");

        assertThat(result.stderr()).isEmpty();
        assertThat(farm.toXml()).isEqualTo(before);
        assertThat(farm.draft().toXml()).isEqualTo(before);
        assertThat(ConfigurationHistory.get().latest().get(0).how()).isEqualTo("command builder-farm-import");
    }

    @Test
    void shouldSayWhatWouldChangeAndChangeNothing() {
        farm.setHostTypes(
                List.of(new HostType("host-a", new ReversePool()), new HostType("host-b", new ReversePool())));
        farm.setBuilders(List.of(new Builder("linux-b", "host-b")));
        FarmXml before = farm.toXml();

        Result preview = cli("builder-farm-import", """
                unclassified:
                  builderFarm:
                    hostTypes:
                      - name: host-a
                        notes: new
                        source: reversePool
                      - name: host-c
                        source:
                          reversePool:
                            expected: 3
                """);

        assertThat(preview.stdout())
                .contains(
                        "host type host-a would be changed",
                        "    +notes: new",
                        "host type host-b would be retired",
                        "host type host-c would be added",
                        "Warning: Builder linux-b names host type host-b, which is not configured.",
                        "Warning: Host type host-b no longer lets machines dial in");
        assertThat(farm.toXml()).isEqualTo(before);
    }

    @Test
    void shouldWarnThatMachinesOfARenamedHostTypeNeedAnotherKey() throws Exception {
        farm.setHostTypes(List.of(new HostType("host-a", new ReversePool())));
        farm.setBuilders(List.of(new Builder("linux-a", "host-a")));
        String renamed = cli("builder-farm-export", "").stdout().replace("\"host-a\"", "\"host-b\"");
        String warning = "Host type host-a goes on as host-b: a builder key is good for one name";

        assertThat(cli("builder-farm-import", renamed).stdout()).contains("Warning: " + warning);
        HtmlForm form = jenkins.createWebClient().goTo("builders/transfer/").getFormByName("preview");
        form.getTextAreaByName("yaml").setText(renamed);
        assertThat(((HtmlPage) jenkins.submit(form)).asNormalizedText()).contains(warning);

        LogRecorder log =
                new LogRecorder().record(RetirementLog.class, Level.WARNING).capture(10);
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(jenkins.jenkins.getRootDir().toPath().resolve("farm.yaml"), renamed)
                                .toString());
        assertThat(farm.hostType("host-b")).isPresent();
        assertThat(log.getMessages()).singleElement().asString().contains(warning);
        log.close();
    }

    @Test
    void shouldNameTheLineAndChangeNothingIfAnythingIsWrong() {
        Samples.setEveryField(farm);
        FarmXml before = farm.toXml();

        wrong(
                "unclassified:\n  builderFarm:\n    minimumBuildlet: newest\n    builders: []\n",
                "version 'newest' is not valid");
        wrong(
                "unclassified:\n  builderFarm:\n    builders: []\n    hostTypes:\n      - name: linux\n        source: reversePool\n",
                "'linux' is not valid",
                "line:5");
        wrong("unclassified:\n  builderFarm:\n    buidlers: []\n", "buidlers", "line:3");
        wrong("unclassified:\n  location:\n    url: https://example.org/\n", "not 'location'", "line:");
        wrong("jenkins:\n  numExecutors: 0\n", "not 'jenkins'");
        wrong("unclassified:\n  builderFarm: [\n", "this is no YAML", "line 3");
        wrong("", "'unclassified' is missing");
        wrong("just words", "this is no YAML", "line 1");
        wrong(
                "unclassified:\n  builderFarm:\n    builders:\n      - {name: a, hostType: host-a}\n      - {name: a, hostType: host-a}\n",
                "builder a is there twice");

        assertThat(farm.toXml()).isEqualTo(before);
    }

    @Test
    void shouldImportOnThePage() throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo("builders/transfer/");
        HtmlForm form = page.getFormByName("preview");
        form.getTextAreaByName("yaml")
                .setText(
                        "unclassified:\n  builderFarm:\n    hostTypes:\n      - name: host-a\n        source: reversePool\n");
        HtmlPage preview = (HtmlPage) jenkins.submit(form);
        assertThat(preview.asNormalizedText()).contains("host type host-a: added");
        assertThat(farm.getHostTypes()).isEmpty();

        HtmlPage history = (HtmlPage) jenkins.submit(preview.getFormByName("apply"));

        assertThat(farm.hostType("host-a")).isPresent();
        assertThat(history.asNormalizedText()).contains("page /builders/transfer/apply");
    }

    private void wrong(String yaml, String... messages) {
        Result result = cli("builder-farm-import", yaml, "--apply");
        assertThat(result.returnCode()).as(yaml).isEqualTo(3);
        assertThat(result.stderr()).as(yaml).contains(messages);
    }

    private Result cli(String command, String input, String... arguments) {
        return new CLICommandInvoker(jenkins, command)
                .withStdin(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs(arguments);
    }
}
