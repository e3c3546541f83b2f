package io.jenkins.plugins.builderfarm.coordinator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "master, master, true",
        "master, master2, false",
        "master, Master, false",
        "dev.*, dev.fuzz, true",
        "dev.*, dev., true",
        "dev.*, dev, false",
        "dev.*, devXfuzz, false",
        "*, feature/x, true",
        "golang/*, golang/net, true",
        "*fuzz*, dev.fuzz.2, true",
        "a*b*c, axxbxxbc, true",
        "a*b*c, axxbxxb, false",
        "go1.?, go1.9, true",
        "go1.?, go1.19, false",
        "release-branch.go<1.11, release-branch.go1.10, true",
        "release-branch.go<1.11, release-branch.go1.11, false",
        "release-branch.go<1.11, release-branch.go1, true",
        "release-branch.go>=1.20, release-branch.go1.100, true",
        "release-branch.go>=1.20, release-branch.go1.9, false",
        "release-branch.go>=1.20, release-branch.go2, true",
        "release-branch.go>=2, release-branch.go2.1, true",
        "release-branch.go>1.20, release-branch.go1.20.7, false",
        "release-branch.go<=1.20, release-branch.go1.20.7, true",
        "release-branch.go=1.20, release-branch.go1.20.7, true",
        "release-branch.go=1.20, release-branch.go1.2, false",
        "release-branch.go>=1.0, release-branch.go1.08, false",
        "release-branch.go>=1.0, release-branch.go1.20-vendor, false",
        "release-branch.go>=1.0, release-branch.r60, false",
        "release-branch.go>=0, release-branch.go, false",
        "release-branch.go>=0, release-branch.go1., false",
        "release-branch.go>=0, release-branch.go99999999999, false",
        "release-branch.go>=0, internal-branch.go1.20, false",
        ">=2.1, 2.10, true",
        ">=2.1, 2.0, false",
    })
    void shouldMatch(String pattern, String name, boolean expected) {
        assertThat(NamePattern.of(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a!", "!!a", "v>=", "v>=x", "v>=1..2", "v>=01", "v*>=1", "v>=1.2 ", "v<>1", "v>=1-2", "v==1"
            })
    void shouldRefuse(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> Patterns.of(pattern));
    }

    @Test
    void shouldTakeLongNamesWithManyStars() {
        assertThat(new Glob("*a".repeat(50) + "b").matches("a".repeat(1000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'go,net', net, true",
        "'go,net', sys, false",
        "'!go,!net', sys, true",
        "'!go,!net', net, false",
        "'dev.*,!dev.old', dev.fuzz, true",
        "'dev.*,!dev.old', dev.old, false",
        "'dev.*,!dev.old', master, false",
    })
    void shouldMatchLists(String patterns, String name, boolean expected) {
        assertThat(Patterns.of(patterns).matches(name)).isEqualTo(expected);
    }
}
