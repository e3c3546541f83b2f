package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Path HOME = Path.of("home");

    private static Options parse(String args) throws UsageException {
        return Options.from(Options.flags(args.split(" ")), HOME);
    }

    @Test
    void shouldDoAsTheWikiPageHasIt() throws UsageException {
        Options options = parse("-coordinator=farmer.golang.org -reverse-type=host-foo-bar -reboot=false");
        assertThat(options.controller()).hasToString("https://farmer.golang.org/");
        assertThat(options.machine().hostType()).hasToString("host-foo-bar");
        assertThat(options.reboot()).isFalse();
        assertThat(options.workDirectory()).isEqualTo(HOME.resolve("builder-farm/host-foo-bar/work"));
        assertThat(options.stage0()).isEmpty();
        assertThat(options.progressFile()).isEmpty();
        assertThat(options.leastDisk()).isEqualTo(1L << 30);
    }

    @Test
    void shouldTakeAllOfStage0() throws UsageException {
        Options options = parse("--coordinator https://farm.example/jenkins --reverse-type host-x --reboot"
                + " --hostname Board3 --workdir w --stage0-version 1.2 --progress-file p --note a --note b");
        assertThat(options.controller()).hasToString("https://farm.example/jenkins/");
        assertThat(options.machine()).hasToString("host-x/board3");
        assertThat(options.reboot()).isTrue();
        assertThat(options.workDirectory()).isEqualTo(Path.of("w"));
        assertThat(options.stage0()).contains(new Version("1.2"));
        assertThat(options.progressFile()).contains(Path.of("p"));
        assertThat(options.notes()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "1K, 1024", "512M, 536870912", "2G, 2147483648", "0, 0"})
    void shouldReadSizes(String text, long bytes) throws UsageException {
        assertThat(parse("-coordinator=x -reverse-type=host-x -hostname=x -min-memory=" + text)
                        .leastMemory())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"-min-memory, -1", "-min-free-disk, 1T", "-workdir, ''", "-stage0-version, v1", "-hostname, a_"})
    void shouldNameTheFlagThatIsWrong(String flag, String value) {
        assertThatThrownBy(() -> parse("-coordinator=x -reverse-type=host-x " + flag + "=" + value))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(flag + ": ");
    }

    @Test
    void shouldDocumentEveryExitCode() {
        for (ExitCode code : ExitCode.values()) {
            assertThat(Options.help()).contains("  " + code.code() + "  " + code.meaning());
        }
    }
}
