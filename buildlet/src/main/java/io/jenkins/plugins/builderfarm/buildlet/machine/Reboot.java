package io.jenkins.plugins.builderfarm.buildlet.machine;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Reboots the machine through the system's own command. */
public final class Reboot {
    /** Names another command, its words separated by blanks; for tests, and for systems with a command of their own. */
    public static final String COMMAND_VARIABLE = "BUILDER_REBOOT_COMMAND";

    private static final int PATIENCE_SECONDS = 60;
    private static final List<List<String>> UNIX = List.of(
            List.of("systemctl", "reboot"),
            List.of("shutdown", "-r", "now"),
            List.of("sudo", "-n", "shutdown", "-r", "now"),
            List.of("doas", "-n", "shutdown", "-r", "now"));
    private static final List<List<String>> WINDOWS = List.of(List.of("shutdown", "/r", "/t", "0"));
    private static final List<List<String>> SOLARIS = List.of(List.of("shutdown", "-y", "-g0", "-i6"));

    private final List<List<String>> commands;
    private final Log log;

    public Reboot(String override, String os, Log log) {
        commands = override == null || override.isBlank()
                ? commands(os)
                : List.of(List.of(override.strip().split(" +")));
        this.log = log;
    }

    static List<List<String>> commands(String os) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return WINDOWS;
        }
        return name.startsWith("sunos") ? SOLARIS : UNIX;
    }

    /** Tries the system's commands one after the other; whether one said that it will reboot. */
    public boolean begin() {
        for (List<String> command : commands) {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
                    log.line("rebooting: " + String.join(" ", command));
                    return true;
                }
                log.line("can't reboot: '" + String.join(" ", command) + "' failed");
            } catch (IOException e) {
                log.line("can't reboot: '" + String.join(" ", command) + "' can't be run: " + Reasons.of(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
