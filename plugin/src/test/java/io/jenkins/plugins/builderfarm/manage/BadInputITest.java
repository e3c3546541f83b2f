package io.jenkins.plugins.builderfarm.manage;

import static io.jenkins.plugins.builderfarm.manage.Forms.builder;
import static io.jenkins.plugins.builderfarm.manage.Forms.cloud;
import static io.jenkins.plugins.builderfarm.manage.Forms.hostType;
import static io.jenkins.plugins.builderfarm.manage.Forms.owner;
import static io.jenkins.plugins.builderfarm.manage.Forms.pool;
import static io.jenkins.plugins.builderfarm.manage.Forms.twice;
import static io.jenkins.plugins.builderfarm.manage.Forms.variable;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.slaves.DummyCloudImpl;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.ExistingCloud;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.Owner;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.Samples;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is wrong is said as it is typed, refused when it is sent all the same, and then nothing of it is kept. */
@WithJenkins
class BadInputITest {
    @RegisterExtension
    private static final BadInputs BAD_INPUTS = new BadInputs();

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Samples.setEveryField(BuilderFarmConfiguration.get());
    }

    @Test
    void shouldRefuseAndSayWhy() throws Exception {
        String before = Samples.xml(BuilderFarmConfiguration.get());
        String longest = "host-" + "a".repeat(60);
        String types = "hostTypes/create";
        String builders = "builders/create";

        refused(types, hostType("name", ""), "host type is missing");
        refused(types, hostType("name", "linux"), "it starts with 'host-'");
        refused(types, hostType("name", "host-Linux"), "is not valid");
        refused(types, hostType("name", longest), "longer than 63 characters");
        refused(types, hostType("name", "host-<script>alert(1)</script>"), "is not valid");
        refused(types, hostType("name", "host-linux-amd64"), "host type host-linux-amd64 is there already");
        refused(types, hostType("minimumBuildlet", "newest"), "version 'newest' is not valid");
        refused(types, hostType("trust", "EVERYBODY"), "EVERYBODY");
        refused(types, hostType("owners", owner("", "ada@example.org")), "an owner has a name");
        refused(types, hostType("owners", owner("Ada", "ada")), "'ada' is not an e-mail address");
        refused(types, hostType("environment", variable("1A")), "'1A' can't be the name");
        refused(types, hostType("environment", variable("A B")), "'A B' can't be the name");
        refused(types, hostType("environment", twice("A")), "environment variable A is there twice");
        refused(types, hostType("source", new JSONObject()), "HostTypeSource");
        refused(types, pool("expected", "-1"), "'expected' is -1");
        refused(types, pool("expected", "many"), "'expected' is 'many', which is not a whole number");
        refused(types, pool("spares", "1000000"), "'spares' is 1000000");
        refused(types, pool("leaseLimit", "-5"), "'leaseLimit' is -5");
        refused(types, pool("buildLimit", "-1"), "'buildLimit' is -1");
        refused(types, pool("expectedMachines", "board 1"), "hostname 'board 1' is not valid");
        refused(types, pool("deniedMachines", "ok\na/b"), "hostname 'a/b' is not valid");
        refused(types, pool("pinnedMachines", "-"), "hostname '-' is not valid");
        refused(types, cloud("", "amd64", "0"), "names the cloud and the label");
        refused(types, cloud("gce", " ", "0"), "names the cloud and the label");
        refused(types, cloud("builder-farm", "amd64", "0"), "is the farm itself");
        refused(types, cloud("gce", "amd64", "-1"), "'executors' is -1");
        refused("hostTypes/entry/host-linux-amd64/save", hostType("name", "host-linux-riscv64-unmatched"), "already");
        refused(builders, builder("name", "Linux"), "builder 'Linux' is not valid");
        refused(builders, builder("name", "host-linux"), "only host types start with 'host-'");
        refused(builders, builder("name", "linux-amd64"), "builder linux-amd64 is there already");
        refused(builders, builder("hostType", ""), "host type is missing");
        refused(builders, builder("hostType", "linux"), "it starts with 'host-'");
        refused(builders, builder("timeoutScale", "-1"), "'timeoutScale' is -1");
        refused(builders, builder("timeoutScale", "twice"), "'timeoutScale' is 'twice', which is not a whole number");
        refused(builders, builder("environment", variable("a-b")), "'a-b' can't be the name");

        assertThat(Samples.xml(BuilderFarmConfiguration.get())).isEqualTo(before);
    }

    @Test
    void shouldSayItWhileItIsTyped() throws Exception {
        DummyCloudImpl cloud = new DummyCloudImpl(jenkins, 0);
        jenkins.jenkins.clouds.add(cloud);
        jenkins.createFreeStyleProject("template");
        String old = "host-linux-riscv64-unmatched";

        checked(HostType.class, "name", Map.of("value", "linux"), "it starts with");
        checked(HostType.class, "name", Map.of("value", "host-linux-amd64"), "is there already");
        checked(
                HostType.class,
                "name",
                Map.of("value", "host-new", "original", old),
                "a builder key is good for one name");
        checked(HostType.class, "minimumBuildlet", Map.of("value", "newest"), "version");
        checked(Owner.class, "name", Map.of("value", " "), "an owner has a name");
        checked(Owner.class, "email", Map.of("value", "ada"), "is not an e-mail address");
        checked(ReversePool.class, "expected", Map.of("value", "many"), "is not a whole number");
        checked(ReversePool.class, "spares", Map.of("value", "-1"), "not between 0 and");
        checked(ReversePool.class, "expectedMachines", Map.of("value", "a b"), "hostname");
        checked(ReversePool.class, "deniedMachines", Map.of("value", "a/b"), "hostname");
        checked(ReversePool.class, "pinnedMachines", Map.of("value", "-"), "hostname");
        checked(ReversePool.class, "buildLimit", Map.of("value", "1.5"), "is not a whole number");
        checked(ReversePool.class, "leaseLimit", Map.of("value", "10", "buildLimit", "20"), "ends builds before");
        checked(ExistingCloud.class, "cloud", Map.of("value", ""), "Name a cloud");
        checked(ExistingCloud.class, "cloud", Map.of("value", "gone"), "This Jenkins has no cloud gone.");
        checked(ExistingCloud.class, "cloud", Map.of("value", "builder-farm"), "is the farm itself");
        checked(ExistingCloud.class, "label", Map.of("value", ""), "Name a label");
        checked(ExistingCloud.class, "label", Map.of("value", "mips", "cloud", cloud.name), "serve label mips.");
        checked(ExistingCloud.class, "executors", Map.of("value", "-1"), "not between 0 and");
        checked(Builder.class, "name", Map.of("value", "linux-amd64"), "is there already");
        checked(Builder.class, "hostType", Map.of("value", "host-gone"), "There is no host type of this name.");
        checked(Builder.class, "timeoutScale", Map.of("value", "1.5"), "is not a whole number");
        checked(Builder.class, "timeoutScale", Map.of("value", "10000"), "not between 0 and");
        checked(
                Builder.class,
                "template",
                Map.of("value", "t/lost"),
                "there is neither a Pipeline template nor a job t/lost");
        checked(EnvironmentVariable.class, "name", Map.of("value", "1A"), "can't be the name");

        fine(HostType.class, "name", Map.of("value", "host-linux-amd64", "original", "host-linux-amd64"));
        fine(Owner.class, "email", Map.of("value", "ada@example.org"));
        fine(ReversePool.class, "leaseLimit", Map.of("value", "30", "buildLimit", "20"));
        fine(ExistingCloud.class, "cloud", Map.of("value", cloud.name));
        fine(Builder.class, "template", Map.of("value", "template"));
    }

    private void refused(String path, JSONObject form, String message) throws Exception {
        String sent = String.valueOf(form.remove(Forms.CHANGED));
        WebRequest request = post("manage/builder-farm/" + path);
        request.setRequestParameters(List.of(new NameValuePair("json", form.toString())));
        HtmlPage answer = send(request);
        String text = answer.querySelector("#main-panel").asNormalizedText();

        assertThat(answer.getWebResponse().getStatusCode())
                .as("%s: %s", sent, text)
                .isEqualTo(400);
        assertThat(text).as(sent).contains(message).doesNotContain("Exception");
        BAD_INPUTS.add(path, sent, "400 " + text);
    }

    private void checked(Class<?> type, String field, Map<String, String> values, String message) throws Exception {
        String answer = check(type, field, values);
        assertThat(answer).as("%s of %s", field, type).contains(message);
        BAD_INPUTS.add("check of " + type.getSimpleName() + "." + field, values.toString(), answer);
    }

    private void fine(Class<?> type, String field, Map<String, String> values) throws Exception {
        assertThat(check(type, field, values)).as("%s of %s", field, type).isEmpty();
    }

    private String check(Class<?> type, String field, Map<String, String> values) throws Exception {
        String query = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String method = "check" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
        HtmlPage answer = send(post("descriptorByName/" + type.getName() + "/" + method + "?" + query));
        assertThat(answer.getWebResponse().getStatusCode()).as(method).isEqualTo(200);
        return answer.asNormalizedText();
    }

    private WebRequest post(String path) throws Exception {
        return new WebRequest(new URL(jenkins.getURL(), path), HttpMethod.POST);
    }

    private HtmlPage send(WebRequest request) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            client.addCrumb(request);
            return client.getPage(request);
        }
    }
}
