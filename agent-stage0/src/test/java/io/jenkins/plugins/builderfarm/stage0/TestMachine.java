package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A machine with the packaged stage0.jar on it, run as its own process. */
final class TestMachine {
    static final String HOST_TYPE = "host-linux-test";
    static final Path JAR = Path.of("target", "stage0.jar").toAbsolutePath();

    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m");

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration PACE = Duration.ofMillis(20);

    private final Path directory;
    private final TestFarm farm;
    private Path jar = JAR;
    private final Map<Process, Path> logs = new ConcurrentHashMap<>();

    TestMachine(Path directory, TestFarm farm) {
        this.directory = directory;
        this.farm = farm;
    }

    Path state() {
        return directory.resolve("state");
    }

    Path work() {
        return directory.resolve("work");
    }

    /** A finished run of stage0. */
    record Run(int code, String log) {}

    /** Runs stage0 with the usual flags and these, to its end. */
    Run run(String... more) throws Exception {
        return finish(start(more));
    }

    Process start(String... more) throws IOException {
        return startAt(farm.server().endpoint(), more);
    }

    Process startAt(URI endpoint, String... more) throws IOException {
        List<String> flags = new ArrayList<>(flags(endpoint));
        flags.addAll(List.of(more));
        return exec(flags);
    }

    private List<String> flags(URI endpoint) {
        return List.of(
                "-coordinator=http://127.0.0.1:1/jenkins",
                "--reverse-type",
                HOST_TYPE,
                "-hostname=board1",
                "-workdir=" + work(),
                "-state=" + state(),
                "-bucket=gs://" + TestFarm.BUCKET + "/" + TestFarm.PREFIX,
                "-endpoint=" + endpoint,
                "-release-key=" + farm.key());
    }

    /** Runs stage0 with the usual flags by way of another program, which is given its command. */
    Process startWith(List<String> prefix, String... more) throws IOException {
        List<String> flags = new ArrayList<>(flags(farm.server().endpoint()));
        flags.addAll(List.of(more));
        return exec(prefix, Map.of(), flags);
    }

    /** A copy of the jar in the place of the build's. */
    void useJar(Path copy) {
        jar = copy;
    }

    /** Runs the jar with these flags and no others. */
    Process exec(List<String> flags) throws IOException {
        return exec(List.of(), Map.of(), flags);
    }

    Process exec(Map<String, String> environment, List<String> flags) throws IOException {
        return exec(List.of(), environment, flags);
    }

    private Process exec(List<String> prefix, Map<String, String> environment, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(JAVA);
        command.addAll(List.of("-Duser.home=" + directory, "-jar", jar.toString()));
        command.addAll(flags);
        Path log = Files.createTempFile(directory, "log", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("GOOGLE_")
                        || name.startsWith("JAVA_TOOL")
                        || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        logs.put(process, log);
        return process;
    }

    Run finish(Process process) throws Exception {
        int code = process.waitFor();
        return new Run(code, log(process));
    }

    String log(Process process) throws IOException {
        return Files.readString(logs.get(process));
    }

    /** Waits until something is so, which it has to become while the process is running. */
    void await(Process process, Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(PACE).until(() -> {
            boolean alive = process.isAlive();
            boolean so = condition.call();
            assertThat(so || alive).as(log(process)).isTrue();
            return so;
        });
    }

    /** Waits until this many runs have begun. */
    void awaitRuns(Process process, int runs) {
        await(process, () -> runs().size() >= runs);
    }

    /** How the buildlet was called, a line for each run: its version, then its arguments. */
    List<String> runs() throws IOException {
        Path file = work().resolve("runs");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** The versions that ran, in order. */
    List<String> versions() throws IOException {
        return runs().stream().map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(state().resolve("jars"))) {
            return files.toList();
        }
    }
}
