package io.jenkins.plugins.builderfarm.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.builderfarm.keys.BuilderKeys;
import io.jenkins.plugins.builderfarm.pages.Visitor;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class MasterKeyMonitorITest {
    private static final HostTypeName TYPE = new HostTypeName("host-linux-mips64");

    private JenkinsRule jenkins;
    private MasterKeyMonitor monitor;

    @BeforeEach
    void setUp(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
        monitor = ExtensionList.lookupSingleton(MasterKeyMonitor.class);
    }

    @Test
    void shouldBeSilentAndWithoutEffectWhileAllIsWell() throws Exception {
        String key = BuilderKeys.get().show(TYPE, "in a test").print();

        assertThat(monitor.isActivated()).isFalse();
        assertThat(startOver("admin")).isEqualTo(200);
        assertThat(BuilderKeys.get().show(TYPE, "in a test").print()).isEqualTo(key);
    }

    @Test
    void shouldOfferTheWayOut() throws Exception {
        Path record = jenkins.jenkins.getRootDir().toPath().resolve("builder-farm-keys.xml");
        Files.writeString(record, "<what/>");

        assertThat(monitor.isActivated()).isTrue();
        assertThat(new Visitor(jenkins).page("admin", "manage").asNormalizedText())
                .contains("No machine of the reverse pool is let in");
        assertThat(startOver("manager")).isEqualTo(403);
        assertThat(BuilderKeys.get().generations(TYPE)).isEmpty();

        assertThat(startOver("admin")).isEqualTo(200);
        assertThat(AdministrativeMonitor.all().get(MasterKeyMonitor.class).isActivated())
                .isFalse();
        assertThat(BuilderKeys.get().generations(TYPE)).containsExactly(1);
    }

    private int startOver(String user) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            client.withBasicCredentials(user);
            WebRequest request =
                    new WebRequest(new URL(jenkins.getURL(), monitor.getUrl() + "/startOver"), HttpMethod.POST);
            return client.getPage(client.addCrumb(request)).getWebResponse().getStatusCode();
        }
    }
}
