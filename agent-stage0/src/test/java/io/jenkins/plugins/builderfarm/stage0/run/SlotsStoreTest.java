package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import io.jenkins.plugins.builderfarm.stage0.TestLog;
import io.jenkins.plugins.builderfarm.stage0.state.KeptRelease;
import io.jenkins.plugins.builderfarm.stage0.state.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlotsStoreTest {
    @TempDir
    private Path directory;

    private final TestLog log = new TestLog();
    private StateFile file;
    private SlotsStore store;

    @BeforeEach
    void begin() {
        file = new StateFile(directory.resolve("slots"));
        store = new SlotsStore(file, log.log());
    }

    @Test
    void shouldLoadWhatItSaved() throws Exception {
        KeptRelease release = new KeptRelease(new Version("1.4"), Sha256.of(new byte[0]), 17);
        Slots slots = new Slots(
                Optional.of(release),
                Optional.of(release),
                3,
                Optional.of(Instant.parse("2026-11-23T08:00:00Z")),
                Optional.of(release.sha256()));
        store.save(slots);
        assertThat(store.load()).isEqualTo(slots);
    }

    @Test
    void shouldLoadNothingAtFirst() throws Exception {
        assertThat(store.load()).isEqualTo(Slots.EMPTY);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldReplaceADamagedFile() throws Exception {
        Files.writeString(directory.resolve("slots"), "builder-farm sta");
        assertThat(store.load()).isEqualTo(Slots.EMPTY);
        assertThat(log.lines()).singleElement().asString().contains("slots is not whole; begins a new one");
        store.save(Slots.EMPTY);
        assertThat(file.read()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "failures, many",
        "leftAt, yesterday",
        "started, me",
        "assigned.version, ?",
    })
    void shouldReplaceAFileThatSaysNonsense(String name, String value) throws Exception {
        file.write(Map.of(name, value, "assigned.sha256", Sha256.of(new byte[0]).hex(), "assigned.size", "1"));
        assertThat(store.load()).isEqualTo(Slots.EMPTY);
        assertThat(log.lines()).singleElement().asString().contains("begins a new one");
    }
}
