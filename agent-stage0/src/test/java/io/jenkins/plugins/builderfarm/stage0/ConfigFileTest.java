package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigFileTest {
    private static final String KEY =
            SigningKey.generate(new SecureRandom()).publicKey().toString();
    private static final String OTHER =
            SigningKey.generate(new SecureRandom()).publicKey().toString();
    private static final String REQUIRED = """
            # what the farm's administrators gave me
            coordinator  = farm.example
            reverse-type = host-foo-bar
            bucket       = gs://farm-releases/stable
            release-key  = %s

            hostname = board1
            """.formatted(KEY);

    @TempDir
    private Path directory;

    @Test
    void shouldSayAllThatFlagsCan() throws Exception {
        Options options = parse(REQUIRED + "release-key=" + OTHER + "\n" + """
                reboot
                loop = false
                buildlet-flag = -min-free-disk=2G
                buildlet-flag = --new
                  workdir=/a place/with = signs
                """);
        assertThat(options.coordinator()).hasToString("https://farm.example/");
        assertThat(options.machine()).hasToString("host-foo-bar/board1");
        assertThat(options.keys()).map(Object::toString).containsExactly(KEY, OTHER);
        assertThat(options.reboot()).isTrue();
        assertThat(options.loop()).isFalse();
        assertThat(options.workDirectory())
                .isEqualTo(Path.of("/a place/with = signs").toAbsolutePath());
        assertThat(options.buildletArguments()).endsWith("-min-free-disk=2G", "--new");
    }

    @Test
    void shouldKnowEveryFlagButThoseOfTheMoment() throws Exception {
        for (String name : Options.VALUED) {
            if (!name.equals("config")) {
                // Far enough to be known: what is wrong, if anything, is the value.
                assertThat(Options.flags(arguments(name + " = x"))).isNotNull();
            }
        }
        for (String name : List.of("config = x", "help", "version")) {
            assertThatThrownBy(() -> Options.flags(arguments(name))).hasMessageContaining("line 1: unknown flag");
        }
    }

    @Test
    void shouldYieldToTheCommandLine() throws Exception {
        Options options = parse(REQUIRED + "reboot\n", "-hostname=board2", "-release-key", OTHER, "-reboot=false");
        assertThat(options.machine()).hasToString("host-foo-bar/board2");
        assertThat(options.keys()).map(Object::toString).containsExactly(OTHER);
        assertThat(options.reboot()).isFalse();
    }

    @Test
    void shouldTakeWhatWindowsEditorsWrite() throws Exception {
        assertThat(parse("\ufeff" + REQUIRED.replace("\n", "\r\n")).machine()).hasToString("host-foo-bar/board1");
    }

    @Test
    void shouldTakeRelativePathsFromWhereTheFileIs() throws Exception {
        Options options = parse(REQUIRED + "workdir = w\nstate = ../s\nca-file = ca.pem\nlog = l/stage0.log\n");
        assertThat(options.log()).contains(directory.resolve("l/stage0.log"));
        assertThat(options.workDirectory()).isEqualTo(directory.resolve("w"));
        assertThat(options.state().path()).isEqualTo(directory.resolveSibling("s"));
        assertThat(options.network().caFile()).contains(directory.resolve("ca.pem"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "colour = red      | line 1: unknown flag 'colour'",
                "= red             | line 1: unknown flag ''",
                "-hostname = a     | line 1: a name has no dash here: hostname",
                "hostname          | line 1: hostname needs a value",
                "hostname =        | line 1: hostname: the value is empty",
                "hostname = a_     | line 1: hostname: hostname 'a_' is not valid",
                "loop = perhaps    | line 1: loop: 'perhaps' is neither true nor false",
                "reverse-type = a  | line 4: reverse-type is there twice",
                "fetch-seconds = 0 | line 1: fetch-seconds: '0' is not between 1 and 86400",
                "release-key = rsa | line 1: release-key: a release key starts with 'ed25519:'",
                "log =             | line 1: log: the value is empty",
                "log = .           | line 1: log: ",
                "proxy = http://u:s3cret@p:1 | line 1: proxy: a user and a password don't belong",
            })
    void shouldNameFileAndLine(String line, String message) throws Exception {
        String text =
                line.startsWith("hostname") || line.startsWith("-") ? REQUIRED.replace("hostname", "# ") : REQUIRED;
        assertThatThrownBy(() -> parse(line + "\n" + text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(directory.resolve("config") + " " + message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldNameWhatIsNoText() throws Exception {
        Path file = directory.resolve("config");
        byte[] latin = "# one\nhostname = b\u00f6rd\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, latin);
        assertThatThrownBy(() -> Options.flags(List.of("-config=" + file)))
                .hasMessage(file + " line 2: not UTF-8 text");
        Files.write(file, new byte[2 << 20]);
        assertThatThrownBy(() -> Options.flags(List.of("-config=" + file)))
                .hasMessage("flag -config: " + file + " is too large to be a file of flags");
    }

    @Test
    void shouldNameAFileThatCannotBeRead() {
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> Options.flags(List.of("-config=" + none)))
                .hasMessage("flag -config: " + none + " can't be read: " + none + ": no such file");
        assertThatThrownBy(() -> Options.flags(List.of("-config=" + directory)))
                .hasMessageStartingWith("flag -config: " + directory + " can't be read: ");
    }

    private Options parse(String text, String... flags) throws Exception {
        return Options.parse(Options.flags(arguments(text, flags)));
    }

    private List<String> arguments(String text, String... flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.add("-config=" + Files.writeString(directory.resolve("config"), text));
        return arguments;
    }
}
