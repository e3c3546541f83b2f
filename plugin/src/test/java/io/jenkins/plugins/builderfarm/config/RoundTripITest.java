package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.AbstractProject;
import hudson.model.FreeStyleProject;
import hudson.tasks.BuildStepDescriptor;
import io.jenkins.plugins.builderfarm.history.Transfer;
import io.jenkins.plugins.builderfarm.pipeline.BuildersStep;
import io.jenkins.plugins.builderfarm.trust.PreSubmit;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorRegistry;
import io.jenkins.plugins.casc.misc.Util;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** What is configured comes back the same, through configuration as code itself and through every form there is. */
@WithJenkins
class RoundTripITest {
    private static final Path VIEWS = Path.of("src/main/resources/io/jenkins/plugins/builderfarm");

    @TempDir
    Path directory;

    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void find(JenkinsRule rule) {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
    }

    @Test
    void shouldComeBackByConfigurationAsCode() throws Exception {
        Samples.setEveryField(farm);
        FarmXml before = farm.toXml();

        for (String yaml : List.of(Transfer.export(), exportOfItsOwn())) {
            wipe();
            assertThat(farm.toXml()).isNotEqualTo(before);

            ConfigurationAsCode.get()
                    .configure(Files.writeString(directory.resolve("farm.yaml"), yaml)
                            .toString());

            assertThat(farm.toXml()).as(yaml).isEqualTo(before);
        }
    }

    /** As Manage Jenkins → Configuration as Code prints it, of the farm alone: other plugins' may not go in again. */
    private static String exportOfItsOwn() throws Exception {
        ConfigurationContext context = new ConfigurationContext(ConfiguratorRegistry.get());
        String yaml = Util.toYamlString(Util.getUnclassifiedRoot(context).get("builderFarm"));
        return "unclassified:\n  builderFarm:\n" + yaml.indent(4);
    }

    private void wipe() {
        farm.setBuilders(List.of());
        farm.setHostTypes(List.of());
        farm.setRuleSets(List.of());
        farm.setControllerUrls(List.of());
        farm.setMinimumBuildlet("");
        farm.setReleases(null);
        farm.setReviewedJobs(List.of());
        farm.setPipelineTemplates(List.of());
        farm.setJobFolder("");
    }

    @Test
    void shouldSaveWhatTheFormsOfJobsShow() throws Exception {
        FreeStyleProject plain = jenkins.createFreeStyleProject();
        FreeStyleProject marked = jenkins.createFreeStyleProject();
        marked.addProperty(new PreSubmit());
        BuildersStep step = new BuildersStep("net", "release-branch.go1.20");
        step.setMainBranch("master");
        step.setPhase("pre-submit");
        step.setPlatform("linux-arm64");
        step.setExclude(List.of("linux-arm64-race"));

        jenkins.configRoundtrip(plain);
        jenkins.configRoundtrip(marked);
        StepHolder holder = jenkins.configRoundtrip(new StepHolder(step));

        assertThat(plain.getProperty(PreSubmit.class)).isNull();
        assertThat(marked.getProperty(PreSubmit.class)).isNotNull();
        assertThat(holder.getStep()).usingRecursiveComparison().isEqualTo(step);
    }

    /** A form that is new has to be added here, and to the test that it stands behind. */
    @Test
    void shouldHaveATestForEveryForm() throws IOException {
        Set<String> inManagePages =
                Set.of("HostType", "Builder", "ReversePool", "ExistingCloud", "Owner", "EnvironmentVariable");
        Set<String> inSystemPage = Set.of("BuilderFarmConfiguration", "Releases", "SharedRules", "PipelineTemplate");
        Set<String> here = Set.of("PreSubmit", "BuildersStep");
        Set<String> ofItsOwn = Set.of("MissingSource");
        try (Stream<Path> files = Files.walk(VIEWS)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("config(-details)?\\.jelly"))
                            .map(file -> file.getParent().getFileName().toString())
                            .toList())
                    .containsExactlyInAnyOrderElementsOf(Stream.of(inManagePages, inSystemPage, here, ofItsOwn)
                            .flatMap(Set::stream)
                            .collect(Collectors.toSet()));
        }
    }

    /** A place in a job's form where the step's own form is shown. */
    public static final class StepHolder extends hudson.tasks.Builder {
        private final BuildersStep step;

        @DataBoundConstructor
        public StepHolder(BuildersStep step) {
            this.step = step;
        }

        public BuildersStep getStep() {
            return step;
        }

        @TestExtension
        public static final class DescriptorImpl extends BuildStepDescriptor<hudson.tasks.Builder> {
            @Override
            @SuppressWarnings("rawtypes") // as it is inherited
            public boolean isApplicable(Class<? extends AbstractProject> type) {
                return true;
            }
        }
    }
}
