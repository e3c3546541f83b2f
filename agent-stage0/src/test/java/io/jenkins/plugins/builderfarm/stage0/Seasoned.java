package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Machines on which a release has finished a lease. One of them is run for real, once for all the tests of this JVM; the
 * others are copies of it, each with a farm of its own, so that tests can run side by side. Thread-safe.
 */
final class Seasoned {
    /** What has run there, once. */
    static final TestRelease RELEASE = TestRelease.of("1.3", TestRelease.WELL);

    private static final SigningKey KEY = SigningKey.generate(new SecureRandom());
    private static Path original;

    private Seasoned() {}

    /** A farm as those machines know it; its manifest has serial 2. */
    static TestFarm farm() throws IOException {
        TestFarm farm = new TestFarm(KEY);
        farm.upload(RELEASE);
        farm.manifest(RELEASE.version(), Optional.empty());
        farm.publish(RELEASE);
        return farm;
    }

    /** A machine that belongs to a farm of {@link #farm}, whose manifest hasn't changed yet. */
    static TestMachine machine(Path directory, TestFarm farm) throws Exception {
        copy(original(), directory);
        TestMachine machine = new TestMachine(directory, farm);
        StateFile known = new StateFile(machine.state().resolve("manifest"));
        Map<String, String> fields = new TreeMap<>(known.read().orElseThrow());
        String source = fields.get("source");
        fields.put("source", farm.server().endpoint() + source.substring(source.indexOf(' ')));
        fields.put("generation", Long.toString(farm.manifestGeneration()));
        known.write(fields);
        return machine;
    }

    private static synchronized Path original() throws Exception {
        if (original == null) {
            Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "seasoned");
            try (TestFarm farm = farm()) {
                TestMachine.Run run = new TestMachine(directory, farm).run();
                assertThat(run.code()).as(run.log()).isZero();
            }
            original = directory;
        }
        return original;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (!file.getFileName().toString().startsWith("log")) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
