package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.RecordedRequest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when nothing goes wrong. */
@Timeout(300)
final class NormalITest {
    private static final int KIBIBYTE = 1024;

    @TempDir
    private Path directory;

    private TestFarm farm;
    private TestMachine machine;

    @BeforeEach
    void begin() throws Exception {
        farm = new TestFarm();
        machine = new TestMachine(directory, farm);
    }

    @AfterEach
    void end() throws Exception {
        farm.close();
    }

    @Test
    void shouldFetchVerifyAndStart() throws Exception {
        farm.publish(TestRelease.of("1.3", TestRelease.WELL));

        TestMachine.Run run = machine.run("-reboot");

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(machine.runs())
                .containsExactly(
                        "1.3 -coordinator http://127.0.0.1:1/jenkins/ -reverse-type host-linux-test -reboot=true"
                                + " -hostname board1 -workdir " + machine.work() + " -stage0-version "
                                + Stage0JarITest.version()
                                + " -progress-file " + machine.state().resolve("progress"));
        assertThat(run.log())
                .contains("fetched and verified release 1.3", "starts release 1.3", "it is the last good one");
    }

    @Test
    void shouldPassTheBuildletsExitCodeOn() throws Exception {
        farm.publish(TestRelease.of("1.3", "return 4"));
        assertThat(machine.run().code()).isEqualTo(4);
    }

    @Test
    void shouldHideItselfFromTheBuildlet() throws Exception {
        farm.publish(
                TestRelease.of(
                        "1.3",
                        "see io.jenkins.plugins.builderfarm.stage0.Main\nsee com.google.gson.Gson\nsee java.sql.Driver\nreturn 0"));
        machine.run();
        assertThat(machine.work().resolve("seen"))
                .hasContent("io.jenkins.plugins.builderfarm.stage0.Main not seen\n"
                        + "com.google.gson.Gson not seen\njava.sql.Driver seen\n");
    }

    @Test
    void shouldAskOnceAndBrieflyWhenNothingIsNew() throws Exception {
        farm.publish(TestRelease.of("1.3", TestRelease.WELL));
        machine.run();
        farm.server().forgetRequests();

        TestMachine.Run run = machine.run();

        assertThat(run.code()).as(run.log()).isZero();
        List<RecordedRequest> requests = farm.server().requests();
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).status()).isEqualTo(304);
        assertThat(requests.get(0).bytesReceived()).isLessThan(KIBIBYTE);
        assertThat(requests.get(0).bytesSent()).isLessThan(KIBIBYTE);
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldPickUpANewerRelease() throws Exception {
        farm.publish(TestRelease.of("1.3", TestRelease.WELL));
        machine.run();
        farm.publish(TestRelease.of("1.4", TestRelease.WELL));

        TestMachine.Run run = machine.run();

        assertThat(machine.versions()).containsExactly("1.3", "1.4");
        assertThat(run.log()).contains("this machine is to run release 1.4 (was: release 1.3)");
    }

    @Test
    void shouldKeepNoMoreThanTwoJars() throws Exception {
        for (String version : List.of("1.1", "1.2", "1.3", "1.4")) {
            farm.publish(TestRelease.of(version, TestRelease.WELL));
            machine.run();
        }
        assertThat(machine.versions()).containsExactly("1.1", "1.2", "1.3", "1.4");
        assertThat(machine.jars()).hasSizeLessThanOrEqualTo(2);
    }
}
