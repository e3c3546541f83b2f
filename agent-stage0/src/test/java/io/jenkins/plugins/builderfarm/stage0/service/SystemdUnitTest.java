package io.jenkins.plugins.builderfarm.stage0.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SystemdUnitTest {
    @Test
    void shouldRunWhatWasAsked() {
        Service service = TestServices.of(TestServices.NASTY);
        String unit = ServiceSystem.SYSTEMD.write(service);
        assertThat(SystemdText.words(unit, "ExecStart")).containsExactlyElementsOf(service.command());
        assertThat(SystemdText.words(unit, "Environment")).containsExactly("BUILDER_KEY_PATH=/etc/farm's \"key\"");
        assertThat(unit).contains("\nCPUQuota=150%\nCPUWeight=50\n", "\nMemoryMax=90%\n");
    }

    @Test
    void shouldStartAgainWhateverHappens() {
        String unit = ServiceSystem.SYSTEMD.write(TestServices.of(List.of()));
        assertThat(unit)
                .contains("\nRestart=always\n", "\nRestartSec=5\n", "\nStartLimitIntervalSec=0\n")
                .doesNotContain("RestartPreventExitStatus");
    }

    @Test
    void shouldShowTheServiceItsOwnFilesOnly() {
        String unit = ServiceSystem.SYSTEMD.write(TestServices.of(List.of()));
        assertThat(unit).contains("\nProtectHome=tmpfs\n", "\nProtectSystem=strict\n", "\nNoNewPrivileges=yes\n");
        assertThat(SystemdText.all(unit, "BindPaths")).containsExactly(List.of("/home/builder"));
        assertThat(SystemdText.all(unit, "BindReadOnlyPaths")).containsExactly(List.of("/home/other/release-keys"));
        assertThat(SystemdText.all(unit, "ReadWritePaths"))
                .containsExactly(List.of("/home/builder"), List.of("/srv/work space"));
        assertThat(unit).contains("#   install -d -o builder -m 700 '/srv/work space'\n");
    }

    @Test
    void shouldLetTheLogBeWrittenAndLeaveItsDirectoryToItsOwner() {
        Service plain = service("/home/builder", "/bin/java");
        Service service = new Service(
                plain.name(),
                plain.user(),
                plain.home(),
                plain.command(),
                Map.of(),
                List.of(),
                List.of("/var/log"),
                Optional.of("/var/log/farm.log"),
                false,
                Optional.empty(),
                Optional.empty());
        String unit = ServiceSystem.SYSTEMD.write(service);
        assertThat(SystemdText.all(unit, "ReadWritePaths"))
                .containsExactly(List.of("/home/builder"), List.of("/var/log"));
        assertThat(unit)
                .contains(
                        "#   (/var/log has to be there, and builder to be allowed to write to it)\n",
                        "#   tail -F /var/log/farm.log\n")
                .doesNotContain("install -d", "journalctl");
        assertThat(ServiceSystem.SYSTEMD.write(plain)).contains("#   journalctl -u farm -f\n");
    }

    @Test
    void shouldSayHowItMayReboot() {
        assertThat(ServiceSystem.SYSTEMD.write(TestServices.of(List.of(), true)))
                .contains("polkit.addRule", "subject.user == \"builder\"")
                .contains("\nNoNewPrivileges=yes\n");
        assertThat(ServiceSystem.SYSTEMD.write(TestServices.of(List.of()))).doesNotContain("polkit");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/opt/$x/java,it wants an absolute path without $", "java,it wants an absolute path without $"})
    void shouldRefuseAProgramThatSystemdCantRun(String program, String message) {
        assertThatThrownBy(() -> ServiceSystem.SYSTEMD.write(service("/home/builder", program)))
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseAHomeThatCantBeShown() {
        assertThatThrownBy(() -> ServiceSystem.SYSTEMD.write(service("/home/a:b", "/bin/java")))
                .hasMessage("systemd can't show '/home/a:b' to a service: it has a colon");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({
        "Farm,builder,service name 'Farm' is not valid",
        "a/b,builder,service name 'a/b' is not valid",
        "farm,a b,user 'a b' is not a user's name",
        "farm,root,user root would give every build all rights",
    })
    void shouldRefuseNames(String name, String user, String message) {
        assertThatThrownBy(() -> service(name, user, "/home/x", "/bin/java")).hasMessageStartingWith(message);
    }

    @Test
    void shouldRefuseLineBreaksAnywhere() {
        assertThatThrownBy(() -> service("/home/x", "/bin/java\nUser=root"))
                .hasMessage("'/bin/java?User=root' has a line break or another control character");
        assertThatThrownBy(() -> service("/home/x\r", "/bin/java")).hasMessageContaining("'/home/x?' has a line break");
    }

    private static Service service(String home, String program) {
        return service("farm", "builder", home, program);
    }

    private static Service service(String name, String user, String home, String program) {
        return new Service(
                name,
                user,
                home,
                List.of(program),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
