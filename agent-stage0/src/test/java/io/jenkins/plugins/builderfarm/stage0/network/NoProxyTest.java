package io.jenkins.plugins.builderfarm.stage0.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NoProxyTest {
    private static final String ALWAYS = "localhost|127.*|[::1]";

    @ParameterizedTest
    @CsvSource({
        "farm.example,        farm.example|*.farm.example",
        ".farm.example,       farm.example|*.farm.example",
        "*.farm.example,      farm.example|*.farm.example",
        "farm.example:8443,   farm.example|*.farm.example",
        "10.1.2.3,            10.1.2.3",
        "10.0.0.0/8,          10.*",
        "192.168.7.0/24,      192.168.7.*",
        "10.1.2.3/32,         10.1.2.3",
        "fd00::1,             [fd00::1]",
        "[fd00::1]:443,       [fd00::1]",
        "*,                   *",
    })
    void shouldTellJava(String name, String patterns) {
        assertThat(NoProxy.property(NoProxy.split(name))).isEqualTo(ALWAYS + "|" + patterns);
    }

    @Test
    void shouldTakeSeveral() {
        assertThat(NoProxy.split(" a , b,,c ")).containsExactly("a", "b", "c");
        assertThat(NoProxy.property(List.of())).isEqualTo(ALWAYS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/12", "a|b", "http://farm.example"})
    void shouldNameWhatItCannotTellJava(String name) {
        assertThatThrownBy(() -> NoProxy.split("ok," + name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + name + "' ");
    }
}
