package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.DescriptorExtensionList;
import hudson.model.DescriptorVisibilityFilter;
import hudson.model.Label;
import hudson.slaves.Cloud;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The farm is a cloud of every Jenkins that has it, and nobody has to do with that. */
@WithJenkins
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CloudPresenceITest {
    private static JenkinsRule r;

    @BeforeAll
    static void share(JenkinsRule rule) {
        r = rule;
    }

    @AfterEach
    void leaveAsFound() throws Exception {
        PretendMachines.forgetAll();
    }

    @Test
    void shouldBeThereOnceWhateverHappensToTheListOfClouds() throws Exception {
        assertThat(r.jenkins.clouds.getAll(ReversePoolCloud.class)).hasSize(1);
        r.jenkins.clouds.replaceBy(List.of());
        assertThat(r.jenkins.clouds.getAll(ReversePoolCloud.class)).hasSize(1);
        r.jenkins.reload();
        assertThat(r.jenkins.clouds.getAll(ReversePoolCloud.class)).hasSize(1);
    }

    @Test
    void shouldServeLabelsAsTheConfigurationHasThemNow() {
        // A label that nobody serves is forgotten: so it is asked for each time, as the queue does.
        assertThat(Label.get(PretendMachines.BUILDER).getClouds()).isEmpty();
        PretendMachines.configure(0);
        assertThat(Label.get(PretendMachines.BUILDER).getClouds())
                .singleElement()
                .isInstanceOf(ReversePoolCloud.class);
        assertThat(Label.get("linux").getClouds()).isEmpty();
        BuilderFarmConfiguration.get().setBuilders(List.of());
        assertThat(Label.get(PretendMachines.BUILDER).getClouds()).isEmpty();
    }

    @Test
    void shouldNotBeOfferedToPeople() {
        DescriptorExtensionList<Cloud, ?> all = r.jenkins.getDescriptorList(Cloud.class);
        assertThat(all.find(ReversePoolCloud.class)).isNotNull();
        assertThat(DescriptorVisibilityFilter.apply(r.jenkins, Cloud.all()))
                .noneMatch(descriptor -> descriptor.clazz == ReversePoolCloud.class);
    }
}
