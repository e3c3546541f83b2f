package io.jenkins.plugins.builderfarm.stage0.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkTest {
    private static final Map<String, String> BOTH = Map.of(
            "https_proxy",
            "http://me:p%40ss+@lower.example:3128",
            "HTTPS_PROXY",
            "upper.example",
            "NO_PROXY",
            "a.example");

    @TempDir
    private Path directory;

    @Test
    void shouldUseNoProxyUnlessTold() {
        Network network = of(Map.of("https_proxy", " "));
        assertThat(network.proxy()).isEmpty();
        assertThat(network.login()).isEmpty();
    }

    @Test
    void shouldFollowTheEnvironmentSmallLettersFirst() {
        Network network = of(BOTH);
        assertThat(network.proxy()).get().hasToString("lower.example:3128");
        assertThat(network.login()).contains(new ProxyLogin("me", "p@ss+"));
        assertThat(network.loginSource()).contains("https_proxy");
        assertThat(network.nonProxyHosts()).endsWith("|a.example|*.a.example");
        assertThat(of(Map.of("HTTPS_PROXY", "upper.example")).proxy()).get().hasToString("upper.example:80");
        assertThat(network.toString()).doesNotContain("p@ss", "p%40ss");
    }

    @Test
    void shouldPutFlagsBeforeJavasPropertiesAndThoseBeforeTheEnvironment() throws Exception {
        Path login = Files.writeString(directory.resolve("login"), "me:a:b\n");
        Network flag = Network.of(
                Optional.of(ProxyChoice.parse("http://flag.example:8080")),
                Optional.of(login),
                Optional.of(List.of("b.example")),
                Optional.empty(),
                BOTH,
                true);
        assertThat(flag.proxy()).get().hasToString("flag.example:8080");
        assertThat(flag.login()).contains(new ProxyLogin("me", "a:b"));
        assertThat(flag.loginSource()).contains(login.toString());
        assertThat(flag.nonProxyHosts()).endsWith("|b.example|*.b.example").doesNotContain("a.example");
        Network java = Network.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), BOTH, true);
        assertThat(java.proxy()).isEmpty();
    }

    @Test
    void shouldGoDirectIfTold() {
        Network network = Network.of(
                Optional.of(ProxyChoice.parse("direct")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                BOTH,
                false);
        assertThat(network.proxy()).isEmpty();
        assertThat(network.login()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://me:s3cret@proxy.example:1 | a user and a password don't belong on a command line",
                "http://me@proxy.example:1        | a user and a password don't belong on a command line",
                "https://proxy.example            | a proxy is spoken to by http://, not https://",
                "socks5://proxy.example           | a proxy is spoken to by http://, not socks5://",
                "http://proxy.example/path        | not of the form http://HOST:PORT",
                "http://me:s3cret @proxy.example  | not of the form http://HOST:PORT",
                "http://proxy.example:99999       | not of the form http://HOST:PORT",
            })
    void shouldRefuseAFlagAndRepeatNoPassword(String text, String message) {
        assertThatThrownBy(() -> ProxyChoice.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    @Test
    void shouldNameTheVariableThatIsWrongAndRepeatNoPassword() {
        assertThatThrownBy(() -> of(Map.of("HTTPS_PROXY", "https://me:s3cret@proxy.example")))
                .hasMessage("environment variable HTTPS_PROXY: a proxy is spoken to by http://, not https://");
        assertThatThrownBy(() -> of(Map.of("no_proxy", "10.0.0.0/9")))
                .hasMessageStartingWith("environment variable no_proxy: '10.0.0.0/9'");
    }

    @ParameterizedTest
    @CsvSource({
        "'', does not hold one line USER:PASSWORD",
        "s3cret, does not hold",
        "':s3cret', does not hold",
        "'a:s3cret\nb:c', does not hold"
    })
    void shouldNameAFileWithoutLogin(String text, String message) throws Exception {
        Path file = Files.writeString(directory.resolve("login"), text);
        assertThatThrownBy(() -> withLogin(file))
                .hasMessageStartingWith("flag -proxy-auth-file: " + file + " " + message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldNameALoginThatCannotBeReadOrIsOfNoUse() throws Exception {
        Path none = directory.resolve("none");
        assertThatThrownBy(() -> withLogin(none))
                .hasMessage("flag -proxy-auth-file: " + none + " can't be read: " + none + ": no such file");
        Path file = Files.writeString(directory.resolve("login"), "a:b");
        assertThatThrownBy(() -> Network.of(
                        Optional.empty(), Optional.of(file), Optional.empty(), Optional.empty(), Map.of(), false))
                .hasMessageStartingWith("flag -proxy-auth-file makes sense with a proxy only");
    }

    private static Network withLogin(Path file) {
        return Network.of(
                Optional.of(ProxyChoice.parse("http://proxy.example:1")),
                Optional.of(file),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                false);
    }

    private static Network of(Map<String, String> environment) {
        return Network.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), environment, false);
    }
}
