package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Descriptor;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form in the system's configuration. */
@WithJenkins
class ConfigurationFormITest {
    private static JenkinsRule jenkins;

    private BuilderFarmConfiguration farm;

    /** One Jenkins for all: each test finds a farm of nothing. */
    @BeforeAll
    static void share(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void empty() {
        farm = BuilderFarmConfiguration.get();
        farm.replaceBy(new BuilderFarmConfiguration());
    }

    @Test
    void shouldSaveWhatItShows() throws Exception {
        Samples.setEveryField(farm);
        String before = Samples.xml(farm);

        jenkins.configRoundtrip();

        assertThat(Samples.xml(farm)).isEqualTo(before);
    }

    @Test
    void shouldSaveNothing() throws Exception {
        farm.save();
        String before = Samples.xml(farm);

        jenkins.configRoundtrip();

        assertThat(Samples.xml(farm)).isEqualTo(before);
    }

    @Test
    void shouldRemoveWhatWasTakenOutAndKeepWhatHasPagesOfItsOwn() throws Exception {
        Samples.setEveryField(farm);

        submit(new JSONObject());

        assertThat(farm.getControllerUrls()).isEmpty();
        assertThat(farm.getReleases()).isNull();
        assertThat(farm.getHostTypes()).hasSize(2);
        assertThat(farm.getBuilders()).hasSize(2);
    }

    @Test
    void shouldChangeNothingIfAnythingIsWrong() throws Exception {
        Samples.setEveryField(farm);
        String before = Samples.xml(farm);
        HtmlForm form = page().getFormByName("config");
        form.getInputsByName("_.minimumBuildlet").get(0).setValue("newest");

        WebResponse answer = refused(() -> jenkins.submit(form));

        assertThat(answer.getContentAsString()).contains("version 'newest' is not valid");
        assertThat(Samples.xml(farm)).isEqualTo(before);
    }

    @Test
    void shouldShowProblems() throws Exception {
        farm.setBuilders(List.of(new Builder("lost", "host-gone")));

        assertThat(page().querySelector(".builder-farm-problems").asNormalizedText())
                .contains("Builder lost names host type host-gone");
    }

    @ParameterizedTest
    @MethodSource
    void shouldExplainEveryField(Class<? extends Descriptor<?>> type) {
        Descriptor<?> descriptor = ExtensionList.lookupSingleton(type);
        Stream<String> fields = Arrays.stream(descriptor.clazz.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.isAnnotationPresent(org.kohsuke.stapler.DataBoundSetter.class))
                .map(method -> Character.toLowerCase(method.getName().charAt(3))
                        + method.getName().substring(4));

        assertThat(fields).isNotEmpty().allSatisfy(field -> assertThat(
                        jenkins.<String>executeOnServer(() -> descriptor.getHelpFile(field)))
                .as("help of %s of %s", field, descriptor.clazz.getSimpleName())
                .isNotNull());
    }

    static List<Class<? extends Descriptor<?>>> shouldExplainEveryField() {
        return List.of(
                HostType.DescriptorImpl.class,
                Builder.DescriptorImpl.class,
                Releases.DescriptorImpl.class,
                ReversePool.DescriptorImpl.class,
                ExistingCloud.DescriptorImpl.class,
                Owner.DescriptorImpl.class,
                BuilderFarmConfiguration.class);
    }

    private HtmlPage page() throws Exception {
        return jenkins.createWebClient().goTo("configure");
    }

    /** As the browser would send it if the form had this and nothing else. */
    private void submit(JSONObject json) throws Exception {
        jenkins.executeOnServer(() -> farm.configure(org.kohsuke.stapler.Stapler.getCurrentRequest2(), json));
    }

    private static WebResponse refused(Submission submission) throws Exception {
        try {
            submission.run();
        } catch (FailingHttpStatusCodeException e) {
            return e.getResponse();
        }
        throw new IOException("the form was taken");
    }

    private interface Submission {
        void run() throws Exception;
    }
}
