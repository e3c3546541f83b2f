package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
class WorkDirectoryTest {
    private static final LeaseId LEASE = new LeaseId("host-linux-test-7f3k9m2q");

    @TempDir
    Path home;

    @Test
    void shouldBeMadeForItsOwnerAlone() throws IOException {
        WorkDirectory directory = WorkDirectory.open(home.resolve("a/b/work"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
        assertThat(directory.path()).isAbsolute();
    }

    @Test
    void shouldKnowItselfAgain() throws IOException {
        try (WorkDirectory first = WorkDirectory.open(home.resolve("work"))) {
            first.prepare(LEASE);
        }
        try (WorkDirectory again = WorkDirectory.open(home.resolve("work"))) {
            assertThat(again.remains()).containsExactly(LEASE);
            assertThat(again.clean()).isEmpty();
            assertThat(again.remains()).isEmpty();
        }
        WorkDirectory.open(home.resolve("work")).close();
    }

    @Test
    void shouldBeUsedByOneAtATime() throws IOException {
        try (WorkDirectory first = WorkDirectory.open(home.resolve("work"))) {
            assertThatThrownBy(() -> WorkDirectory.open(first.path()))
                    .hasMessageContaining("used by another buildlet")
                    .hasMessageContaining(first.path().toString());
        }
    }

    @Test
    void shouldRefuseADirectoryOfSomebodyElse() throws IOException {
        Files.writeString(home.resolve("letter"), "Dear");
        assertThatThrownBy(() -> WorkDirectory.open(home)).hasMessageContaining(home.toString());
        assertThat(home.resolve("letter")).exists();
    }

    @Test
    void shouldRefuseAMarkThatIsALink() throws IOException {
        Files.createSymbolicLink(home.resolve(WorkDirectory.MARKER), Files.createTempFile(home, "x", ""));
        assertThatThrownBy(() -> WorkDirectory.open(home)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldRefuseAFile() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "x");
        assertThatThrownBy(() -> WorkDirectory.open(file)).hasMessageContaining(file + " is a file");
    }

    @Test
    void shouldKnowWhetherABuildWorkedInIt() throws IOException {
        WorkDirectory directory = WorkDirectory.open(home.resolve("work"));
        directory.prepare(LEASE);
        assertThat(directory.isUsed(LEASE)).isFalse();
        Files.createDirectories(directory.path().resolve("workspace/job"));
        assertThat(directory.isUsed(LEASE)).isTrue();
    }

    @Test
    void shouldNotKeepItsProbe() throws IOException {
        WorkDirectory directory = WorkDirectory.open(home.resolve("work"));
        directory.probe();
        assertThat(Files.list(directory.path())).hasSize(1);
    }
}
