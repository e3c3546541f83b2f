package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemporaryDirectoryTest {
    @Test
    void shouldBeInTheWorkDirectoryUnderTheNameThatUnixProgramsKnow() {
        assertThat(TemporaryDirectory.in("/home/builder/work").orElseThrow().variables())
                .isEqualTo(Map.of("TMPDIR", "/home/builder/work/tmp"));
        assertThat(TemporaryDirectory.in("/").orElseThrow().path()).isEqualTo("/tmp");
    }

    @Test
    void shouldHaveTheNamesThatWindowsProgramsKnow() {
        String path = "C:\\builder\\work\\tmp";
        Map<String, String> expected = Map.of("TMPDIR", path, "TMP", path, "TEMP", path);

        assertThat(TemporaryDirectory.in("C:\\builder\\work").orElseThrow().variables())
                .isEqualTo(expected);
        assertThat(TemporaryDirectory.in("C:\\builder\\work\\").orElseThrow().variables())
                .isEqualTo(expected);
        assertThat(TemporaryDirectory.in("\\\\server\\work").orElseThrow().path())
                .isEqualTo("\\\\server\\work\\tmp");
    }

    @Test
    void shouldBeNoneWhereTheMachineHasNotSaidWhereItWorks() {
        assertThat(TemporaryDirectory.in(".")).isEmpty();
    }
}
