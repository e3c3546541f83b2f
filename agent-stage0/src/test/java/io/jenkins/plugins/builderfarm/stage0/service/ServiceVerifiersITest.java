package io.jenkins.plugins.builderfarm.stage0.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Definitions as the systems' own programs read them: their verifiers, and a real shell. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX shell")
@Timeout(120)
final class ServiceVerifiersITest {
    /** Prints words, a line each. */
    private static final String PRINT = "print() { printf '%s\\n' \"$@\"; }\n";

    @TempDir
    private Path directory;

    private Path write(String text, String name) throws Exception {
        return Files.writeString(directory.resolve(name), text);
    }

    @ParameterizedTest(name = "reboot {0}")
    @ValueSource(booleans = {false, true})
    void shouldPleaseSystemd(boolean reboot) throws Exception {
        Programs.assumeThere("systemd-analyze", "systemd");
        Path unit =
                write(ServiceSystem.SYSTEMD.write(TestServices.of(TestServices.NASTY, reboot)), "builder-farm.service");
        Programs.Result result = Programs.run(
                directory, List.of("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit.toString()));
        assertThat(result.output()).doesNotContain("builder-farm");
        assertThat(result.code()).isZero();
    }

    @Test
    void shouldNoticeWhatSystemdRefuses() throws Exception {
        Programs.assumeThere("systemd-analyze", "systemd");
        String unit = ServiceSystem.SYSTEMD.write(TestServices.of(List.of())).replace("Restart=always", "Restart=ever");
        Path file = write(unit, "builder-farm.service");
        assertThat(Programs.run(directory, List.of("systemd-analyze", "verify", "--man=no", file.toString()))
                        .output())
                .contains("builder-farm.service");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENRC", "FREEBSD", "OPENBSD", "NETBSD", "SHELL"})
    void shouldPleaseTheShell(ServiceSystem system) throws Exception {
        Path script = write(system.write(TestServices.of(TestServices.NASTY, true)), "script");
        Programs.Result result = Programs.run(directory, List.of("/bin/sh", "-n", script.toString()));
        assertThat(result.output()).isEmpty();
        assertThat(result.code()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENRC", "FREEBSD", "OPENBSD", "NETBSD", "SHELL"})
    void shouldPleaseShellCheck(ServiceSystem system) throws Exception {
        Programs.assumeThere("shellcheck", "shellcheck");
        Path script = write(system.write(TestServices.of(TestServices.NASTY, true)), "script");
        Programs.Result result = Programs.run(directory, List.of("shellcheck", script.toString()));
        assertThat(result.output()).isEmpty();
        assertThat(result.code()).isZero();
    }

    /** As OpenRC's supervise-daemon.sh does. */
    @Test
    void shouldSurviveOpenRc() throws Exception {
        Service service = TestServices.of(TestServices.NASTY);
        Path script = write(ServiceSystem.OPENRC.write(service), "script");
        List<String> words = Programs.sh(
                        directory, PRINT + ". " + script + "\neval print --chdir $directory $command -- $command_args")
                .output()
                .lines()
                .toList();
        List<String> wanted = new ArrayList<>(List.of("--chdir", "/home/builder"));
        wanted.addAll(LastWords.of(TestServices.behindEnv(service), TestServices.LOG));
        wanted.add(3, "--");
        assertThat(words).containsExactlyElementsOf(wanted);
    }

    private List<String> lastWords(String script, String log) throws Exception {
        Programs.Result result = Programs.run(directory, LastWords.of(List.of("/bin/sh", "-c", script, "it's"), log));
        assertThat(result.code()).isEqualTo(7);
        return result.output().lines().toList();
    }

    @Test
    void shouldKeepTheLastWordsOfTheLatestStartAlone() throws Exception {
        String log = directory.resolve("it's a \"log\" $HOME").toString();
        Path kept = Path.of(log + ".err");
        assertThat(lastWords("echo \"first of $0\"; exit 7", log)).isEmpty();
        assertThat(kept).hasContent("first of it's\n");
        assertThat(lastWords("echo out; echo error >&2; exit 7", log)).isEmpty();
        assertThat(kept).hasContent("out\nerror\n");
    }

    @Test
    void shouldStartWhereNoWordsCanBeKept() throws Exception {
        assertThat(lastWords(
                        "echo error >&2; exit 7", directory.resolve("none/log").toString()))
                .containsExactly("error");
    }

    /** As FreeBSD's rc.subr does. */
    @Test
    void shouldSurviveFreeBsd() throws Exception {
        Service service = TestServices.of(TestServices.NASTY);
        write("load_rc_config() { :; }\nrun_rc_command() { eval \"print $command $command_args\"; }\n", "rc.subr");
        List<String> words = run(ServiceSystem.FREEBSD.write(service), "/etc/rc.subr");
        assertThat(words).startsWith("/usr/sbin/daemon", "-r", "-R", "5");
        assertThat(words.subList(words.indexOf("--") + 1, words.size()))
                .containsExactlyElementsOf(TestServices.behindEnv(service));
    }

    /** As OpenBSD's rc.subr does: what is handed to rc_exec is a text for the user's shell. */
    @Test
    void shouldSurviveOpenBsd() throws Exception {
        Service service = TestServices.of(TestServices.NASTY);
        write("rc_exec() { eval \"set -- $*\"; print \"$@\"; }\nrc_cmd() { rc_start; }\n", "rc.subr");
        List<String> words = run(ServiceSystem.OPENBSD.write(service), "/etc/rc.d/rc.subr");
        assertThat(words).containsExactlyElementsOf(loop(service));
    }

    @Test
    void shouldSurviveNetBsd() throws Exception {
        Service service = TestServices.of(TestServices.NASTY);
        String text = ServiceSystem.NETBSD.write(service).replace("cd /home/builder ", "cd / ");
        write(
                "pgrep() { return 1; }\nlogger() { cat; }\nsu() { eval \"set -- ${4#exec }\"; print \"$@\"; }\n"
                        + "load_rc_config() { :; }\nrun_rc_command() { builder_farm_start; wait; }\n",
                "rc.subr");
        List<String> words = run(text, "/etc/rc.subr");
        assertThat(words.get(0)).isEqualTo("Starting builder_farm.");
        assertThat(words.subList(1, words.size())).containsExactlyElementsOf(loop(service));
    }

    /** As SMF does: tokens first, then a shell. */
    @Test
    void shouldSurviveSmf() throws Exception {
        Service service = TestServices.of(TestServices.NASTY);
        Element start = (Element) XmlDefinitionsTest.parse(ServiceSystem.SMF.write(service))
                .getElementsByTagName("exec_method")
                .item(0);
        String method = start.getAttribute("exec");
        assertThat(method.replace("%%", "")).doesNotContain("%");
        List<String> words = Programs.sh(directory, PRINT + "eval \"print $1\"", method.replace("%%", "%"))
                .output()
                .lines()
                .toList();
        assertThat(words).containsExactlyElementsOf(loop(service));
    }

    private static List<String> loop(Service service) {
        List<String> words = new ArrayList<>(Loop.around(service).subList(0, 4));
        words.addAll(TestServices.behindEnv(service));
        return words;
    }

    /** Runs a script with a stand-in for the system's library, and gives what it printed. */
    private List<String> run(String text, String library) throws Exception {
        Path script = write(text.replace(". " + library, ". " + directory.resolve("rc.subr")), "script");
        return Programs.sh(directory, PRINT + ". " + script).output().lines().toList();
    }

    private Service noting(String script) {
        return new Service(
                "farm",
                "builder",
                "/home/builder",
                List.of("/bin/sh", "-c", script, "it's", directory.toString()),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void shouldStartAgainInTheShellsLoop() throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Path sleep = Files.writeString(bin.resolve("sleep"), "#!/bin/sh\necho slept $1 >> '" + directory + "/runs'\n");
        assertThat(sleep.toFile().setExecutable(true)).isTrue();
        Service service = noting("echo ran >> \"$1/runs\"; test \"$(wc -l < \"$1/runs\")\" -lt 5 || kill $PPID");
        ProcessBuilder builder = new ProcessBuilder(Loop.around(service));
        builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        assertThat(builder.start().waitFor()).isZero();
        assertThat(Files.readAllLines(directory.resolve("runs")))
                .containsExactly("ran", "slept 5", "ran", "slept 5", "ran");
    }

    @Test
    void shouldSurviveAPlainShell() throws Exception {
        Path home = Files.createDirectory(directory.resolve("it's a \"home\" $HOME"));
        List<String> words = new ArrayList<>(
                List.of("/bin/sh", "-c", "pwd > \"$1\"; shift; printf '%s\\n' \"$@\" >> \"$1\"; kill $PPID"));
        words.addAll(List.of(
                "it's",
                directory.resolve("seen").toString(),
                directory.resolve("seen").toString()));
        words.addAll(TestServices.NASTY);
        Service service = new Service(
                "farm",
                "builder",
                home.toString(),
                words,
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
        Path script = write(ServiceSystem.SHELL.write(service), "script");

        assertThat(Programs.run(directory, List.of("/bin/sh", script.toString()))
                        .code())
                .isZero();

        List<String> seen = new ArrayList<>(
                List.of(home.toString(), directory.resolve("seen").toString()));
        seen.addAll(TestServices.NASTY);
        assertThat(Files.readAllLines(directory.resolve("seen"))).containsExactlyElementsOf(seen);
    }

    @Test
    void shouldEndWhatTheShellsLoopStarted() throws Exception {
        Path pid = directory.resolve("pid");
        Service service = noting("echo $$ > \"$1/pid.new\"; mv \"$1/pid.new\" \"$1/pid\"; exec sleep 1000");
        // Not into a pipe: destroy() closes it, and what the shell says of that would end it before its trap has.
        Process loop = new ProcessBuilder(Loop.around(service))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Files.exists(pid)) {
            assertThat(loop.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        loop.destroy();
        assertThat(loop.waitFor()).isZero();
        child.onExit().get(60, TimeUnit.SECONDS);
    }
}
