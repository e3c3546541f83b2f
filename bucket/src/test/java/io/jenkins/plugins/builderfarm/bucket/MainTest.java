package io.jenkins.plugins.builderfarm.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, as far as it does not start a server. */
@Timeout(60)
final class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                      | --bucket is missing",
                "--bucket                              | --bucket wants a value",
                "--bucket=                             | --bucket",
                "--bucket Farm                         | --bucket Farm",
                "--bucket farm --colour red            | unknown flag: --colour",
                "--bucket farm extra                   | unknown flag: extra",
                "--bucket farm --listen                | --listen wants a value",
                "--bucket farm --listen 8080           | --listen 8080: HOST:PORT is wanted",
                "--bucket farm --listen 127.0.0.1:99999 | --listen 127.0.0.1:99999: HOST:PORT is wanted",
                "--bucket farm --listen 0.0.0.0:0      | --listen 0.0.0.0:0: not a loopback address",
                "--bucket farm --dir=                  | --dir wants a path",
                "--bucket farm --port-file=            | --port-file wants a path",
            })
    void shouldNameTheFlagThatIsWrong(String line, String message) {
        String[] args = line == null ? new String[0] : line.split(" ");
        assertThat(run(args)).isEqualTo(64);
        assertThat(err.toString(UTF_8)).startsWith("bucket: " + message).hasLineCount(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldDocumentItsExitCodes() {
        assertThat(run("-help")).isZero();
        assertThat(out.toString(UTF_8)).contains("exit codes", "64   bad flags", "74 ");
    }

    @Test
    void shouldAcceptOneDashOrTwo() throws Options.UsageException {
        Options options = Options.parse("-bucket", "one", "--bucket=two", "-listen=localhost:8080", "-dir", "d");
        assertThat(options.buckets()).containsExactly("one", "two");
        assertThat(options.listen().getPort()).isEqualTo(8080);
        assertThat(options.directory()).isEqualTo(Path.of("d"));
        assertThat(options.tokenFile()).isNull();
    }

    @Test
    void shouldNameTheFileThatIsWrong() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(run("--bucket", "farm", "--dir", file.toString())).isEqualTo(74);
        assertThat(err.toString(UTF_8)).startsWith("bucket: ").contains(file.toString());

        err.reset();
        assertThat(run("--bucket", "farm", "--require-token-for-writes", file.toString()))
                .isEqualTo(74);
        assertThat(err.toString(UTF_8)).contains(file + " holds no token");
    }

    @Test
    void shouldNameTheAddressThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("--bucket", "farm", "--listen", address)).isEqualTo(74);
            assertThat(err.toString(UTF_8)).contains("Can't listen on", address);
        }
    }

    private int run(String... args) {
        return Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
