package io.jenkins.plugins.builderfarm.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControllerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "farm.example, https://farm.example/",
        "FARM.Example:443, https://farm.example/",
        "farm.example:8443/jenkins, https://farm.example:8443/jenkins/",
        "HTTPS://Farm.Example/Jenkins/, https://farm.example/Jenkins/",
        "https://farm.example:443/a/../b/./c, https://farm.example/b/c/",
        "' https://farm.example ', https://farm.example/",
        "http://localhost:80, http://localhost/",
        "http://127.0.0.1:8080/jenkins, http://127.0.0.1:8080/jenkins/",
        "http://127.3.2.1, http://127.3.2.1/",
        "http://[::1]:8080, http://[::1]:8080/",
        "https://[2001:DB8::1], https://[2001:db8::1]/",
    })
    void shouldHaveOneSpelling(String given, String canonical) {
        assertThat(ControllerUrl.parse(given)).hasToString(canonical);
        assertThat(ControllerUrl.parse(canonical)).isEqualTo(ControllerUrl.parse(given));
    }

    @ParameterizedTest
    @CsvSource({
        "http://farm.example, is plain http",
        "http://localhost.farm.example, is plain http",
        "http://127.0.0.1.example, is plain http",
        "http://10.0.0.1, is plain http",
        "ftp://farm.example, is neither https nor http",
        "https://, is not a URL",
        "https:///path, names no host",
        "https://farm_under.example, names no host",
        "https://farm.example?x=1, 'must have no user, query or fragment'",
        "https://farm.example/#top, 'must have no user, query or fragment'",
        "https://farm.example:0, is not between 1 and 65535",
        "https://farm.example:65536, is not between 1 and 65535",
        "two words, is not a URL",
    })
    void shouldRefuseWhatIsNoControllersUrl(String given, String why) {
        assertThatThrownBy(() -> ControllerUrl.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("controller URL '")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t"})
    void shouldSayThatTheUrlIsMissing(String given) {
        assertThatThrownBy(() -> ControllerUrl.parse(given)).hasMessage("the controller's URL is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me:hunter2@farm.example",
                "me:hunter2@farm.example",
                "https://me:hunter2@farm_under.example/",
                "https://me:hunter2@two words",
                "ftp://me:hunter2@farm.example",
            })
    void shouldNotQuoteAPassword(String given) {
        assertThatThrownBy(() -> ControllerUrl.parse(given))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
                .hasNoCause();
    }

    @Test
    void shouldLeadToTheReverseEndpoint() {
        assertThat(ControllerUrl.parse("farm.example/jenkins").reverse())
                .isEqualTo(URI.create("wss://farm.example/jenkins/reverse"));
        assertThat(ControllerUrl.parse("http://localhost:8080").reverse())
                .isEqualTo(URI.create("ws://localhost:8080/reverse"));
        assertThat(ControllerUrl.parse("farm.example/jenkins").resolve("jnlpJars/agent.jar"))
                .isEqualTo(URI.create("https://farm.example/jenkins/jnlpJars/agent.jar"));
    }
}
