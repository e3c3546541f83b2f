package io.jenkins.plugins.builderfarm.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a command line is said before any bucket is asked. */
@Timeout(60)
final class CommandLineTest {
    private static final String KEY = SigningKey.generate(new SecureRandom()).print();
    /** Discards every packet that is sent there: a test that asks it would hang, and fail by its limit. */
    private static final List<String> NOWHERE =
            List.of("--bucket", "gs://farm", "--endpoint", "http://127.0.0.1:1", "--anonymous", "--retries", "0");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                        | no command is given",
                "publsh                                  | unknown command: publsh",
                "--bucket gs://farm                      | unknown command: --bucket",
                "new-key                                 | --out is missing",
                "new-key --out                           | --out wants a value",
                "new-key --out a b                       | new-key: 'b' is one word too many",
                "new-key --out a --bucket gs://farm      | this command has no flag --bucket",
                "init                                    | --jar is missing",
                "init --jar JAR --serial 0               | --serial: '0' is not a number from 1 to 1000000000000",
                "init --jar JAR --min-java 16            | --min-java: JAR was compiled for Java 17, so Java 16 can't run it",
                "init --jar JAR --min-java x             | --min-java: 'x' is not a number from 1 to 999",
                "init --jar JAR --channel stable         | this command has no flag --channel",
                "publish --jar JAR --release-version v1  | --release-version: version 'v1' is not valid",
                "publish --jar JAR --percent 5           | --percent makes sense with --channel only",
                "publish --jar JAR --host-type host-a    | --host-type makes sense with --channel only",
                "publish --jar JAR --new-channel         | --new-channel makes sense with --channel only",
                "publish --jar JAR --channel c --percent 101 | --percent: '101' is not a number from 0 to 100",
                "promote --channel stable                | promote wants a VERSION",
                "promote 1.4                             | --channel is missing",
                "promote v1 --channel stable             | promote: version 'v1' is not valid",
                "promote 1.4 1.5 --channel stable        | promote: '1.5' is one word too many",
                "promote 1.4 --channel s --host-type foo | --host-type: host type 'foo' is not valid",
                "rollback                                | --channel is missing",
                "rollback --channel stable --to new      | --to: version 'new' is not valid",
                "rollback 1.3 --channel stable           | rollback: '1.3' is one word too many",
                "pin 1.4                                 | --host-type is missing",
                "pin --host-type host-a                  | pin wants a VERSION",
                "unpin                                   | --host-type is missing",
                "follow --host-type host-a               | follow wants a CHANNEL",
                "renew --expires yesterday               | --expires: 'yesterday' is none of 90d, 12h,",
                "renew --expires 2020-01-01              | --expires: '2020-01-01' is in the past",
                "status --dry-run                        | this command has no flag --dry-run",
                "status --json=yes                       | --json is either there or not, it takes no value",
            })
    void shouldNameWhatIsWrong(String line, String message) throws Exception {
        String jar = Jars.buildlet(directory, "1.4").toString();
        List<String> args = new ArrayList<>(
                line == null
                        ? List.of()
                        : Arrays.asList(line.replace("JAR", jar).split(" ")));
        boolean takesBucket = Command.named(args.isEmpty() ? "" : args.get(0))
                .filter(command -> command != Command.NEW_KEY)
                .isPresent();
        if (takesBucket) {
            args.addAll(NOWHERE);
        }
        Ran ran = Ran.inside(Map.of(Keys.VARIABLE, KEY), args);
        assertThat(ran.err())
                .startsWith("publisher: " + message.replace("JAR", jar))
                .hasLineCount(1);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--bucket=farm, --bucket: 'farm' is not of the form gs://BUCKET or gs://BUCKET/PREFIX",
        "--bucket=gs://farm/a b, '--bucket: ''gs://farm/a b'' is not of the form'",
        "--endpoint=http://storage.example, '--endpoint: it must be an https URL, or http on loopback'",
        "--endpoint=ftp://127.0.0.1, '--endpoint: it must be an https URL, or http on loopback'",
        "--endpoint=127.0.0.1:8080, '--endpoint: not a URL'",
        "--endpoint=https://me:s3cret@storage.example, '--endpoint: it must have no user, query or fragment'",
        "--endpoint=https://storage.example/?x, '--endpoint: it must have no user, query or fragment'",
        "--endpoint=https://a b, --endpoint: not a URL",
        "--retries=21, --retries: '21' is not a number from 0 to 20",
        "--release-key=x, --release-key: a release key starts with 'ed25519:'",
        "--anonymous=perhaps, '--anonymous is either there or not, it takes no value'",
    })
    void shouldNameWhatIsWrongWithTheBucketsFlags(String flag, String message) {
        List<String> args = new ArrayList<>(List.of("status", flag));
        for (int i = 0; i < NOWHERE.size(); i += NOWHERE.get(i).equals("--anonymous") ? 1 : 2) {
            String name = NOWHERE.get(i);
            if (!flag.startsWith(name + "=")) {
                args.add(name);
                if (!name.equals("--anonymous")) {
                    args.add(NOWHERE.get(i + 1));
                }
            }
        }
        Ran ran = Ran.inside(Map.of(Keys.VARIABLE, KEY), args);
        assertThat(ran.err())
                .startsWith("publisher: " + message)
                .doesNotContain("s3cret")
                .hasLineCount(1);
        assertThat(ran.code()).isEqualTo(2);
    }

    @Test
    void shouldNameTheBucketThatCannotBeReached() {
        List<String> args = new ArrayList<>(List.of("status"));
        args.addAll(NOWHERE);
        Ran ran = Ran.inside(Map.of(Keys.VARIABLE, KEY), args);
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err())
                .startsWith("publisher: can't read gs://farm/buildlet.json: ")
                .hasLineCount(1);
    }

    @Test
    void shouldPrintThePublicHalfOfANewKeyAndNothingElse() {
        Path file = directory.resolve("k");
        Ran ran = Ran.inside(Map.of(), List.of("new-key", "--out", file.toString()));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).matches("ed25519:[A-Za-z0-9_-]{43}\\R");
        assertThat(ran.err()).startsWith("publisher: wrote " + file).hasLineCount(1);
        assertThat(file).content().contains(ran.out().strip());

        Ran again = Ran.inside(Map.of(), List.of("new-key", "--out", file.toString()));
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("is there already; a key is never overwritten");
        assertThat(again.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"help", "-help", "--help", "-h"})
    void shouldHelp(String word) {
        Ran ran = Ran.inside(Map.of(), List.of(word));
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("usage: ").contains("exit codes", "  6  somebody else");
    }

    @Test
    void shouldHelpWithEveryCommand() {
        for (Command command : Command.values()) {
            Ran ran = Ran.inside(Map.of(), List.of(command.toString(), "--help"));
            assertThat(ran.code()).isZero();
            assertThat(ran.out())
                    .startsWith("usage: java -jar publisher.jar " + command)
                    .contains("--help");
        }
    }
}
