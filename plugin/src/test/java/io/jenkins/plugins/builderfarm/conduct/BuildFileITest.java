package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Run;
import io.jenkins.plugins.builderfarm.cloud.MachineUse;
import io.jenkins.plugins.builderfarm.config.Builder;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is kept with a build outlives Jenkins, and newer versions of this plugin must read it. */
@WithJenkins
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BuildFileITest {
    private static final Builder BUILDER = builder();

    private static Builder builder() {
        Builder builder = new Builder("linux-arm", "host-linux-arm");
        builder.setKnownIssues(List.of("https://go.dev/issue/1", "private #7"));
        return builder;
    }

    @Test
    void shouldReadWhatVersion1Wrote(JenkinsRule r) throws Exception {
        FreeStyleBuild failed = r.buildAndAssertSuccess(r.createFreeStyleProject("job"));
        UsedMachines used = new UsedMachines();
        used.add(UsedMachine.of(new MachineUse("host-linux-arm-1", "host-linux-arm", "board1", Optional.of(BUILDER))));
        used.vanished("host-linux-arm-1", "its agent's connection broke");
        used.add(UsedMachine.of(new MachineUse("host-linux-arm-2", "host-linux-arm", "board2", Optional.empty())));
        KnownIssues issues = new KnownIssues();
        issues.add(BUILDER);
        List<Object> kept = List.of(used, issues, new VanishedCause(failed, "machine board1 of host-linux-arm", 1, 2));

        try (InputStream file = BuildFileITest.class.getResourceAsStream("build-version-1.xml")) {
            List<?> read = (List<?>) Run.XSTREAM2.fromXML(file);

            assertThat(read).hasSize(3);
            for (int i = 0; i < kept.size(); i++) {
                assertThat(Run.XSTREAM2.toXML(read.get(i))).isEqualTo(Run.XSTREAM2.toXML(kept.get(i)));
            }
            UsedMachines machines = (UsedMachines) read.get(0);
            assertThat(machines.builders()).containsExactly("linux-arm");
            assertThat(machines.anyVanished()).isTrue();
            assertThat(machines.wentOn()).isTrue();
            assertThat(((VanishedCause) read.get(2)).original()).contains(failed);
        }
    }
}
