package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.TestRelease;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class BuildletTest {
    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();

    /** A loop runs one after the other in the same JVM; what an earlier one loaded must not stay. */
    @Test
    void shouldLeaveNothingOfABuildletThatHasEnded() throws Exception {
        for (int i = 0; i < 3; i++) {
            String name = "buildlet-test." + i;
            assertThat(run("remember " + name + "\nreturn " + i)).isEqualTo(i);
            WeakReference<?> loader = (WeakReference<?>) System.getProperties().remove(name);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return loader.get() == null;
            });
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldSayWhatItThrew() throws Exception {
        assertThat(run("throw a tantrum")).isEqualTo(Buildlet.CRASHED);
        assertThat(log.lines()).singleElement().asString().contains("the buildlet crashed: ", "a tantrum");
    }

    private int run(String script) throws Exception {
        Path jar = Files.write(
                directory.resolve("b" + script.hashCode() + ".jar"),
                TestRelease.of("1", script).jar());
        return Buildlet.run(
                jar,
                List.of("-workdir", directory.toString(), "-progress-file", directory.resolve("progress") + ""),
                log.log());
    }
}
