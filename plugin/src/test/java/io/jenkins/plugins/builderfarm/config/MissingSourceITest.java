package io.jenkins.plugins.builderfarm.config;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.DataBoundConstructor;

/** What a plugin's source said outlives the plugin: through saves, forms and restarts, until it is back. */
@WithJenkins
class MissingSourceITest {
    private static final String HERE = "source class=\"io.jenkins.plugins.builderfarm.config.MissingSourceITest$Lab\"";
    private static final String GONE = "source class=\"com.example.farm.Lab\"";

    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        farm = BuilderFarmConfiguration.get();
        farm.setHostTypes(List.of(new HostType("host-lab", new Lab("b12", List.of("a <b>", "c")))));
        farm.setBuilders(List.of(new Builder("linux-lab", "host-lab")));
    }

    @Test
    void shouldKeepItAndGiveItBack() throws Exception {
        String saved = Samples.xml(farm);
        assertThat(saved).contains(HERE);

        reload(saved.replace(HERE, GONE));

        assertThat(farm.hostType("host-lab").orElseThrow().getSource())
                .isInstanceOfSatisfying(
                        MissingSource.class, source -> assertThat(source.type()).isEqualTo("com.example.farm.Lab"));
        assertThat(farm.problems())
                .anyMatch(problem -> problem.startsWith("Host type host-lab waits in vain: its source is of a plugin"));
        farm.save();
        farm.load();
        farm.setMinimumBuildlet("1.0");
        assertThat(farm.draft().toXml()).isEqualTo(farm.toXml());
        assertThat(Samples.xml(farm)).contains("was=\"com.example.farm.Lab\"", "<room>b12</room>", "a &lt;b&gt;");

        reload(Samples.xml(farm).replace("com.example.farm.Lab", Lab.class.getName()));

        assertThat(farm.hostType("host-lab").orElseThrow().getSource()).isInstanceOfSatisfying(Lab.class, lab -> {
            assertThat(lab.getRoom()).isEqualTo("b12");
            assertThat(lab.getShelves()).containsExactly("a <b>", "c");
        });
        farm.setMinimumBuildlet("");
        assertThat(Samples.xml(farm)).isEqualTo(saved);
    }

    @Test
    void shouldKeepItWhereTheHostTypesFormIsSaved() throws Exception {
        reload(Samples.xml(farm).replace(HERE, GONE));
        String before = Samples.xml(farm);
        assertThat(before).contains("<room>b12</room>");

        HtmlForm form = jenkins.createWebClient()
                .goTo("manage/builder-farm/hostTypes/entry/host-lab/")
                .getFormByName("config");
        form.getTextAreaByName("_.notes").setText("dusty");
        jenkins.submit(form);

        assertThat(farm.hostType("host-lab").orElseThrow().getNotes()).isEqualTo("dusty");
        assertThat(Samples.xml(farm).replace("<notes>dusty</notes>", "<notes></notes>"))
                .isEqualTo(before);
        assertThat(new Visitor(jenkins)
                        .get(null, "manage/builder-farm/hostTypes/new/")
                        .getContentAsString())
                .as("it can't be chosen for another")
                .contains("Lab of this test")
                .doesNotContain("not installed");
    }

    private void reload(String xml) throws Exception {
        Files.writeString(Path.of(farm.getConfigFile().getFile().getPath()), xml);
        farm.load();
        farm.save();
    }

    /** Another plugin's. */
    public static final class Lab extends HostTypeSource {
        private final String room;
        private final List<String> shelves;

        @DataBoundConstructor
        public Lab(String room, List<String> shelves) {
            this.room = room;
            this.shelves = shelves == null ? new ArrayList<>() : new ArrayList<>(shelves);
        }

        public String getRoom() {
            return room;
        }

        public List<String> getShelves() {
            return shelves;
        }

        @TestExtension
        public static final class DescriptorImpl extends Descriptor<HostTypeSource> {
            @Override
            public String getDisplayName() {
                return "Lab of this test";
            }
        }
    }
}
