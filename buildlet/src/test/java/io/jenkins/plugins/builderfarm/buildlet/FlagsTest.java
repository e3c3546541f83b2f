package io.jenkins.plugins.builderfarm.buildlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private static Flags parse(String... args) throws UsageException {
        return Flags.parse(Set.of("reboot"), Set.of("name", "note"), Set.of("note"), args);
    }

    @Test
    void shouldTakeOneDashOrTwo() throws UsageException {
        assertThat(parse("-name=x").all("name")).containsExactly("x");
        assertThat(parse("--name=x").all("name")).containsExactly("x");
        assertThat(parse("-name", "x").all("name")).containsExactly("x");
        assertThat(parse("--name", "-x").all("name")).containsExactly("-x");
        assertThat(parse("-name=a=b").all("name")).containsExactly("a=b");
    }

    @Test
    void shouldTakeSwitches() throws UsageException {
        assertThat(parse("-reboot").isSet("reboot")).isTrue();
        assertThat(parse("--reboot=true").isSet("reboot")).isTrue();
        assertThat(parse("-reboot=false").isSet("reboot")).isFalse();
        assertThat(parse("-reboot", "false", "-name", "x").isSet("reboot")).isFalse();
        assertThat(parse("-reboot", "-name", "x").isSet("reboot")).isTrue();
        assertThat(parse().isSet("reboot")).isFalse();
    }

    @Test
    void shouldTakeSomeAgainAndAgain() throws UsageException {
        assertThat(parse("-note=a", "-note", "b").all("note")).containsExactly("a", "b");
        assertThatThrownBy(() -> parse("-name=a", "-name=b")).hasMessage("-name is given twice");
    }

    @Test
    void shouldNameTheMistake() throws UsageException {
        assertThatThrownBy(() -> parse("-nam=x")).hasMessage("unknown flag -nam");
        assertThatThrownBy(() -> parse("name")).hasMessage("'name' is no flag");
        assertThatThrownBy(() -> parse("-name")).hasMessage("-name needs a value");
        assertThatThrownBy(() -> parse("-reboot=perhaps")).hasMessage("-reboot is either true or false");
        assertThatThrownBy(() -> parse().required("name", String::valueOf)).hasMessage("-name is missing");
        Flags flags = parse("-name=x");
        assertThatThrownBy(() -> flags.required("name", Integer::valueOf)).hasMessageStartingWith("-name: ");
    }
}
