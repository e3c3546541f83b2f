package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/** An rc.d script of FreeBSD, whose daemon(8) restarts. */
final class FreeBsdScript implements ServiceFormat {
    @Override
    public String write(Service service) {
        List<String> words = new ArrayList<>(List.of(
                "-r", "-R", Integer.toString(Service.RESTART_SECONDS), "-P", "/var/run/" + service.name() + ".pid"));
        words.addAll(List.of("-S", "-T", service.name(), "-u", service.user(), "--"));
        words.addAll(service.commandWithEnvironment());
        return """
                #!/bin/sh
                # shellcheck disable=SC1091,SC2034,SC2016,SC1003
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it. Its log goes to syslog.
                #
                #   pw useradd %2$s -m
                #   sysrc %3$s_enable=YES && service %3$s start
                %4$s#
                # PROVIDE: %3$s
                # REQUIRE: NETWORKING DAEMON
                # KEYWORD: shutdown

                . /etc/rc.subr

                name=%3$s
                rcvar=%3$s_enable
                load_rc_config "$name"
                : "${%3$s_enable:=NO}"

                pidfile=/var/run/%1$s.pid
                command=/usr/sbin/daemon
                %3$s_chdir=%5$s
                %3$s_umask=0077
                # Evaluated once more by rc.subr. Restarts whatever the exit code was.
                command_args=%6$s

                run_rc_command "$1"
                """.formatted(
                        service.name(),
                        service.user(),
                        service.variable(),
                        service.reboot() ? BsdReboot.sudo(service, "/usr/local/etc/sudoers.d/") : "",
                        Quote.shell(Quote.shell(service.home())),
                        Quote.shell(Quote.shell(words)));
    }
}
