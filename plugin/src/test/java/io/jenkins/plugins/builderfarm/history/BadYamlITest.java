package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmXml;
import io.jenkins.plugins.builderfarm.config.Samples;
import io.jenkins.plugins.builderfarm.manage.BadInputs;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is wrong in YAML: the import, as a command and as a page, and configuration as code say the same. */
@WithJenkins
class BadYamlITest {
    @RegisterExtension
    private static final BadInputs BAD_INPUTS = new BadInputs();

    private static final String POOL = "source: {reversePool: {";

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @Test
    void shouldSayWhatIsWrongAndChangeNothing(JenkinsRule rule) throws Exception {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
        Samples.setEveryField(farm);

        hostType("name: linux, source: reversePool", "it starts with 'host-'");
        hostType("source: reversePool", "host type is missing");
        hostType("name: host-a", "has no source");
        hostType("name: host-a, source: nowhere", "nowhere");
        hostType("name: host-a, source: reversePool, trust: EVERYBODY", "EVERYBODY");
        hostType("name: host-a, source: reversePool, colour: red", "colour");
        hostType("name: host-a, source: reversePool, minimumBuildlet: newest", "version 'newest' is not valid");
        hostType("name: host-a, source: reversePool, jobs: [/a]", "'/a' is no job's full name");
        hostType("name: host-a, source: reversePool, owners: [{email: a@b}]", "an owner has a name");
        hostType("name: host-a, source: reversePool, owners: [{name: A, email: b}]", "'b' is not an e-mail address");
        hostType("name: host-a, source: reversePool, environment: [{name: 1A}]", "'1A' can't be the name");
        hostType("name: host-a, " + POOL + "expected: -1}}", "'expected' is -1");
        hostType("name: host-a, " + POOL + "expected: many}}", "many");
        hostType("name: host-a, " + POOL + "spares: 1000000}}", "'spares' is 1000000");
        hostType("name: host-a, " + POOL + "leaseLimit: -1}}", "'leaseLimit' is -1");
        hostType("name: host-a, " + POOL + "buildLimit: -1}}", "'buildLimit' is -1");
        hostType("name: host-a, " + POOL + "deniedMachines: [a b]}}", "hostname 'a b' is not valid");
        hostType("name: host-a, " + POOL + "pinnedMachines: [a/b]}}", "hostname 'a/b' is not valid");
        hostType("name: host-a, source: {cloud: {cloud: gce}}", "names the cloud and the label");
        hostType("name: host-a, source: {cloud: {cloud: builder-farm, label: a}}", "is the farm itself");
        hostType("name: host-a, source: {cloud: {cloud: gce, label: a, executors: -1}}", "'executors' is -1");
        farm("hostTypes: [{name: host-a, source: reversePool}, {name: host-a, source: reversePool}]", "is there twice");
        farm("builders: [{name: Linux, hostType: host-a}]", "builder 'Linux' is not valid");
        farm("builders: [{name: linux}]", "host type is missing");
        farm("builders: [{name: linux, hostType: host-a, rules: build everything}]", "rule 1");
        farm("builders: [{name: a, hostType: host-a}, {name: a, hostType: host-a}]", "builder a is there twice");
        farm("builders: [{name: linux, hostType: host-a, timeoutScale: twice}]", "'timeoutScale' is 'twice'");
        farm("builders: [{name: linux, hostType: host-a, timeoutScale: -1}]", "'timeoutScale' is -1");
        farm("retries: 11", "'retries' is 11");
        farm("retries: often", "'retries' is 'often'");
        farm("ruleSets: [{name: default, rules: never}]", "rule 1");
        farm("ruleSets: [{name: a b}]", "can't be the name of a rule set");
        farm("pipelineTemplates: [{script: x}]", "a template needs a name");
        farm("controllerUrls: [\"http://farm.example.org/\"]", "only https is accepted");
        farm("minimumBuildlet: newest", "version 'newest' is not valid");
        farm("reviewedJobs: [a//b]", "is no job's full name");
        farm("releases: {bucket: farm, keys: [\"" + Samples.RELEASE_KEY + "\"]}", "not of the form gs://");
        farm("releases: {bucket: \"gs://farm/go\", keys: []}", "at least one release key");
        farm("releases: {bucket: \"gs://farm/go\", keys: [rsa]}", "a release key starts with");
        farm("hostType: []", "hostType");
    }

    private void hostType(String yaml, String message) throws Exception {
        farm("hostTypes: [{" + yaml + "}]", message);
    }

    private void farm(String yaml, String message) throws Exception {
        String document = "unclassified:\n  builderFarm:\n    " + yaml + "\n";
        FarmXml before = farm.toXml();

        Result command = new CLICommandInvoker(jenkins, "builder-farm-import")
                .withStdin(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
                .invokeWithArgs("--apply");
        assertThat(command.returnCode()).as("%s: %s", yaml, command.stderr()).isEqualTo(3);
        said("builder-farm-import", yaml, message, command.stderr());
        said("page /builders/transfer", yaml, message, page(document));
        said("configuration as code", yaml, message, asCode(document));

        assertThat(farm.toXml()).as(yaml).isEqualTo(before);
    }

    private static void said(String where, String yaml, String message, String answer) {
        assertThat(answer).as("%s: %s", where, yaml).contains(message).doesNotContain("\tat ");
        BAD_INPUTS.add(where, yaml, answer.replaceFirst("ERROR: ", ""));
    }

    /** As the page's form sends it; that the form does is {@code BrowserITest}'s to see. */
    private String page(String document) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), "builders/transfer/preview"), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("yaml", document)));
            client.addCrumb(request);
            HtmlPage answer = client.getPage(request);
            assertThat(answer.getWebResponse().getStatusCode()).as(document).isEqualTo(400);
            return answer.querySelector("#main-panel").asNormalizedText();
        }
    }

    /** It says each part in an exception of its own. */
    private String asCode(String document) throws Exception {
        Path file = Files.writeString(directory.resolve("jenkins.yaml"), document);
        List<String> messages = new ArrayList<>();
        Throwable thrown = catchThrowable(() -> ConfigurationAsCode.get().configure(file.toString()));
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            messages.add(cause.getMessage());
        }
        return String.join(": ", messages);
    }
}
