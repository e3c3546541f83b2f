package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final long HUGE = 1L << 60;

    @TempDir
    Path home;

    private WorkDirectory workDirectory;

    @BeforeEach
    void open() throws IOException {
        workDirectory = WorkDirectory.open(home.resolve("work"));
    }

    private Preflight preflight(long leastDisk, long leastMemory) {
        Path work = workDirectory.path();
        Leftovers leftovers = new Leftovers(
                work, new ProcessTable(work.getRoot().resolve("proc")), new Log(System.err, InstantSource.system()));
        return new Preflight(workDirectory, leftovers, new Gauges(work, work.getRoot()), leastDisk, leastMemory);
    }

    @Test
    void shouldPass() {
        assertThat(preflight(1, 1).reasons()).isEmpty();
    }

    @Test
    void shouldRemoveWhatACrashLeft() throws IOException {
        workDirectory.prepare(new LeaseId("host-linux-test-7f3k9m2q"));
        Files.writeString(workDirectory.path().resolve("core"), "x");
        assertThat(preflight(1, 1).reasons()).isEmpty();
        assertThat(workDirectory.path().resolve("core")).doesNotExist();
    }

    @Test
    void shouldWantDiskAndMemory() {
        assertThat(preflight(HUGE, HUGE).reasons())
                .satisfiesExactly(
                        disk -> assertThat(disk)
                                .contains("MiB are free", workDirectory.path().toString()),
                        memory -> assertThat(memory).contains("MiB of memory are available"));
    }

    @Test
    void shouldWantAWorkDirectory() throws IOException {
        workDirectory.clean();
        Files.delete(workDirectory.path().resolve(WorkDirectory.MARKER));
        Files.delete(workDirectory.path());
        assertThat(preflight(1, 1).reasons()).anySatisfy(reason -> assertThat(reason)
                .contains("can't be used", workDirectory.path().toString()));
    }
}
