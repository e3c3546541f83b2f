package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hudson.util.FormValidation;
import io.jenkins.plugins.builderfarm.manage.BadInputs;
import java.util.function.Function;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.Stapler;

/** The farm's part of Jenkins's system page: what is wrong is said as it is typed, and refused when it is sent. */
@WithJenkins
class BadSettingsITest {
    private static final String PAGE = "system page";

    @RegisterExtension
    private static final BadInputs BAD_INPUTS = new BadInputs();

    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @Test
    void shouldRefuseAndSayWhy(JenkinsRule rule) throws Exception {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
        Samples.setEveryField(farm);
        String before = Samples.xml(farm);

        refused("minimumBuildlet", "newest", "version 'newest' is not valid");
        refused("controllerUrls", "https://a.example.org/\nftp://b.example.org/", "is neither https nor http");
        refused("controllerUrls", "http://a.example.org/", "only https is accepted");
        refused("reviewedJobs", "go/main\n/go", "'/go' is no job's full name");
        refused("releases", release("farm", Samples.RELEASE_KEY), "is not of the form gs://BUCKET/PREFIX");
        refused("releases", release("gs://farm/go", ""), "at least one release key");
        refused("releases", release("gs://farm/go", "rsa:1"), "a release key starts with");
        refused(
                "releases",
                release("gs://farm/go", Samples.RELEASE_KEY).element("endpoint", "ftp://x"),
                "neither an https nor an http address");
        refused("ruleSets", rules("a b", ""), "can't be the name of a rule set");
        refused("ruleSets", rules("default", "include everything"), "rule 1");
        refused("ruleSets", new JSONArray().element(rules("a", "")).element(rules("a", "")), "is there twice");
        refused("pipelineTemplates", template(" "), "a template needs a name");
        refused(
                "pipelineTemplates",
                new JSONArray().element(template("go")).element(template("go")),
                "template go is there twice");

        assertThat(Samples.xml(farm)).isEqualTo(before);
    }

    @Test
    void shouldSayItWhileItIsTyped(JenkinsRule rule) throws Exception {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
        var releases = new Releases.DescriptorImpl();

        checked("minimumBuildlet", "newest", farm::doCheckMinimumBuildlet, "version 'newest'");
        checked("controllerUrls", "ftp://x", farm::doCheckControllerUrls, "neither https nor http");
        checked("reviewedJobs", "a//b", farm::doCheckReviewedJobs, "no job's full name");
        checked("bucket", "farm", releases::doCheckBucket, "gs://BUCKET/PREFIX");
        checked("keys", "", releases::doCheckKeys, "at least one release key");
        checked("keys", "rsa:1", releases::doCheckKeys, "a release key starts with");
        checked("endpoint", "ftp://x", releases::doCheckEndpoint, "neither an https");
        checked("ruleSets.name", "a b", new SharedRules.DescriptorImpl()::doCheckName, "the name of a rule set");
        checked("ruleSets.rules", "never", new SharedRules.DescriptorImpl()::doCheckRules, "rule 1");
        checked("pipelineTemplates.name", " ", new PipelineTemplate.DescriptorImpl()::doCheckName, "needs a name");
        checked("jobs", "/a", new HostType.DescriptorImpl()::doCheckJobs, "no job's full name");
        checked("rules", "never", new Builder.DescriptorImpl()::doCheckRules, "rule 1");
    }

    /** As the browser would send it if the form had this and nothing else. */
    private void refused(String field, Object value, String message) {
        JSONObject form = new JSONObject().element(field, value);
        Throwable thrown =
                catchThrowable(() -> jenkins.executeOnServer(() -> farm.configure(Stapler.getCurrentRequest2(), form)));
        assertThat(thrown).as("%s=%s", field, value).isNotNull();
        String said = thrown.getMessage();

        assertThat(said).as("%s=%s", field, value).contains("Builder Farm: ", message);
        BAD_INPUTS.add(PAGE, field + "=" + value, "400 " + said);
    }

    private void checked(String field, String value, Function<String, FormValidation> check, String message)
            throws Exception {
        String said =
                jenkins.executeOnServer(() -> check.apply(value).getMessage()).replace("&#039;", "'");

        assertThat(said).as("%s=%s", field, value).contains(message);
        BAD_INPUTS.add("check of " + PAGE + "'s " + field, value, said);
    }

    private static JSONObject release(String bucket, String key) {
        return new JSONObject().element("bucket", bucket).element("keys", key);
    }

    private static JSONObject rules(String name, String rules) {
        return new JSONObject().element("name", name).element("rules", rules);
    }

    private static JSONObject template(String name) {
        return new JSONObject().element("name", name).element("script", "");
    }
}
