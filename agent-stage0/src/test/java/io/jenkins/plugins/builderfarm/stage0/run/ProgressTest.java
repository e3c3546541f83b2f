package io.jenkins.plugins.builderfarm.stage0.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgressTest {
    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0}, came back with 0: {1} -> {2}")
    @CsvSource({
        "'',                                          true,  FAILED",
        "'',                                          false, FAILED",
        "'dialled-in\n',                              true,  UNDECIDED",
        "'dialled-in\n',                              false, FAILED",
        "'dialled-in\nleased a\n',                    false, FAILED",
        "'dialled-in\nleased a\nreleased a\n',        true,  PROVED",
        "'dialled-in\nleased a\nreleased a\n',        false, PROVED",
        "'dialled-in\nleased a\nreleased',            false, FAILED",
        "'stopped\n',                                 false, FAILED",
        "'dialled-in\nstopped\n',                     false, UNDECIDED",
        "'dialled-in\nleased a\nstopped\n',           false, UNDECIDED",
        "'rubbish',                                   false, FAILED"
    })
    void shouldJudge(String lines, boolean orderly, Ending ending) throws Exception {
        Path file = Files.writeString(directory.resolve("progress"), lines);
        assertThat(new Progress(file).ending(orderly)).isEqualTo(ending);
    }

    @Test
    void shouldTakeAMissingFileForNoProgress() {
        Progress progress = new Progress(directory.resolve("progress"));
        assertThat(progress.dialledIn()).isFalse();
        assertThat(progress.ending(true)).isEqualTo(Ending.FAILED);
    }

    @Test
    void shouldNoteThatTheProcessWasStopped() throws Exception {
        Progress progress = new Progress(directory.resolve("progress"));
        progress.clear();
        progress.stopped();
        assertThat(progress.file()).hasContent("stopped\n");
    }
}
