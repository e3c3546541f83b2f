package io.jenkins.plugins.builderfarm.testbed.machine;

import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.time.Instant;
import java.util.Optional;

/** What simulated machines say of themselves: a small board, as volunteers have them. */
public final class SimulatedFacts {
    private static final int CPUS = 4;
    private static final long MEMORY = 8L << 30;
    private static final long DISK = 64L << 30;
    private static final Instant BOOT = Instant.parse("2026-11-01T00:00:00Z");

    private SimulatedFacts() {}

    public static Facts of(Version buildlet) {
        return new Facts(
                "Linux",
                "riscv64",
                CPUS,
                MEMORY,
                DISK,
                "17.0.15",
                buildlet,
                Optional.of(new Version("1.0")),
                Optional.of(BOOT),
                "/home/builder/work");
    }
}
