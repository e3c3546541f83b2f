package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.key.MasterKey;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged buildlet.jar in a process and a home directory of its own. */
public final class BuildletProcess implements AutoCloseable {
    public static final HostTypeName HOST_TYPE = new HostTypeName("host-linux-test");
    private static final Path JAR = Path.of("target", "buildlet.jar").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 60;

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> jvmFlags = new ArrayList<>();
    private List<String> program = List.of("-jar", JAR.toString());
    private Process process;

    public BuildletProcess(Path home, String... arguments) {
        this.home = home;
        this.arguments.addAll(List.of(arguments));
    }

    public static BuilderKey key() {
        return BuilderKey.derive(MasterKey.of("test".getBytes(StandardCharsets.US_ASCII)), HOST_TYPE, 1);
    }

    /** With its key in place and the usual flags. */
    public static BuildletProcess of(Path home, TestController controller, String... more) throws IOException {
        Path file = Files.writeString(home.resolve(".gobuildkey-" + HOST_TYPE), key().print() + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        BuildletProcess buildlet = new BuildletProcess(
                home,
                "-coordinator=" + controller.url(),
                "-reverse-type=" + HOST_TYPE,
                "-hostname=board3",
                "-progress-file=" + home.resolve("progress"),
                "-min-free-disk=1M",
                "-min-memory=1M");
        buildlet.arguments.addAll(List.of(more));
        return buildlet;
    }

    public BuildletProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public BuildletProcess withJvm(String... flags) {
        jvmFlags.addAll(List.of(flags));
        return this;
    }

    /** By way of a class of the tests. */
    public BuildletProcess withMain(Class<?> main) {
        String tests = Path.of("target", "test-classes").toAbsolutePath().toString();
        program = List.of("-cp", JAR + File.pathSeparator + tests, main.getName());
        return this;
    }

    public BuildletProcess start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-Duser.home=" + home));
        command.addAll(program);
        command.addAll(1, jvmFlags);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("BUILDER_") || name.startsWith("GO_BUILD"));
        builder.environment().putAll(environment);
        process = builder.start();
        process.getOutputStream().close();
        return this;
    }

    public Path workDirectory() {
        return home.resolve("builder-farm").resolve(HOST_TYPE.value()).resolve("work");
    }

    public int exitCode() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the buildlet does not end; its log:\n" + log());
        }
        return process.exitValue();
    }

    public Process process() {
        return process;
    }

    public String log() throws IOException {
        return Files.readString(home.resolve("log"));
    }

    public List<String> progress() throws IOException {
        return Files.readAllLines(home.resolve("progress"));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
