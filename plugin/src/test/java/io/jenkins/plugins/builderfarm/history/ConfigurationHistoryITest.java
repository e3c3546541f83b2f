package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every change is written down, whoever makes it in whatever way. */
@WithJenkins
class ConfigurationHistoryITest {
    private JenkinsRule jenkins;
    private BuilderFarmConfiguration farm;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        farm = BuilderFarmConfiguration.get();
    }

    @Test
    void shouldSayWhoChangedWhatAndHow() throws Exception {
        try (ACLContext ada = ACL.as2(User.getById("ada", true).impersonate2())) {
            farm.setHostTypes(List.of(new HostType("host-a", new ReversePool())));
        }
        HostType changed = new HostType("host-a", new ReversePool());
        changed.setNotes("<b>\nsecond line");
        farm.setHostTypes(List.of(changed));
        farm.setHostTypes(List.of(changed));
        farm.setBuilders(List.of(new Builder("linux-a", "host-a")));
        jenkins.configRoundtrip();
        Path yaml = Files.writeString(
                jenkins.jenkins.getRootDir().toPath().resolve("farm.yaml"),
                "unclassified:\n  builderFarm:\n    minimumBuildlet: \"1.5\"\n    builders: []\n");
        ConfigurationAsCode.get().configure(yaml.toString());
        BuilderKeys.get().rotate(new HostTypeName("host-a"));

        List<Change> changes = ConfigurationHistory.get().latest();

        assertThat(changes).hasSize(5);
        assertThat(changes.get(4).by()).isEqualTo("ada");
        assertThat(changes.get(4).items()).singleElement().satisfies(item -> {
            assertThat(item.item()).isEqualTo("host type host-a");
            assertThat(item.kind()).isEqualTo(ItemChange.Kind.ADDED);
        });
        assertThat(changes.get(3).items())
                .containsExactly(new ItemChange(
                        ItemChange.Kind.CHANGED, "host type host-a", List.of("+notes: <b>⏎second line")));
        assertThat(changes.get(2).items()).extracting(ItemChange::item).containsExactly("builder linux-a");
        assertThat(changes.get(1).how()).isEqualTo("configuration as code");
        assertThat(changes.get(1).items())
                .extracting(ItemChange::kind)
                .containsExactly(ItemChange.Kind.RETIRED, ItemChange.Kind.ADDED);
        assertThat(changes.get(0).how()).startsWith("generation 2 of the builder key of host-a was started by");
        String page = new Visitor(jenkins).get(null, "builders/history/").getContentAsString();
        assertThat(page).contains("+notes: &lt;b>⏎second line", "configuration as code", "builder linux-a retired");
    }
}
