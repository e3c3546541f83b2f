package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.testbed.machine.SimulatedFacts;
import io.jenkins.plugins.builderfarm.trust.Review;
import java.io.File;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A node's file outlives Jenkins, and newer versions of this plugin must read it. */
@WithJenkins
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NodeFileITest {
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");
    private static final MachineId MACHINE = MachineId.parse("host-linux-test/board1");
    private static JenkinsRule r;

    @BeforeAll
    static void share(JenkinsRule rule) {
        r = rule;
    }

    @Test
    void shouldReadWhatVersion1Wrote() throws Exception {
        try (InputStream xml = NodeFileITest.class.getResourceAsStream("node-version-1.xml")) {
            LeasedNode node = (LeasedNode) Jenkins.XSTREAM2.fromXML(xml);

            assertThat(node.leaseId()).isEqualTo(LEASE);
            assertThat(node.expected()).isEqualTo(new ExpectedLease(LEASE, MACHINE, true));
            assertThat(node.getRemoteFS()).isEqualTo("/home/builder/work");
            assertThat(node.buildlet()).isEqualTo("1.0");
            assertThat(node.usage().run()).isEqualTo("job#7");
            assertThat(node.usage().label()).isEqualTo("linux-test-race");
            assertThat(node.isFree()).isFalse();
            assertThat(node.beginEnding()).isTrue();
        }
    }

    @Test
    void shouldKeepOnDiskThatABuildTookTheNode() throws Exception {
        LeasedNode node = new LeasedNode(new Lease(LEASE, MACHINE, SimulatedFacts.of(new Version("1.0"))), 1_000);
        r.jenkins.addNode(node);
        assertThat(read().isUsed()).isFalse();

        node.use(new Usage("job#7", "linux-test-race", 2_000, Review.REVIEWED));

        assertThat(read().isUsed()).isTrue();
        assertThat(read().usage().run()).isEqualTo("job#7");
        assertThat(read().usage().review()).isEqualTo(Review.REVIEWED);
    }

    private static LeasedNode read() throws Exception {
        File file = new File(r.jenkins.getRootDir(), "nodes/" + LEASE + "/config.xml");
        return (LeasedNode) Jenkins.XSTREAM2.fromXML(file);
    }
}
