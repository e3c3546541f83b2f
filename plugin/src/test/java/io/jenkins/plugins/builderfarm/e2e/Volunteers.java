package io.jenkins.plugins.builderfarm.e2e;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.testbed.machine.MachineStorm;
import io.jenkins.plugins.builderfarm.testbed.program.BucketProcess;
import io.jenkins.plugins.builderfarm.testbed.program.JarVersions;
import io.jenkins.plugins.builderfarm.testbed.program.Lines;
import io.jenkins.plugins.builderfarm.testbed.program.MachineHome;
import io.jenkins.plugins.builderfarm.testbed.program.ManagedProcess;
import io.jenkins.plugins.builderfarm.testbed.program.Programs;
import io.jenkins.plugins.builderfarm.testbed.program.SmallBox;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** All of the farm that isn't Jenkins, as processes: a bucket with signed releases, and machines that run stage0. */
final class Volunteers implements AutoCloseable {
    private static final Duration PUBLISHING = Duration.ofSeconds(60);
    private static final String MARK = ".builder-farm-work";

    private final Path directory;
    private final BucketProcess bucket;
    private final Path signingKey;
    private final String releaseKey;
    private final List<Supervisor> machines = new ArrayList<>();
    private ManagedProcess storm;
    private boolean published;

    Volunteers(Path directory) throws Exception {
        this.directory = directory;
        bucket = BucketProcess.start(Files.createDirectories(directory.resolve("bucket")), 0);
        signingKey = directory.resolve("signing-key.pem");
        releaseKey = publisher(List.of("new-key", "--out", signingKey.toString())).all().stream()
                .filter(line -> line.startsWith("ed25519:"))
                .findFirst()
                .orElseThrow();
    }

    String bucketFolder() {
        return "gs://" + BucketProcess.NAME + "/releases";
    }

    String endpoint() {
        return bucket.endpoint() + "/";
    }

    String releaseKey() {
        return releaseKey;
    }

    /** Publishes this build's buildlet under a version, and points channel stable at it. */
    void release(String version) throws Exception {
        Path jar =
                JarVersions.stamp(Programs.BUILDLET.jar(), version, directory.resolve("buildlet-" + version + ".jar"));
        List<String> flags = new ArrayList<>(List.of(
                published ? "publish" : "init",
                "--bucket",
                bucketFolder(),
                "--endpoint",
                bucket.endpoint().toString(),
                "--anonymous",
                "--signing-key-file",
                signingKey.toString(),
                "--jar",
                jar.toString()));
        if (published) {
            flags.addAll(List.of("--channel", "stable"));
        }
        publisher(flags);
        published = true;
    }

    private static Lines publisher(List<String> flags) throws IOException, InterruptedException, TimeoutException {
        try (ManagedProcess process = ManagedProcess.start(
                Programs.PUBLISHER.command(List.of("-Xmx64m"), flags),
                Map.of(),
                Path.of("").toAbsolutePath(),
                new Lines())) {
            int code = process.awaitExit(PUBLISHING);
            if (code != 0) {
                throw new IOException("publisher " + flags + " ended with " + code + ":\n"
                        + String.join("\n", process.lines().all()));
            }
            return process.lines();
        }
    }

    /** A machine under a supervisor that starts stage0 again whenever it ends; its lines go to standard output too. */
    Supervisor machine(String hostname, String controller, String key) throws IOException {
        return machine(hostname, BuilderKey.parse(key).hostType().value(), controller, key);
    }

    /** One that may claim another host type than its key's. */
    Supervisor machine(String hostname, String hostType, String controller, String key) throws IOException {
        return machine(List.of(), hostname, hostType, controller, key);
    }

    /** One as small as the box. */
    Supervisor machine(SmallBox box, String hostname, String controller, String key) throws IOException {
        return machine(box.prefix(), hostname, BuilderKey.parse(key).hostType().value(), controller, key);
    }

    private Supervisor machine(List<String> prefix, String hostname, String hostType, String controller, String key)
            throws IOException {
        Path home = Files.createDirectories(directory.resolve(hostname));
        Path keyFile = Files.createFile(
                home.resolve("builder-key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, key + "\n");
        List<String> flags = List.of(
                "-coordinator=" + controller,
                "-reverse-type=" + hostType,
                "-hostname=" + hostname,
                "-workdir=" + workDirectory(hostname),
                "-state=" + home.resolve("stage0"),
                "-bucket=" + bucketFolder(),
                "-endpoint=" + bucket.endpoint(),
                "-release-key=" + releaseKey);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(Programs.STAGE0.command(MachineHome.JVM_FLAGS, flags));
        Supervisor machine = Supervisor.start(
                command,
                Map.of("BUILDER_KEY_PATH", keyFile.toString()),
                home,
                new Lines(line -> System.out.println(hostname + " | " + line)));
        machines.add(machine);
        return machine;
    }

    /** Simulated machines, all of which dial at once; they stay until this is closed. */
    void storm(int count, Path keyFile, String controller) throws IOException {
        storm = ManagedProcess.start(
                Programs.testbed(
                        MachineStorm.class,
                        List.of("--controller=" + controller, "--key-file=" + keyFile, "--machines=" + count)),
                Map.of(),
                directory,
                new Lines(System.out::println));
    }

    private Path workDirectory(String hostname) {
        return directory.resolve(hostname).resolve("work");
    }

    /** What is in a machine's work directory, but for the buildlet's mark that it is its own. */
    List<Path> leftovers(String hostname) throws IOException {
        try (Stream<Path> files = Files.list(workDirectory(hostname))) {
            return files.filter(file -> !file.endsWith(MARK)).toList();
        }
    }

    @Override
    public void close() {
        machines.forEach(Supervisor::close);
        if (storm != null) {
            storm.close();
        }
        bucket.close();
    }
}
