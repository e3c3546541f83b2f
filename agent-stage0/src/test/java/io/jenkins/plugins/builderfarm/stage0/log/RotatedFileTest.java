package io.jenkins.plugins.builderfarm.stage0.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class RotatedFileTest {
    private static final String TIME = "2026-11-23T08:00:00Z";
    private static final String FILLING = "x".repeat(1_000);

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream aside = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void begin() {
        file = directory.resolve("100% of %g and %u.log");
    }

    private RotatedFile open() throws IOException {
        PrintStream stream = new PrintStream(aside, true, StandardCharsets.UTF_8);
        return RotatedFile.open(file, stream, () -> Instant.parse(TIME));
    }

    private static void say(RotatedFile log, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        log.append(bytes, bytes.length);
    }

    private Path older(int number) {
        return directory.resolve(file.getFileName() + "." + number);
    }

    /** All lines there are, the oldest first. */
    private List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = RotatedFile.FILES - 1; i > 0; i--) {
            if (Files.exists(older(i))) {
                lines.addAll(Files.readAllLines(older(i)));
            }
        }
        lines.addAll(Files.readAllLines(file));
        return lines;
    }

    private String aside() {
        return aside.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldNeverGrowBeyondFiveFilesOfAMegabyte() throws Exception {
        RotatedFile log = open();
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            say(log, i + " " + FILLING);
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            file,
                            older(1),
                            older(2),
                            older(3),
                            older(4),
                            directory.resolve(file.getFileName() + ".lock"));
        }
        for (int i = 1; i < RotatedFile.FILES; i++) {
            assertThat(Files.size(older(i))).isBetween(RotatedFile.LIMIT - 2_000, RotatedFile.LIMIT);
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(RotatedFile.LIMIT);
        List<String> kept = lines();
        List<String> latest = IntStream.range(count - kept.size(), count)
                .mapToObj(i -> i + " " + FILLING)
                .toList();
        assertThat(kept).hasSizeGreaterThan(3_900).isEqualTo(latest);
    }

    @Test
    void shouldAppendToWhatEarlierProcessesWrote() throws Exception {
        say(open(), "one");
        say(open(), "two");
        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void shouldLoseNothingWhenSeveralWriteAtOnce() throws Exception {
        int writers = 3;
        int count = 1_000;
        CyclicBarrier together = new CyclicBarrier(writers);
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            RotatedFile log = open();
            String prefix = writer + " ";
            tasks.add(new FutureTask<>(() -> {
                together.await();
                for (int i = 0; i < count; i++) {
                    say(log, prefix + i + " " + FILLING);
                }
                return null;
            }));
        }
        tasks.forEach(task -> new Thread(task).start());
        for (FutureTask<Void> task : tasks) {
            task.get();
        }

        List<String> expected = IntStream.range(0, writers * count)
                .mapToObj(i -> i / count + " " + i % count + " " + FILLING)
                .toList();
        assertThat(lines()).hasSameSizeAs(expected);
        assertThat(lines()).hasSameElementsAs(expected);
        assertThat(Files.size(older(1))).isLessThan(RotatedFile.LIMIT + writers * 2_000);
        assertThat(older(4)).doesNotExist();
        assertThat(aside()).isEmpty();
    }

    @Test
    void shouldGoOnWhereAFileWasMovedAway() throws Exception {
        RotatedFile log = open();
        say(log, "one");
        Files.move(file, directory.resolve("mine"));
        say(log, "two");
        assertThat(file).hasContent("two\n");
        assertThat(directory.resolve("mine")).hasContent("one\n");
    }

    /** Nothing can be written to a directory; as to a full disk. */
    @Test
    void shouldSayWhatIsMissingOnceItCanWriteAgain() throws Exception {
        RotatedFile log = open();
        say(log, "one");
        Path whole = Files.move(file, directory.resolve("whole"));
        Files.createDirectory(file);
        say(log, "two");
        say(log, "three");
        assertThat(aside()).startsWith(TIME + " stage0: the log " + file + " can't be written to: ");
        assertThat(aside().lines()).hasSize(1);
        Files.delete(file);
        Files.move(whole, file);

        say(log, "four");
        say(log, "five");

        assertThat(file)
                .hasContent("one\n" + TIME
                        + " stage0: lines that could not be written and are missing here: 2\nfour\nfive\n");
        assertThat(aside().lines()).hasSize(1);
    }

    @Test
    void shouldRatherLoseLinesThanGrow() throws Exception {
        RotatedFile log = open();
        Files.createDirectory(directory.resolve(file.getFileName() + ".lock"));
        for (int i = 0; i < 2_500; i++) {
            say(log, i + " " + FILLING);
        }
        assertThat(Files.size(file)).isLessThanOrEqualTo(RotatedFile.LIMIT);
        assertThat(older(1)).doesNotExist();
        assertThat(Files.readAllLines(file))
                .startsWith(TIME + " stage0: the log could not be rotated, so what was here is gone: " + file
                        + ".lock: Is a directory")
                .endsWith("2499 " + FILLING);
    }

    @Test
    void shouldTakeLinesOfThreadsThatAreInterrupted() throws Exception {
        RotatedFile log = open();
        say(log, "x".repeat((int) RotatedFile.LIMIT - 1));
        FutureTask<Boolean> last = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            say(log, "interrupted");
            return Thread.currentThread().isInterrupted();
        });
        new Thread(last).start();
        assertThat(last.get()).isTrue();
        assertThat(file).hasContent("interrupted\n");
        assertThat(older(1)).exists();
    }

    @Test
    void shouldMakeTheDirectoryThatIsMissing() throws Exception {
        file = directory.resolve("logs/of/stage0.log");
        say(open(), "one");
        assertThat(file).hasContent("one\n");
    }

    @Test
    void shouldNameWhatKeepsItFromWriting() throws Exception {
        file = Files.createFile(directory.resolve("taken")).resolve("stage0.log");
        assertThatThrownBy(this::open)
                .isInstanceOf(NotDirectoryException.class)
                .hasMessage(directory.resolve("taken").toString());
    }
}
