package io.jenkins.plugins.builderfarm.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeFileTest {
    @TempDir
    private Path directory;

    private static Change change(int number, int items) {
        ItemChange item = new ItemChange(
                ItemChange.Kind.CHANGED, "host type host-a", Collections.nCopies(1_000, "+notes: " + number));
        return new Change("2026-11-24T10:00:00Z", "ada", "change " + number, Collections.nCopies(items, item));
    }

    @Test
    void shouldKeepTheLatestAndStaySmall() throws IOException {
        Path path = directory.resolve("below/changes.jsonl");
        ChangeFile file = new ChangeFile(path, 5);
        for (int i = 0; i < 23; i++) {
            file.add(change(i, 1));
        }

        List<Change> latest = new ChangeFile(path, 5).latest();

        assertThat(latest)
                .extracting(Change::how)
                .containsExactly("change 22", "change 21", "change 20", "change 19", "change 18");
        assertThat(latest).isEqualTo(file.latest());
        assertThat(Files.readAllLines(path)).hasSizeLessThan(10);
    }

    @Test
    void shouldCutWhatIsLargeAndSaySo() throws IOException {
        ChangeFile file = new ChangeFile(directory.resolve("changes.jsonl"), 5);

        file.add(change(1, 1_000));

        Change kept = file.latest().get(0);
        assertThat(kept.how()).isEqualTo("change 1 (1000 items in all)");
        assertThat(kept.items()).hasSize(200).allMatch(item -> item.diff().size() == 200);
    }

    @Test
    void shouldLeaveOutADamagedLine() throws IOException {
        Path path = directory.resolve("changes.jsonl");
        new ChangeFile(path, 5).add(change(1, 0));
        Files.writeString(path, "{\"at\":\"20\n\n{}\n", StandardOpenOption.APPEND);
        new ChangeFile(path, 5).add(change(2, 0));

        assertThat(new ChangeFile(path, 5).latest()).extracting(Change::how).contains("change 1", "change 2");
    }

    /** What came after a line that a crash cut off would be part of that line. */
    @Test
    void shouldNotLoseWhatFollowsALineThatWasCutOff() throws IOException {
        Path path = directory.resolve("changes.jsonl");
        new ChangeFile(path, 5).add(change(1, 0));
        Files.writeString(path, "{\"at\":\"20", StandardOpenOption.APPEND);
        new ChangeFile(path, 5).add(change(2, 0));

        assertThat(new ChangeFile(path, 5).latest()).extracting(Change::how).containsExactly("change 2", "change 1");
    }
}
