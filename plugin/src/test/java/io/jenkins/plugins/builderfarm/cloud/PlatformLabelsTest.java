package io.jenkins.plugins.builderfarm.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformLabelsTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, linux",
        "Mac OS X, darwin",
        "Windows Server 2022, windows",
        "FreeBSD, freebsd",
        "SunOS, solaris",
        "'linux && host-trusted', linux-host-trusted",
        "'!|&', unknown"
    })
    void shouldNameTheSystemAsBuildersDo(String osName, String label) {
        assertThat(PlatformLabels.os(osName)).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource({"amd64, amd64", "x86_64, amd64", "aarch64, arm64", "i386, 386", "riscv64, riscv64", "ppc64le, ppc64le"})
    void shouldNameTheArchitectureAsBuildersDo(String osArch, String label) {
        assertThat(PlatformLabels.arch(osArch)).isEqualTo(label);
    }
}
