package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A unit of systemd. What could break builds is left out on purpose: filters of system calls, address families and
 * writable-executable memory (compilers that run what they compiled need that).
 */
final class SystemdUnit implements ServiceFormat {
    /** Under these {@code ProtectHome=tmpfs} shows nothing. */
    private static final List<String> HIDDEN = List.of("/home/", "/root/", "/run/user/");

    @Override
    public String write(Service service) {
        String program = service.command().get(0);
        if (program.contains("$") || !program.startsWith("/")) {
            throw new IllegalArgumentException(
                    "systemd can't run '" + program + "': it wants an absolute path without $");
        }
        return """
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it.
                #
                #   useradd --create-home %2$s
                #   (put the builder key into %3$s/.gobuildkey-HOST_TYPE, mode 600, owned by %2$s)
                %11$s#   systemctl daemon-reload && systemctl enable --now %1$s
                #   %12$s
                %4$s
                [Unit]
                Description=Builder Farm machine (%1$s)
                Wants=network-online.target
                After=network-online.target
                # Never give up: nobody may come by for years.
                StartLimitIntervalSec=0

                [Service]
                Type=simple
                User=%2$s
                WorkingDirectory=%5$s
                %6$sExecStart=%7$s

                # Whatever the exit code was. Even 2, a mistake on the command line: a faulty buildlet release can end
                # with it too, and must not take the machine away for good.
                Restart=always
                RestartSec=%8$d
                SuccessExitStatus=7 143

                # A build's leftovers end with it.
                KillMode=control-group
                TimeoutStopSec=30

                # Builds get what is left beside the machine's own work. One that takes too much memory is ended,
                # not the whole service with it.
                %9$sCPUWeight=50
                TasksMax=8192
                OOMPolicy=continue

                NoNewPrivileges=yes
                CapabilityBoundingSet=
                PrivateTmp=yes
                PrivateDevices=yes
                ProtectSystem=strict
                %10$sProtectControlGroups=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectClock=yes
                ProtectHostname=yes
                RestrictRealtime=yes
                UMask=0077

                [Install]
                WantedBy=multi-user.target
                """.formatted(
                        service.name(),
                        service.user(),
                        service.home(),
                        service.reboot() ? reboot(service) : "",
                        // Not parted into words, so no quotation marks.
                        service.home().replace("%", "%%"),
                        environment(service),
                        service.command().stream().map(Quote::systemdArgument).collect(Collectors.joining(" ")),
                        Service.RESTART_SECONDS,
                        limits(service),
                        files(service),
                        directories(service),
                        service.log()
                                .map(log -> "tail -F " + Quote.shell(log))
                                .orElse("journalctl -u " + service.name() + " -f"))
                .replace("\n\n[Unit]", "\n[Unit]");
    }

    /** NoNewPrivileges leaves no way for sudo; logind asks polkit, which asks no such question. */
    private static String reboot(Service service) {
        return """
                #
                # -reboot: "systemctl reboot" is allowed by polkit, so it works without new privileges. Put this into
                # /etc/polkit-1/rules.d/50-%1$s.rules:
                #   polkit.addRule(function(action, subject) {
                #     if (/^org\\.freedesktop\\.login1\\.reboot(-multiple-sessions)?$/.test(action.id)
                #         && subject.user == "%2$s") {
                #       return polkit.Result.YES;
                #     }
                #   });
                """.formatted(service.name(), service.user());
    }

    /** Mounts want to be there before the service is. */
    private static String directories(Service service) {
        return service.written().stream()
                .map(path -> isOfLog(path, service)
                        // It may be others' too, as /var/log is: to take it from them would be no good advice.
                        ? "#   (" + path + " has to be there, and " + service.user()
                                + " to be allowed to write to it)\n"
                        : "#   install -d -o " + service.user() + " -m 700 " + Quote.shell(path) + "\n")
                .collect(Collectors.joining());
    }

    private static boolean isOfLog(String directory, Service service) {
        return service.log().filter(log -> log.startsWith(directory + "/")).isPresent();
    }

    private static String environment(Service service) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(service.environment()).forEach((key, value) -> lines.append("Environment=")
                .append(Quote.systemd(key + "=" + value))
                .append('\n'));
        return lines.toString();
    }

    private static String limits(Service service) {
        return "MemoryMax=" + service.memory().orElse("90%") + "\n"
                + service.cpu().map(cpu -> "CPUQuota=" + cpu + "\n").orElse("");
    }

    private static String files(Service service) {
        List<String> lines = new ArrayList<>();
        Set<String> writable = new LinkedHashSet<>(List.of(service.home()));
        writable.addAll(service.written());
        // Other people's homes are not there at all; its own is put back.
        lines.add("ProtectHome=tmpfs");
        writable.stream().filter(SystemdUnit::hidden).forEach(path -> lines.add("BindPaths=" + bind(path)));
        service.read().stream()
                .filter(path -> hidden(path) && writable.stream().noneMatch(above -> path.startsWith(above + "/")))
                .forEach(path -> lines.add("BindReadOnlyPaths=" + bind(path)));
        writable.forEach(path -> lines.add("ReadWritePaths=" + Quote.systemd(path)));
        return String.join("\n", lines) + "\n";
    }

    private static boolean hidden(String path) {
        return HIDDEN.stream().anyMatch(path::startsWith);
    }

    private static String bind(String path) {
        if (path.contains(":")) {
            throw new IllegalArgumentException("systemd can't show '" + path + "' to a service: it has a colon");
        }
        return Quote.systemd(path);
    }
}
