package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlGroupTest {
    private static final long PHYSICAL = 8L << 30;

    @TempDir
    private Path root;

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private ControlGroup group() {
        return new ControlGroup(root);
    }

    @Test
    void shouldKnowTheLimitOfItsService() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/stage0.service\n");
        write("sys/fs/cgroup/system.slice/stage0.service/memory.max", "536870912\n");
        write("sys/fs/cgroup/system.slice/stage0.service/memory.current", "400000000\n");
        write("sys/fs/cgroup/system.slice/stage0.service/memory.stat", "anon 1\ninactive_file 100000000\n");
        write("sys/fs/cgroup/system.slice/memory.max", "max\n");
        assertThat(group().limit(PHYSICAL)).isEqualTo(536_870_912);
        assertThat(group().available(PHYSICAL)).isEqualTo(536_870_912 - 400_000_000 + 100_000_000);
        assertThat(group().available(1000)).isEqualTo(1000);
    }

    @Test
    void shouldKnowTheLimitOfAGroupAbove() throws IOException {
        write("proc/self/cgroup", "0::/system.slice/stage0.service\n");
        write("sys/fs/cgroup/system.slice/stage0.service/memory.max", "max\n");
        write("sys/fs/cgroup/system.slice/memory.max", "268435456\n");
        assertThat(group().limit(PHYSICAL)).isEqualTo(268_435_456);
    }

    @Test
    void shouldKnowTheFirstVersion() throws IOException {
        write("proc/self/cgroup", "5:cpu,cpuacct:/\n4:memory:/boards/one\n0::/\n");
        write("sys/fs/cgroup/memory/boards/one/memory.limit_in_bytes", "536870912\n");
        write("sys/fs/cgroup/memory/boards/one/memory.usage_in_bytes", "600000000\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(group().limit(PHYSICAL)).isEqualTo(536_870_912);
        assertThat(group().available(PHYSICAL)).isZero();
    }

    /** A container shows its own group as the top one, under a name that leads nowhere. */
    @Test
    void shouldKnowTheLimitOfItsContainer() throws IOException {
        write("proc/self/cgroup", "0::/../../docker/4711\n");
        write("sys/fs/cgroup/memory.max", "268435456\n");
        assertThat(group().limit(PHYSICAL)).isEqualTo(268_435_456);
    }

    @Test
    void shouldNotMindAMachineWithoutGroups() throws IOException {
        assertThat(group().limit(PHYSICAL)).isEqualTo(PHYSICAL);
        write("proc/self/cgroup", "nonsense\n");
        write("sys/fs/cgroup/memory.max", "nonsense");
        assertThat(group().limit(PHYSICAL)).isEqualTo(PHYSICAL);
        assertThat(group().available(PHYSICAL)).isEqualTo(PHYSICAL);
    }
}
