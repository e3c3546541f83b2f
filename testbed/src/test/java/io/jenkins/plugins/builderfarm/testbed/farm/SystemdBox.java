package io.jenkins.plugins.builderfarm.testbed.farm;

import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real systemd, process 1 of a small system in namespaces: the host's programs and network, a file system of its own,
 * a user {@code builder}, none of the host's units. Nothing of it is left when it is closed. Needs Linux, and root.
 */
final class SystemdBox implements AutoCloseable {
    private static final String SCRIPT = "systemd-box.sh";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ManagedProcess process;
    private final Path group;

    private SystemdBox(ManagedProcess process, Path group) {
        this.process = process;
        this.group = group;
    }

    /** What the box is, or why there can be none here: exactly one of them is there. */
    record Attempt(Optional<SystemdBox> box, String whyNot) {}

    /**
     * Returns when its systemd has come up.
     *
     * @param directory for what it needs while it is there
     * @param home becomes the user's {@code /home/builder}, and the user's own
     * @throws TimeoutException if systemd was started and didn't come up
     */
    static Attempt open(Path directory, Path home) throws IOException, InterruptedException, TimeoutException {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path script = directory.resolve(SCRIPT);
        try (InputStream in = SystemdBox.class.getResourceAsStream(SCRIPT)) {
            Files.copy(in, script);
        }
        List<String> command = List.of(
                "sh",
                script.toString(),
                "out",
                root.toString(),
                home.toAbsolutePath().toString(),
                System.getProperty("java.home"));
        Lines lines = new Lines();
        ManagedProcess process = ManagedProcess.start(command, Map.of(), directory, lines);
        Farm.patiently().until(() -> !process.isAlive() || lines.count("^becomes systemd$") > 0);
        Optional<Path> group = lines.all().stream()
                .filter(line -> line.startsWith("group "))
                .map(line -> Path.of(line.substring("group ".length())))
                .findFirst();
        if (lines.count("^becomes systemd$") == 0) {
            process.close();
            removeGroup(group);
            return new Attempt(Optional.empty(), String.join("; ", lines.all()));
        }
        SystemdBox box = new SystemdBox(process, group.orElseThrow());
        Farm.patiently()
                .until(() -> box.run("systemctl", "is-system-running").text().equals("running"));
        return new Attempt(Optional.of(box), "");
    }

    /** What a program in the box printed, and its exit code. */
    record Result(int code, String text) {}

    /** Runs a program in the box, as root, to its end. */
    Result run(String... words) throws IOException, InterruptedException, TimeoutException {
        long first = ProcessHandle.of(process.pid())
                .flatMap(unshare -> unshare.children().findFirst())
                .orElseThrow(() ->
                        new IOException("systemd has ended: " + process.lines().all()))
                .pid();
        List<String> command = new ArrayList<>(
                List.of("nsenter", "--target", Long.toString(first), "--mount", "--pid", "--ipc", "--uts", "--"));
        command.addAll(List.of(words));
        try (ManagedProcess program = ManagedProcess.start(command, Map.of(), Path.of("/"), new Lines())) {
            int code = program.awaitExit(LIMIT);
            return new Result(code, String.join("\n", program.lines().all()));
        }
    }

    /** What systemd says of a unit. */
    String property(String unit, String name) throws IOException, InterruptedException, TimeoutException {
        return run("systemctl", "show", "--value", "--property=" + name, unit).text();
    }

    /** Everything in it dies with its process 1, which heeds no request to end that isn't its own kind. */
    @Override
    public void close() {
        process.kill();
        process.close();
        removeGroup(Optional.of(group));
    }

    /** A group can be removed once the kernel has buried the last process in it. */
    private static void removeGroup(Optional<Path> group) {
        group.ifPresent(top -> Farm.patiently()
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (Stream<Path> groups = Files.find(top, 16, (path, what) -> what.isDirectory())) {
                        for (Path each :
                                groups.sorted(Comparator.reverseOrder()).toList()) {
                            Files.delete(each);
                        }
                    } catch (NoSuchFileException e) {
                        return true;
                    }
                    return !Files.exists(top);
                }));
    }
}
