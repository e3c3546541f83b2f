package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The facts about this machine; what can't change is read once. */
public final class MachineFacts {
    private static final int LONGEST = 200;

    private final Gauges gauges;
    private final Version buildlet;
    private final Optional<Version> stage0;
    private final Path workDirectory;
    private final Optional<Instant> boot = BootTime.read();

    public MachineFacts(Gauges gauges, Version buildlet, Optional<Version> stage0, Path workDirectory) {
        this.gauges = gauges;
        this.buildlet = buildlet;
        this.stage0 = stage0;
        this.workDirectory = workDirectory;
    }

    public Facts read() {
        return new Facts(
                property("os.name"),
                property("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                gauges.memory(),
                gauges.freeDisk(),
                property("java.version"),
                buildlet,
                stage0,
                boot,
                workDirectory.toString());
    }

    private static String property(String name) {
        String value = System.getProperty(name, "");
        return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
    }
}
