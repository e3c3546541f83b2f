package io.jenkins.plugins.builderfarm.farm;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.history.Drained;
import io.jenkins.plugins.builderfarm.coordinator.history.MachineRecord;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryFileTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2026-11-23T08:00:00.123Z");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void below() {
        file = directory.resolve("builder-farm").resolve("machines.json");
    }

    private static MachineRecord machine(String id, long builds) {
        return new MachineRecord(
                MachineId.parse(id),
                FIRST,
                LAST,
                builds,
                1,
                List.of(
                        new MachineRecord.Run(new Version("1.1"), LAST),
                        new MachineRecord.Run(new Version("1.0"), FIRST)));
    }

    @Test
    void shouldReadBackWhatWasSaved() {
        HistoryFile saved = new HistoryFile(file);
        assertThat(saved.load()).isEmpty();
        saved.save(List.of(machine("host-a/one", 3), machine("host-a/two", 5)), List.of());
        saved.save(List.of(machine("host-a/one", 4)), List.of(MachineId.parse("host-a/two")));

        assertThat(new HistoryFile(file).load()).containsExactly(machine("host-a/one", 4));
    }

    @Test
    void shouldKeepWhoDrainedAMachineAndWhy() {
        MachineRecord one = machine("host-a/one", 3);
        Drained drained = new Drained("ada", LAST, "new disk");
        MachineRecord kept = new MachineRecord(
                one.id(), FIRST, LAST, one.builds(), one.failures(), one.releases(), Optional.of(drained));

        new HistoryFile(file).save(List.of(kept), List.of());

        assertThat(new HistoryFile(file).load()).containsExactly(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"machines\":[{\"id\":\"host-a/one\"}]}",
                "{\"machines\":[{\"id\":\"nonsense\",\"firstSeen\":\"2026-11-01T00:00:00Z\","
                        + "\"lastSeen\":\"2026-11-01T00:00:00Z\",\"releases\":[]}]}",
                "{\"machines\":[{\"id\":\"host-a/one\",\"firstSeen\":\"yesterday\","
                        + "\"lastSeen\":\"2026-11-01T00:00:00Z\",\"releases\":[]}]}"
            })
    void shouldPutAsideWhatItCanNotRead(String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);

        assertThat(new HistoryFile(file).load()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(file.resolveSibling("machines.json.unreadable")).hasContent(content);
    }
}
