package io.jenkins.plugins.builderfarm.buildlet.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GaugesTest {
    @TempDir
    Path root;

    private Gauges gauges() {
        return new Gauges(root, root);
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    @Test
    void shouldReadProc() throws IOException {
        write("proc/meminfo", "MemTotal:         498688 kB\nMemFree:  1 kB\nMemAvailable:     300000 kB\n");
        write("proc/loadavg", "1.25 0.50 0.10 1/100 4711\n");
        assertThat(gauges().memory()).isEqualTo(498_688L << 10);
        assertThat(gauges().availableMemory()).isEqualTo(300_000L << 10);
        assertThat(gauges().load()).isEqualTo(125);
        assertThat(gauges().freeDisk()).isPositive();
    }

    @Test
    void shouldKnowTheLimitOfItsContainer() throws IOException {
        write("proc/meminfo", "MemTotal:         498688 kB\n");
        write("sys/fs/cgroup/memory.max", "268435456\n");
        assertThat(gauges().memory()).isEqualTo(256L << 20);
        write("sys/fs/cgroup/memory.max", "max\n");
        assertThat(gauges().memory()).isEqualTo(498_688L << 10);
    }

    @Test
    void shouldAskTheJvmWhereThereIsNoProc() {
        assertThat(gauges().memory()).isPositive();
        assertThat(gauges().availableMemory()).isPositive();
        assertThat(gauges().load()).isGreaterThanOrEqualTo(-1);
    }

    @Test
    void shouldNotTripOverNonsense() throws IOException {
        write("proc/meminfo", "nonsense");
        write("proc/loadavg", "nonsense");
        assertThat(gauges().load()).isEqualTo(-1);
        assertThat(gauges().memory()).isPositive();
    }

    @Test
    void shouldHaveNoFreeDiskWhereThereIsNoDirectory() {
        assertThat(new Gauges(root.resolve("missing"), root).freeDisk()).isZero();
    }
}
