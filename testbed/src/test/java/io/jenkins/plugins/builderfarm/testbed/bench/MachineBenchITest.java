package io.jenkins.plugins.builderfarm.testbed.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The measurements of a machine, each once; and the one of them that a number can be demanded of on any computer. */
@Timeout(300)
final class MachineBenchITest {
    private static final long KIBIBYTE = 1024;

    @TempDir
    private Path directory;

    @Test
    void shouldComeBackFromALeaseForOneSmallRequest() throws Exception {
        try (MachineCosts costs = MachineCosts.prepare(directory)) {
            costs.startJars();
            costs.startMachine(0);
            costs.leaseAgainAndAgain(1);
            costs.leaseInALoop(2);

            assertThat(costs.mostRequests).isEqualTo(1);
            assertThat(costs.answers).containsExactly(304);
            assertThat(costs.mostReceived).isLessThan(KIBIBYTE).isPositive();
            assertThat(costs.mostSent).isLessThan(KIBIBYTE).isPositive();
            assertThat(costs.stage0Start.count()).isEqualTo(1);
            assertThat(costs.buildletStart.count()).isEqualTo(1);
            assertThat(costs.firstStart.count()).isEqualTo(1);
            assertThat(costs.start.count()).isEqualTo(1);
            assertThat(costs.back.quantileMicros(1)).isGreaterThanOrEqualTo(costs.ending.quantileMicros(1));
        }
    }
}
