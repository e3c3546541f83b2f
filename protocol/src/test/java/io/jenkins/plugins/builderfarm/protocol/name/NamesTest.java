package io.jenkins.plugins.builderfarm.protocol.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    private static final String LONG = "a".repeat(58);

    @ParameterizedTest
    @ValueSource(strings = {"host-a", "host-linux-riscv64-unmatched", "host-windows-2016.x_y", "host-0"})
    void shouldTakeHostTypes(String name) {
        assertThat(new HostTypeName(name)).hasToString(name);
        assertThat(new HostTypeName("host-" + LONG).value()).hasSize(HostTypeName.LONGEST);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "host-",
                "linux",
                "host-Linux",
                "host--a",
                "host-a-",
                "host-a--b",
                "host-a b",
                "host-a/b",
                "host-é",
                "host-a\n"
            })
    void shouldRefuseOtherHostTypes(String name) {
        assertThatThrownBy(() -> new HostTypeName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("host type ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux-amd64-race", "js-wasm", "a", "9p", "hosted-x"})
    void shouldTakeBuilders(String name) {
        assertThat(new BuilderName(name)).hasToString(name);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"host-a", "Linux", "a-", "-a", "a--b", "a b", "a&&b", "a|b", "a\tb"})
    void shouldRefuseOtherBuilders(String name) {
        assertThatThrownBy(() -> new BuilderName(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("builder ");
    }

    @ParameterizedTest
    @CsvSource({"Pi, pi", "BOARD-3.local, board-3.local", "a__b--c, a__b--c", "x, x"})
    void shouldTakeHostnamesInAnyCase(String given, String kept) {
        assertThat(new Hostname(given)).hasToString(kept).isEqualTo(new Hostname(kept));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"-a", "a-", ".", "a b", "a/b", "ä", "a\n", "a:1"})
    void shouldRefuseOtherHostnames(String name) {
        assertThatThrownBy(() -> new Hostname(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("hostname ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.4.2", "1.5-rc1", "1.0-SNAPSHOT", "2026.11.23+abc"})
    void shouldTakeVersions(String version) {
        assertThat(new Version(version)).hasToString(version);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"v1", "1 2", "1/2", "1-", "1+", "../1", "1\n"})
    void shouldRefuseOtherVersions(String version) {
        assertThatThrownBy(() -> new Version(version))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("version ");
    }

    @Test
    void shouldOrderVersionsByTheirNumbers() {
        assertThat(Stream.of("1.10", "1.9", "1.5", "1.5-rc1", "1.5.1")
                        .map(Version::new)
                        .sorted()
                        .map(Version::value))
                .containsExactly("1.5-rc1", "1.5", "1.5.1", "1.9", "1.10");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100, 100_000})
    void shouldRefuseNamesThatAreTooLong(int length) {
        String name = "host-" + "a".repeat(length - 5);
        assertThatThrownBy(() -> new HostTypeName(name))
                .hasMessageContaining("is longer than 63 characters")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
        assertThatThrownBy(() -> new Hostname("a".repeat(length))).hasMessageContaining("longer than 63");
        assertThatThrownBy(() -> new BuilderName("a".repeat(length))).hasMessageContaining("longer than 63");
        assertThatThrownBy(() -> new Version("1".repeat(length + 1))).hasMessageContaining("longer than 64");
    }

    @Test
    void shouldQuoteWrongNamesWithoutControlCharacters() {
        assertThatThrownBy(() -> new HostTypeName("x\r\nEVIL\u007f"))
                .hasMessageStartingWith("host type 'x??EVIL?' is not valid");
    }

    @Test
    void shouldPrintAndParseMachines() {
        MachineId machine = MachineId.parse("host-linux-mips64/Board3");
        assertThat(machine.hostname()).isEqualTo(new Hostname("board3"));
        assertThat(MachineId.parse(machine.toString())).isEqualTo(machine);
        assertThat(machine).isLessThan(MachineId.parse("host-linux-mips64/board4"));
        assertThat(machine).isLessThan(MachineId.parse("host-linux-mips65/a"));
        assertThatThrownBy(() -> MachineId.parse("host-linux-mips64")).hasMessageContaining("HOST_TYPE/HOSTNAME");
        assertThatThrownBy(() -> MachineId.parse("host-a/b/c")).hasMessageStartingWith("hostname 'b/c'");
    }
}
