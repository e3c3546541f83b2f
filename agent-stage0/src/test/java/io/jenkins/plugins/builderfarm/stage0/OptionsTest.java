package io.jenkins.plugins.builderfarm.stage0;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptionsTest {
    private static final ReleaseKey KEY =
            SigningKey.generate(new SecureRandom()).publicKey();
    private static final ReleaseKey OTHER =
            SigningKey.generate(new SecureRandom()).publicKey();

    @TempDir
    private Path directory;

    @Test
    void shouldTakeTheWikiPagesFlags() throws Exception {
        Options options = parse("-hostname=board1");
        assertThat(options.coordinator()).hasToString("https://farm.example/");
        assertThat(options.machine()).hasToString("host-foo-bar/board1");
        assertThat(options.reboot()).isFalse();
        assertThat(options.loop()).isFalse();
        assertThat(options.bucket()).hasToString("gs://farm-releases/stable");
        assertThat(options.keys()).containsExactly(KEY);
        assertThat(options.endpoint()).isEmpty();
        Path base = Path.of(System.getProperty("user.home"), "builder-farm", "host-foo-bar");
        assertThat(options.workDirectory()).isEqualTo(base.resolve("work"));
        assertThat(options.state().path()).isEqualTo(base.resolve("stage0"));
    }

    @Test
    void shouldTakeOneDashOrTwoAndASpaceForTheEqualsSign() throws Exception {
        Options options = parse("--hostname", "Board1", "--reboot", "-loop=true", "--workdir", "w");
        assertThat(options.machine().hostname()).hasToString("board1");
        assertThat(options.reboot()).isTrue();
        assertThat(options.loop()).isTrue();
        assertThat(options.workDirectory()).isEqualTo(Path.of("w").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource({"-reboot,true", "-reboot=true,true", "-reboot=1,true", "-reboot=false,false", "-reboot=0,false"})
    void shouldTakeASwitchAsGoDoes(String flag, boolean on) throws Exception {
        assertThat(parse("-hostname=a", flag).reboot()).isEqualTo(on);
    }

    @Test
    void shouldUseTheMachinesOwnNameUnlessTold() throws Exception {
        assertThat(parse().machine().hostname()).isEqualTo(MachineHostname.find());
    }

    @Test
    void shouldReadReleaseKeysFromAFile() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), "# ours\n" + KEY + "\n\n  " + OTHER + "  \n");
        assertThat(parse("-hostname=a", "-release-key-file=" + file, "-release-key=" + KEY)
                        .keys())
                .containsExactly(KEY, OTHER);
    }

    @Test
    void shouldTakeLongerWhenNothingIsKept() throws Exception {
        Options options = parse("-hostname=a");
        assertThat(options.fetchRequest(false).limit())
                .isGreaterThan(options.fetchRequest(true).limit());
        assertThat(parse("-hostname=a", "-fetch-seconds=7").fetchRequest(true).limit())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void shouldTellTheBuilletWhatItMustKnow() throws Exception {
        assertThat(parse("-hostname=board1", "-workdir=/w", "-reboot").buildletArguments())
                .containsExactly(
                        "-coordinator",
                        "https://farm.example/",
                        "-reverse-type",
                        "host-foo-bar",
                        "-reboot=true",
                        "-hostname",
                        "board1",
                        "-workdir",
                        Path.of("/w").toAbsolutePath().toString());
    }

    @Test
    void shouldHandFlagsOnToTheBuildlet() throws Exception {
        assertThat(parse("-hostname=a", "-buildlet-flag=-min-free-disk=2G", "-buildlet-flag", "--new")
                        .buildletArguments())
                .endsWith("-min-free-disk=2G", "--new");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-colour=red                    | unknown flag -colour",
                "fetch                          | unknown command 'fetch'",
                "-hostname                      | flag -hostname needs a value",
                "-hostname=                     | flag -hostname: the value is empty",
                "-hostname=a_                   | flag -hostname: hostname 'a_' is not valid",
                "-coordinator=http://x          | flag -coordinator is there twice",
                "-reboot=perhaps                | flag -reboot: 'perhaps' is neither true nor false",
                "-endpoint=ftp://x              | flag -endpoint: not of the form https://HOST",
                "-endpoint=http:// x            | flag -endpoint: 'http:// x' is not a URL",
                "-release-key=ssh-rsa           | flag -release-key: a release key starts with 'ed25519:'",
                "-release-key=ed25519:AAAA      | flag -release-key: the release key has 3 bytes instead of 32",
                "-release-key-file=/none/keys   | flag -release-key-file: /none/keys can't be read",
                "-fetch-seconds=0               | flag -fetch-seconds: '0' is not between 1 and 86400",
                "-fetch-seconds=2m              | flag -fetch-seconds: '2m' is not between 1 and 86400",
                "-buildlet-flag=2G              | flag -buildlet-flag: '2G' is no flag",
                "-log=                          | flag -log: the value is empty",
                "-log=/                         | flag -log: / is not a file",
                "-dial-seconds=999999           | flag -dial-seconds: '999999' is not between 1 and 86400",
            })
    void shouldNameTheFlagThatIsWrong(String flag, String message) {
        assertThatThrownBy(() -> parse(flag)).isInstanceOf(UsageException.class).hasMessageStartingWith(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-coordinator | http://farm.example | flag -coordinator: controller URL 'http://farm.example' is plain http",
                "-reverse-type | linux               | flag -reverse-type: host type 'linux' is not valid",
                "-bucket       | farm                | flag -bucket: 'farm' is not of the form gs://BUCKET/PREFIX or https://HOST/PATH",
                "-bucket       | gs://F/x            | flag -bucket: 'gs://F/x' is not of the form gs://BUCKET/PREFIX",
                "-bucket       | gs://farm/a//b      | flag -bucket: 'gs://farm/a//b' has a folder that no release",
            })
    void shouldNameTheRequiredFlagThatIsWrongOrMissing(String flag, String value, String message) {
        List<String> arguments = new ArrayList<>(required());
        arguments.removeIf(argument -> argument.startsWith(flag + "="));
        assertThatThrownBy(() -> Options.parse(Options.flags(arguments)))
                .isInstanceOf(UsageException.class)
                .hasMessage("flag " + flag + " is missing");
        arguments.add(flag + "=" + value);
        assertThatThrownBy(() -> Options.parse(Options.flags(arguments)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void shouldWantAReleaseKey() {
        List<String> arguments = new ArrayList<>(required());
        arguments.removeIf(argument -> argument.startsWith("-release-key="));
        assertThatThrownBy(() -> Options.parse(Options.flags(arguments)))
                .hasMessage("flag -release-key or -release-key-file is missing");
    }

    @Test
    void shouldNameTheLineOfABadKeyFile() throws Exception {
        Path file = Files.writeString(directory.resolve("keys"), KEY + "\ned25519:?\n");
        assertThatThrownBy(() -> parse("-release-key-file=" + file))
                .hasMessageStartingWith("flag -release-key-file: " + file + " line 2: ");
        Path empty = Files.writeString(directory.resolve("empty"), "# none yet\n");
        assertThatThrownBy(() -> parse("-release-key-file=" + empty)).hasMessageContaining("holds no release key");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 0, 1});
        assertThatThrownBy(() -> parse("-release-key-file=" + binary)).hasMessageContaining("not a text file");
        Path large = Files.write(directory.resolve("large"), new byte[1 << 20]);
        assertThatThrownBy(() -> parse("-release-key-file=" + large)).hasMessageContaining("too large");
    }

    @Test
    void shouldTakeALogWhereItCanStay() throws Exception {
        assertThat(parse("-hostname=a").log()).isEmpty();
        assertThat(parse("-hostname=a", "-log", "x.log").log())
                .contains(Path.of("x.log").toAbsolutePath());
        assertThatThrownBy(() -> parse("-hostname=a", "-log=" + directory))
                .hasMessage("flag -log: " + directory + " is not a file");
        Path lost = directory.resolve("work/a/log");
        assertThatThrownBy(() -> parse("-hostname=a", "-log=" + lost, "-workdir=" + directory.resolve("work")))
                .hasMessage("flag -log: " + lost + " would go with the work directory, which each build empties");
        assertThat(directory).isEmptyDirectory();
    }

    private static Options parse(String... more) throws UsageException {
        List<String> arguments = new ArrayList<>(required());
        arguments.addAll(Arrays.asList(more));
        return Options.parse(Options.flags(arguments));
    }

    private static List<String> required() {
        return List.of(
                "-coordinator=farm.example",
                "-reverse-type=host-foo-bar",
                "-bucket=gs://farm-releases/stable/",
                "-release-key=" + KEY);
    }
}
