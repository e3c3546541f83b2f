package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TestLog log = new TestLog();

    @Test
    void shouldExplainItself() {
        assertThat(run("-help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: java -jar stage0.jar ");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldDescribeEveryFlag() {
        run("--help");
        String help = out.toString(StandardCharsets.UTF_8);
        assertThat(Options.VALUED).allSatisfy(flag -> assertThat(help).contains("-" + flag + " "));
        assertThat(Options.SWITCHES.stream().filter(flag -> flag.length() > 1))
                .allSatisfy(flag -> assertThat(help).containsPattern("-" + flag + "\\b"));
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(run("-version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("stage0 " + Stage0Version.TEXT + "\n");
    }

    @Test
    void shouldSayWhatIsWrongInOneLine() {
        assertThat(run("-reverse-type=host-foo-bar")).isEqualTo(2);
        assertThat(log.lines())
                .containsExactly("2026-11-23T08:00:00Z stage0: flag -coordinator is missing (-help says more)");
    }

    private int run(String... arguments) {
        return Main.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8), log.log());
    }
}
