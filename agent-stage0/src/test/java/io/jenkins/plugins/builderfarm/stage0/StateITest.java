package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.bucket.Fault;
import io.jenkins.plugins.builderfarm.bucket.Hang;
import io.jenkins.plugins.builderfarm.bucket.RequestMatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong on the machine itself: damaged files, a directory that can't be used, a second stage0, bad settings. */
@Timeout(300)
final class StateITest extends SeasonedMachine {
    @ParameterizedTest
    @ValueSource(strings = {"slots", "manifest", "manifest.json"})
    void shouldReplaceAFileThatAPowerCutSpoilt(String name) throws Exception {
        Path file = machine.state().resolve(name);
        byte[] whole = Files.readAllBytes(file);
        for (byte[] spoilt : new byte[][] {{}, Arrays.copyOf(whole, whole.length / 2), new byte[whole.length]}) {
            Files.write(file, spoilt);
            TestMachine.Run run = machine.run();
            assertThat(run.code()).as(run.log()).isZero();
            assertThat(run.log()).contains(file.toString());
            assertThat(machine.run().log()).doesNotContain(file.toString());
        }
    }

    @Test
    void shouldComeUpWithoutABucketAndWithoutItsRecord() throws Exception {
        Files.write(machine.state().resolve("slots"), new byte[100]);

        TestMachine.Run run = machine.finish(machine.startAt(TestFarm.NOWHERE, "-fetch-seconds=60"));

        assertThat(run.code()).as(run.log()).isZero();
        assertThat(run.log()).contains("Connection refused", "starts release 1.3");
    }

    @Test
    void shouldNotStartADamagedJar() throws Exception {
        Path jar = machine.jars().get(0);
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);
        farm.server().faults().on(request -> true).inject(Fault.status(404));

        TestMachine.Run broken = machine.run();
        farm.server().faults().clear();
        TestMachine.Run mended = machine.run();

        assertThat(broken.code()).isEqualTo(8);
        assertThat(broken.log()).contains("the kept jar of release 1.3 is missing or damaged; it is not started");
        assertThat(mended.code()).isZero();
        assertThat(mended.log()).contains("the kept jar of release 1.3 is damaged", "fetched and verified release 1.3");
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldFallBackWhenTheNewJarIsDamagedOnTheDisk() throws Exception {
        TestRelease newer = TestRelease.of("1.4", "return 1");
        farm.publish(newer);
        machine.run();
        Files.write(machine.state().resolve("jars").resolve(newer.release().sha256() + ".jar"), new byte[10]);

        TestMachine.Run run = machine.finish(machine.startAt(TestFarm.NOWHERE, "-fetch-seconds=60"));

        assertThat(run.log()).contains("the kept jar of release 1.4 is missing or damaged", "starts release 1.3");
        assertThat(run.code()).isZero();
    }

    @Test
    void shouldKeepASecondOneOut() throws Exception {
        farm.publish(TestRelease.of("1.4", "progress dialled-in\nhang"));
        Process first = machine.start();
        machine.awaitRuns(first, 2);

        TestMachine.Run second = machine.run();

        assertThat(second.code()).isEqualTo(8);
        assertThat(second.log()).contains("another stage0 is at work in " + machine.state());
        assertThat(first.isAlive()).isTrue();
        first.destroyForcibly().waitFor();
        Process third = machine.start();
        machine.awaitRuns(third, 3);
        third.destroyForcibly().waitFor();
    }

    @Test
    void shouldEndItsFetchWhenItIsKilled() throws Exception {
        Hang hang = Fault.hang();
        farm.server().faults().on(request -> true).inject(hang);
        Process process = machine.start();
        assertThat(hang.awaitReached(Duration.ofSeconds(120))).isTrue();
        ProcessHandle child = process.children().findFirst().orElseThrow();

        process.destroyForcibly().waitFor();

        assertThat(child.onExit().get(120, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void shouldContinueADownloadThatAnEarlierStartBegan() throws Exception {
        TestRelease newer = TestRelease.of("1.4", TestRelease.WELL);
        farm.publish(newer);
        Hang hang = Fault.hangAfter(100_000);
        RequestMatch match = RequestMatch.object(TestFarm.object(newer));
        farm.server().faults().on(match).inject(hang);
        Process process = machine.start();
        assertThat(hang.awaitReached(Duration.ofSeconds(120))).isTrue();
        Path part = awaitPart(process);
        ProcessHandle child = process.children().findFirst().orElseThrow();
        process.destroyForcibly().waitFor();
        // What it has read by then is in the part when it has ended, not before.
        child.onExit().get(120, TimeUnit.SECONDS);
        long size = Files.size(part);
        farm.server().faults().clear();
        farm.server().forgetRequests();

        TestMachine.Run run = machine.run();

        assertThat(run.log()).contains("continues the download of release 1.4 at byte " + size);
        assertThat(farm.server().requests()).anySatisfy(request -> {
            assertThat(request.header("Range")).isEqualTo("bytes=" + size + "-");
            assertThat(request.query()).contains("generation=");
            assertThat(request.status()).isEqualTo(206);
        });
        assertThat(machine.versions()).containsExactly("1.3", "1.4");
    }

    private Path awaitPart(Process process) throws Exception {
        machine.await(process, () -> part().isPresent() && Files.size(part().get()) > 0);
        return part().orElseThrow();
    }

    private Optional<Path> part() throws Exception {
        return machine.jars().stream()
                .filter(file -> file.toString().endsWith(".part"))
                .findFirst();
    }

    @Test
    void shouldSayThatTheStateDirectoryIsAFile() throws Exception {
        TestMachine other = new TestMachine(Files.createDirectory(directory.resolve("other")), farm);
        Files.writeString(other.state(), "");
        TestMachine.Run run = other.run();
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.log()).contains("the state directory can't be used: " + other.state() + ": not a directory");
    }

    @Test
    void shouldNotAssignAReleaseThatNeedsANewerJava() throws Exception {
        farm.publish(TestRelease.of("1.4", TestRelease.WELL, 99));
        TestMachine.Run run = machine.run();
        assertThat(run.log()).contains("release 1.4 needs Java 99, and this machine has Java ");
        assertThat(machine.versions()).containsExactly("1.3", "1.3");
    }

    @Test
    void shouldWarnOfAManifestThatExpired() throws Exception {
        farm.putManifest(farm.sign(
                farm.manifest(Seasoned.RELEASE.version(), Optional.of(Instant.parse("2026-11-02T00:00:00Z")))));
        TestMachine.Run run = machine.run();
        assertThat(run.code()).isZero();
        assertThat(run.log()).contains("buildlet.json expired at 2026-11-02T00:00:00Z");
        assertThat(machine.runs().get(1)).contains("-note gs://farm/releases/buildlet.json expired at");
    }
}
