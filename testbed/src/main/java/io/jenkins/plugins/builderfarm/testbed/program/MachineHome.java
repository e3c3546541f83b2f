package io.jenkins.plugins.builderfarm.testbed.program;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A volunteer's machine: a folder with a builder key in it, from which stage0 is run as the README says. Several of them
 * live side by side on one computer.
 */
public final class MachineHome {
    /** As the documents advise it for every machine. */
    public static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx64m", "-XX:ReservedCodeCacheSize=24m");

    private final Path directory;
    private final MachineId machine;
    private final Path keyFile;

    /** @param directory is made, for its owner alone */
    public MachineHome(Path directory, MachineId machine, BuilderKey key) throws IOException {
        this.directory = Secrets.directory(directory);
        this.machine = machine;
        this.keyFile = Secrets.write(directory.resolve("builder-key"), key.print());
    }

    public MachineId machine() {
        return machine;
    }

    /** Where builds work. */
    public Path work() {
        return directory.resolve("work");
    }

    /** Where stage0 keeps its releases. */
    public Path state() {
        return directory.resolve("stage0");
    }

    /** The machine is switched on: stage0 runs, again and again. */
    public Supervisor start(ControllerUrl controller, Publishing releases, Lines lines, String... moreFlags) {
        return start(List.of(), List.of(), controller, releases, lines, moreFlags);
    }

    /**
     * Likewise, by way of another program, which is given stage0's command.
     *
     * @param prefix the other program with its arguments; empty for none
     * @param moreJvmFlags behind {@link #JVM_FLAGS}
     */
    public Supervisor start(
            List<String> prefix,
            List<String> moreJvmFlags,
            ControllerUrl controller,
            Publishing releases,
            Lines lines,
            String... moreFlags) {
        List<String> flags = new ArrayList<>(List.of(
                "-coordinator=" + controller,
                "-reverse-type=" + machine.hostType(),
                "-hostname=" + machine.hostname(),
                "-bucket=" + releases.url(),
                "-release-key=" + releases.releaseKey(),
                "-endpoint=" + releases.endpoint(),
                "-workdir=" + work(),
                "-state=" + state()));
        flags.addAll(List.of(moreFlags));
        List<String> jvmFlags = new ArrayList<>(JVM_FLAGS);
        jvmFlags.addAll(moreJvmFlags);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Programs.STAGE0.command(jvmFlags, flags));
        return Supervisor.start(command, Map.of("BUILDER_KEY_PATH", keyFile.toString()), directory, lines);
    }
}
