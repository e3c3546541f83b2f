package io.jenkins.plugins.builderfarm.stage0.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceSystemTest {
    @TempDir
    private Path root;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "Mac OS X,LAUNCHD",
        "FreeBSD,FREEBSD",
        "OpenBSD,OPENBSD",
        "NetBSD,NETBSD",
        "SunOS,SMF",
        "Windows Server 2022,WINDOWS",
    })
    void shouldKnowTheSystemByItsName(String os, ServiceSystem system) {
        assertThat(ServiceSystem.guess(os, root)).contains(system);
    }

    @Test
    void shouldLookAtALinuxMoreClosely() throws Exception {
        assertThat(ServiceSystem.guess("Linux", root)).isEqualTo(Optional.empty());
        assertThat(ServiceSystem.guess("Plan 9", root)).isEqualTo(Optional.empty());
        Files.createDirectories(root.resolve("sbin"));
        Files.createFile(root.resolve("sbin/openrc-run"));
        assertThat(ServiceSystem.guess("Linux", root)).contains(ServiceSystem.OPENRC);
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(ServiceSystem.guess("Linux", root)).contains(ServiceSystem.SYSTEMD);
    }

    @Test
    void shouldListTheSystemsThereAre() {
        assertThat(ServiceSystem.parse("openrc")).isEqualTo(ServiceSystem.OPENRC);
        assertThatThrownBy(() -> ServiceSystem.parse("upstart"))
                .hasMessage(
                        "'upstart' is none of systemd, launchd, openrc, freebsd, openbsd, netbsd, smf, windows, shell");
    }

    @Test
    void shouldKnowThePlaces() {
        assertThat(ServiceSystem.SYSTEMD.place("builder-farm")).isEqualTo("/etc/systemd/system/builder-farm.service");
        assertThat(ServiceSystem.FREEBSD.place("builder-farm")).isEqualTo("/usr/local/etc/rc.d/builder_farm");
        assertThat(ServiceSystem.WINDOWS.place("farm")).isEqualTo("C:\\ProgramData\\farm\\farm.xml");
        assertThat(ServiceSystem.SHELL.place("builder-farm")).isEqualTo("/usr/local/bin/builder-farm");
    }
}
