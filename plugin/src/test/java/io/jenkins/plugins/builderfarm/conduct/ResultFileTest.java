package io.jenkins.plugins.builderfarm.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.coordinator.results.BuildResult;
import io.jenkins.plugins.builderfarm.coordinator.results.Outcome;
import io.jenkins.plugins.builderfarm.coordinator.results.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {
    private static final BuildResult WHOLE = new BuildResult(
            "linux",
            new Revision("net", "master", "abc"),
            "go/\"linux\"",
            7,
            Outcome.FAILED,
            true,
            Instant.parse("2026-11-27T18:00:00.123Z"),
            4_321,
            true);
    private static final BuildResult BARE = new BuildResult(
            "linux", Revision.UNKNOWN, "go", 8, Outcome.PASSED, false, Instant.parse("2026-11-27T18:01:00Z"), 0, false);

    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void below() {
        path = directory.resolve("builder-farm").resolve("results.jsonl");
    }

    private List<BuildResult> load(boolean whole) {
        List<BuildResult> results = new ArrayList<>();
        assertThat(new ResultFile(path).load(results::add)).isEqualTo(whole);
        return results;
    }

    @Test
    void shouldReadBackWhatWasAppendedAndWhatWasWrittenAnew() throws IOException {
        assertThat(load(true)).isEmpty();
        ResultFile file = new ResultFile(path);
        file.append(WHOLE);
        file.append(BARE);
        assertThat(load(true)).containsExactly(WHOLE, BARE);
        assertThat(file.lines()).isEqualTo(2);

        file.rewrite(List.of(BARE));
        assertThat(load(true)).containsExactly(BARE);
        assertThat(file.lines()).isEqualTo(1);
    }

    /** Cut off at every byte, as by a crash. */
    @Test
    void shouldKeepWhatStandsBeforeALineThatWasCutOff() throws IOException {
        ResultFile file = new ResultFile(path);
        file.append(BARE);
        long first = Files.size(path);
        file.append(WHOLE);
        byte[] all = Files.readAllBytes(path);

        for (int length = (int) first + 1; length < all.length - 1; length++) {
            Files.write(path, java.util.Arrays.copyOf(all, length));
            assertThat(load(false)).as("%d bytes", length).containsExactly(BARE);
        }
        // All but the end of the line is there: nothing is lost, but nothing may be appended to it.
        Files.write(path, java.util.Arrays.copyOf(all, all.length - 1));
        assertThat(load(false)).containsExactly(BARE, WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "null",
                "{}",
                "[]",
                "{\"builder\":\"linux\",\"job\":\"go\",\"number\":1,\"outcome\":\"PASSED\"}",
                "{\"builder\":\"linux\",\"job\":\"go\",\"outcome\":\"SHINY\",\"started\":\"2026-11-27T18:00:00Z\"}",
                "{\"builder\":\"linux\",\"job\":\"go\",\"outcome\":\"PASSED\",\"started\":\"yesterday\"}"
            })
    void shouldLeaveOutWhatItCanNotRead(String line) throws IOException {
        new ResultFile(path).append(WHOLE);
        Files.writeString(path, line + "\n" + Files.readString(path));

        assertThat(load(false)).containsExactly(WHOLE);
    }
}
