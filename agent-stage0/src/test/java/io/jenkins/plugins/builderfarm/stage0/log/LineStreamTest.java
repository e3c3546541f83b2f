package io.jenkins.plugins.builderfarm.stage0.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LineStreamTest {
    @TempDir
    private Path directory;

    private Path file;
    private LineStream lines;
    private PrintStream stream;

    @BeforeEach
    void begin() throws Exception {
        file = directory.resolve("log");
        lines = new LineStream(RotatedFile.open(file, System.err, InstantSource.system()));
        stream = new PrintStream(lines, true, StandardCharsets.UTF_8);
    }

    @Test
    void shouldHandOnWholeLines() {
        stream.print("on");
        stream.flush();
        assertThat(file).isEmptyFile();
        stream.print("e\n\ntwo\nthr");
        assertThat(file).hasContent("one\n\ntwo\n");
        lines.end();
        lines.end();
        assertThat(file).hasContent("one\n\ntwo\nthr\n");
    }

    @Test
    void shouldDivideLongLinesBetweenCharacters() throws Exception {
        String first = "x".repeat(LineStream.LONGEST - 1) + "\u20ac";
        stream.print(first + "y".repeat(LineStream.LONGEST) + "\nend\n");
        assertThat(Files.readAllLines(file)).isEqualTo(List.of(first, "y".repeat(LineStream.LONGEST), "end"));
    }

    @Test
    void shouldDivideWhatIsNoText() throws Exception {
        byte[] bytes = new byte[LineStream.LONGEST * 3];
        Arrays.fill(bytes, (byte) 0x80);
        stream.write(bytes, 0, bytes.length);
        assertThat(Files.size(file)).isGreaterThan(2 * LineStream.LONGEST);
    }
}
