package io.jenkins.plugins.builderfarm.stage0.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.stage0.TestKeys;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.io.Closeable;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that look at this machine alone. */
final class MachineChecksTest {
    private static final HostTypeName HOST_TYPE = new HostTypeName("host-foo-bar");
    private static final BuilderKey KEY = TestKeys.of("host-foo-bar");

    @TempDir
    private Path directory;

    private Finding key(Map<String, String> environment) {
        return new KeyCheck(environment, directory, HOST_TYPE).run();
    }

    private Path keyFile(String text, String permissions) throws Exception {
        Path file = Files.writeString(directory.resolve(".gobuildkey-host-foo-bar"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldFindTheKeyAndNeitherShowNorRemoveIt() throws Exception {
        Path file = keyFile(KEY.print(), "rw-------");
        Finding finding = key(Map.of("BUILDER_KEY_DELETE_AFTER_READ", "true"));
        assertThat(finding).isEqualTo(Finding.ok(file + " holds the builder key of host-foo-bar, generation 1"));
        assertThat(file).hasContent(KEY.print());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldWarnWhenOthersCanReadTheKey() throws Exception {
        Path file = keyFile(KEY.print(), "rw-r-----");
        Finding finding = key(Map.of());
        assertThat(finding.level()).isEqualTo(Level.WARN);
        assertThat(finding.remedy()).endsWith("run: chmod 600 " + file);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"host-other,but this machine is to be a host-foo-bar", "rubbish,this is not a builder key"})
    @DisabledOnOs(OS.WINDOWS)
    void shouldSayWhatIsWrongWithTheKey(String content, String message) throws Exception {
        keyFile(content.startsWith("host-") ? TestKeys.of(content).print() : content, "rw-------");
        Finding finding = key(Map.of());
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).contains(message).doesNotContain("rubbish");
    }

    @Test
    void shouldSayWhereTheKeyShouldBe() {
        assertThat(key(Map.of()).found()).contains(".gobuildkey-host-foo-bar: no builder key is there");
        assertThat(key(Map.of("BUILDER_KEY_PATH", "/none/key")).found())
                .isEqualTo("$BUILDER_KEY_PATH names /none/key, which does not exist");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"root,WARN", "SYSTEM,WARN", "builder,OK"})
    void shouldWarnOfAlmightyUsers(String user, Level level) {
        assertThat(new UserCheck(user).run().level()).isEqualTo(level);
    }

    @ParameterizedTest(name = "{0} MiB")
    @CsvSource({"0,SKIP", "256,FAIL", "429,FAIL", "470,OK", "512,OK", "65536,OK"})
    void shouldWantHalfAGibibyteAtLeast(long mebibytes, Level level) {
        assertThat(new MemoryCheck(() -> mebibytes << 20).run().level()).isEqualTo(level);
    }

    @Test
    void shouldCountCpus() {
        assertThat(new CpuCheck(1).run().found()).isEqualTo("1 CPU (two are better)");
        assertThat(new CpuCheck(4).run().found()).isEqualTo("4 CPUs");
    }

    @Test
    void shouldLeaveNothingWhereItLooks() throws Exception {
        Path missing = directory.resolve("a/b");
        assertThat(new StateCheck(missing).run()).isEqualTo(Finding.ok(missing + " (will be made)"));
        assertThat(new WorkCheck(missing).run()).isEqualTo(Finding.ok(missing + " (will be made)"));
        assertThat(new RunningCheck(missing.resolve("lock"), missing).run().found())
                .isEqualTo("no stage0 is at work here");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
        assertThat(new StateCheck(directory).run()).isEqualTo(Finding.ok(directory.toString()));
    }

    @Test
    void shouldNameTheFileThatIsInTheWay() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(new StateCheck(file.resolve("state")).run().found()).isEqualTo(file + " is not a directory");
        assertThat(new WorkCheck(file).run().level()).isEqualTo(Level.FAIL);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldSeeThatADirectoryCantBeWrittenTo() throws Exception {
        Path locked = Files.createDirectory(directory.resolve("locked"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(locked), "this user may write anywhere");
        Finding finding = new StateCheck(locked.resolve("state")).run();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).startsWith("nothing can be written to " + locked);
    }

    @Test
    void shouldNotTakeADirectoryThatIsSomebodyElses() throws Exception {
        Files.createFile(directory.resolve("thesis.tex"));
        Finding finding = new WorkCheck(directory).run();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.found()).contains("holds files that are not the buildlet's");
        Files.createFile(directory.resolve(WorkCheck.MARKER));
        assertThat(new WorkCheck(directory).run().level()).isEqualTo(Level.OK);
    }

    @Test
    void shouldWantRoomForBuilds() throws Exception {
        assertThat(new DiskCheck(directory, directory, 1).run().level()).isEqualTo(Level.OK);
        Finding finding = new DiskCheck(directory.resolve("w"), directory, Long.MAX_VALUE).run();
        assertThat(finding.level()).isEqualTo(Level.FAIL);
        assertThat(finding.remedy()).contains("make room in " + directory.resolve("w"));
    }

    @Test
    void shouldTakeTheBuildletsWordForTheRoom() {
        assertThat(DiskNeed.of(List.of())).isEqualTo(1L << 30);
        assertThat(DiskNeed.of(List.of("-x", "--min-free-disk=2G"))).isEqualTo(2L << 30);
        assertThat(DiskNeed.of(List.of("-min-free-disk=300M"))).isEqualTo(300L << 20);
    }

    @Test
    void shouldSeeARunningStage0() throws Exception {
        StateDirectory state = new StateDirectory(directory.resolve("state"));
        state.create();
        RunningCheck check = new RunningCheck(state.lockFile(), directory);
        try (Closeable held = state.lock().orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(check.run().found()).startsWith("a stage0 is at work in " + state);
        }
        assertThat(state.lockFile()).exists();
        assertThat(check.run().found()).isEqualTo("no stage0 is at work here");
    }

    @Test
    void shouldWarnOfAStage0ThatWorksInTheSameDirectory() throws Exception {
        Path marker = Files.createFile(directory.resolve(WorkCheck.MARKER));
        try (FileChannel channel = FileChannel.open(marker, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            Finding finding = new RunningCheck(directory.resolve("none"), directory).run();
            assertThat(finding.level()).isEqualTo(Level.WARN);
            assertThat(finding.found()).isEqualTo(directory + " is used by a stage0 with another -state");
        }
    }
}
