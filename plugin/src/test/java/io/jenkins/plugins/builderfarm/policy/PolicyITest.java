package io.jenkins.plugins.builderfarm.policy;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.cli.CLICommandInvoker;
import hudson.cli.CLICommandInvoker.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.EnvironmentVariable;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.SharedRules;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.Page;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The policy as it is asked from outside: page, JSON, command. */
@WithJenkins
class PolicyITest {
    private static JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void openAgain() {
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
    }

    @BeforeEach
    void configure() {
        farm = BuilderFarmConfiguration.get();
        HostType type = new HostType("host-a", new ReversePool());
        type.setPlatform("linux-amd64");
        farm.setHostTypes(List.of(type));
        farm.setRuleSets(List.of(new SharedRules("default", "exclude repository website\ninclude phase post-submit")));
        Builder slow = new Builder("slow", "host-a");
        slow.setRules("exclude repository !go\nuse default");
        slow.setKnownIssues(List.of("bug 7"));
        Builder reviewing = new Builder("reviewing", "host-a");
        reviewing.setRules("include");
        reviewing.setEnvironment(List.of(new EnvironmentVariable("SECRET_PLACE", "x")));
        farm.setBuilders(List.of(new Builder("plain", "host-a"), slow, reviewing));
    }

    @Test
    void shouldSelectAsJson() throws Exception {
        WebResponse response = get("builders/select?repository=net&branch=master");
        JSONObject json = JSONObject.fromObject(response.getContentAsString());

        assertThat(response.getContentType()).isEqualTo("application/json");
        assertThat(json.getString("mainBranch")).isEqualTo("master");
        assertThat(json.getString("phase")).isEqualTo("post-submit");
        assertThat(names(json)).containsExactly("plain", "reviewing");
        JSONObject plain = json.getJSONArray("builders").getJSONObject(0);
        assertThat(plain.getString("hostType")).isEqualTo("host-a");
        assertThat(plain.getString("label")).isEqualTo("plain");
        assertThat(plain.getString("platform")).isEqualTo("linux-amd64");
        assertThat(plain.getString("reason")).isEqualTo("rule 2 of set default says 'include phase post-submit'");
        assertThat(response.getContentAsString()).doesNotContain("SECRET_PLACE");
        assertThat(names(json("builders/select?repository=net&branch=master&phase=pre")))
                .containsExactly("reviewing");
        assertThat(names(json("builders/select/?repository=net&branch=master&all=true")))
                .containsExactly("plain", "slow", "reviewing");
        JSONObject slow = json("builders/select?repository=go&branch=x&mainBranch=y")
                .getJSONArray("builders")
                .getJSONObject(1);
        assertThat(slow.getJSONArray("knownIssues").getString(0)).isEqualTo("bug 7");
    }

    @Test
    void shouldRefuseHalfAQuestion() throws Exception {
        assertThat(error("builders/select?branch=master")).isEqualTo("repository is missing");
        assertThat(error("builders/select?repository=go&branch=")).isEqualTo("branch is missing");
        assertThat(error("builders/select?repository=go&branch=master&phase=later"))
                .startsWith("'later' is no phase");
    }

    @Test
    void shouldFollowTheConfiguration() throws Exception {
        String path = "builders/select?repository=website&branch=master";
        assertThat(names(json(path))).containsExactly("reviewing");

        farm.setRuleSets(List.of(new SharedRules("default", "include")));
        assertThat(names(json(path))).containsExactly("plain", "reviewing");

        farm.setRuleSets(List.of());
        assertThat(names(json(path))).containsExactly("plain", "reviewing");
        assertThat(farm.problems())
                .contains("Rules of builder slow, rule 2, use: there is no set default")
                .hasSize(1);
    }

    @Test
    void shouldExplainOnAPage() throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlForm form = client.goTo("builders/policy/").getFormByName("policy");
            form.getInputByName("repository").setValue("<b>go");
            form.getInputByName("branch").setValue("master");
            HtmlPage answer = jenkins.submit(form);

            String table = answer.getElementById("decisions").asNormalizedText();
            assertThat(answer.asNormalizedText()).contains("2 of 3 builders build <b>go@master, post-submit");
            assertThat(table).contains("rule 1 of builder slow says 'exclude repository !go'");
            assertThat(client.goTo("builders/policy/?repository=go&branch=&phase=")
                            .querySelector(".builder-farm-problem")
                            .asNormalizedText())
                    .isEqualTo("Branch is missing.");
            assertThat(client.goTo("builders/policy/?repository=go&branch=master&phase=later")
                            .querySelector(".builder-farm-problem")
                            .asNormalizedText())
                    .startsWith("'later' is no phase");
        }
    }

    @Test
    void shouldExplainOnTheCommandLine() {
        Result all = explain("net", "master", "--main-branch", "dev.x");
        assertThat(all.returnCode()).isZero();
        assertThat(all.stdout().lines())
                .containsExactly(
                        "plain runs net@master with dev.x, post-submit, because rule 2 of set default says 'include"
                                + " phase post-submit'",
                        "slow does not run net@master with dev.x, post-submit, because rule 1 of builder slow says"
                                + " 'exclude repository !go'",
                        "reviewing runs net@master with dev.x, post-submit, because rule 1 of builder reviewing says"
                                + " 'include'");
        assertThat(explain("go", "master", "slow", "--phase", "pre-submit").stdout())
                .startsWith("slow does not run go@master, pre-submit, because no rule of builder slow says");
        assertThat(explain("go", "master", "nobody").stderr()).contains("no builder is called 'nobody'");
        assertThat(explain("go").returnCode()).isEqualTo(2);
        Result later = explain("go", "master", "--phase", "later");
        assertThat(later.returnCode()).isEqualTo(3);
        assertThat(later.stderr()).contains("'later' is no phase").doesNotContain("\tat ");
        assertThat(explain("go", " ").stderr()).contains("branch is missing");
    }

    @Test
    void shouldTellOnlyThoseWhoMaySeeTheFarm() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(
                new MockAuthorizationStrategy().grant(Jenkins.READ).everywhere().to("reader"));

        assertThat(new CLICommandInvoker(jenkins, "builder-farm-explain")
                        .asUser("reader")
                        .invokeWithArgs("go", "master")
                        .returnCode())
                .isZero();
        assertThat(new CLICommandInvoker(jenkins, "builder-farm-explain")
                        .asUser("stranger")
                        .invokeWithArgs("go", "master")
                        .returnCode())
                .isEqualTo(6);
    }

    private static List<String> names(JSONObject json) {
        return json.getJSONArray("builders").stream()
                .map(builder -> ((JSONObject) builder).getString("name"))
                .toList();
    }

    private JSONObject json(String path) throws Exception {
        return JSONObject.fromObject(get(path).getContentAsString());
    }

    private String error(String path) throws Exception {
        WebResponse response = get(path);
        assertThat(response.getStatusCode()).isEqualTo(400);
        return JSONObject.fromObject(response.getContentAsString()).getString("error");
    }

    private WebResponse get(String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            Page page = client.goTo(path, null);
            return page.getWebResponse();
        }
    }

    private Result explain(String... arguments) {
        return new CLICommandInvoker(jenkins, "builder-farm-explain").invokeWithArgs(arguments);
    }
}
