package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A release that doesn't do its work gives way to the last one that did. */
@Timeout(300)
final class FallBackITest extends SeasonedMachine {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "comes back at once,              return 0,                                           0",
        "kills the process,               halt 3,                                              3",
        "fails in its lease,              'progress dialled-in\nprogress leased a\nreturn 1', 1",
    })
    void shouldLeaveAReleaseThat(String what, String script, int code) throws Exception {
        farm.publish(TestRelease.of("1.4", script));
        for (int i = 0; i < 3; i++) {
            TestMachine.Run run = machine.run();
            assertThat(run.code()).as(run.log()).isEqualTo(code);
        }

        TestMachine.Run run = machine.run();

        assertThat(run.code()).isZero();
        assertThat(machine.versions()).containsExactly("1.3", "1.4", "1.4", "1.4", "1.3");
        String note = "release 1.4 left after 3 failed starts, runs release 1.3 instead";
        assertThat(run.log()).contains(note);
        assertThat(machine.runs().get(4)).contains("-note " + note);

        farm.publish(TestRelease.of("1.5", TestRelease.WELL));
        assertThat(machine.run().log()).contains("release 1.5 has finished a lease");
        assertThat(machine.versions()).endsWith("1.5");
    }

    @Test
    void shouldLeaveAJarThatIsNoBuildlet() throws Exception {
        farm.publish(TestRelease.notABuildlet("1.4"));
        for (int i = 0; i < 3; i++) {
            assertThat(machine.run().log()).contains("the buildlet can't be started: java.lang.ClassNotFoundException");
        }
        machine.run();
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldEndAReleaseThatHangsBeforeItDialsIn() throws Exception {
        farm.publish(TestRelease.of("1.4", "hang"));

        TestMachine.Run run = machine.run("-dial-seconds=2");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.log()).contains("has not dialled in within 2 s");
        assertThat(machine.run("-dial-seconds=2").log())
                .contains("release 1.4 failed before it had finished a lease (1 start)");
    }

    @Test
    void shouldNotBlameAReleaseThatItsOwnerStopped() throws Exception {
        farm.publish(TestRelease.of("1.4", "progress dialled-in\nhang"));
        for (int i = 0; i < 4; i++) {
            Process process = machine.start();
            awaitProgress(process, 2 + i, "dialled-in");
            process.destroy();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(machine.versions()).containsExactly("1.3", "1.4", "1.4", "1.4", "1.4");
    }

    @Test
    void shouldJudgeARunThatWasKilledAtTheNextStart() throws Exception {
        farm.publish(TestRelease.of("1.4", "progress dialled-in\nprogress leased a\nprogress released a\nhang"));
        Process process = machine.start();
        awaitProgress(process, 2, "released");
        process.destroyForcibly().waitFor();

        farm.publish(TestRelease.of("1.5", "return 0"));
        TestMachine.Run run = machine.run();

        assertThat(run.log()).contains("release 1.4 has finished a lease: it is the last good one from now on");
        assertThat(machine.jars()).hasSize(2);
    }

    @Test
    void shouldTryTheNewReleaseAgainAfterAWhile() throws Exception {
        farm.publish(TestRelease.of("1.4", "return 1"));
        for (int i = 0; i < 3; i++) {
            machine.run();
        }
        // As if it had been left long ago.
        StateFile file = new StateFile(machine.state().resolve("slots"));
        Map<String, String> fields = new TreeMap<>(file.read().orElseThrow());
        fields.put("leftAt", "2020-01-01T00:00:00Z");
        file.write(fields);

        assertThat(machine.run().code()).isEqualTo(1);
        assertThat(machine.run().log()).contains("release 1.4 left after 4 failed starts");
        assertThat(machine.versions()).containsExactly("1.3", "1.4", "1.4", "1.4", "1.4", "1.3");
    }

    /** Waits until this many runs have begun and the last one has reported this step. */
    private void awaitProgress(Process process, int runs, String step) {
        Path progress = machine.state().resolve("progress");
        machine.await(
                process,
                () -> machine.runs().size() >= runs
                        && Files.readString(progress).contains(step));
    }
}
