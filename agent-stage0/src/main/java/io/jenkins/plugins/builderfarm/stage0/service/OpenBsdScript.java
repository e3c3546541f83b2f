package io.jenkins.plugins.builderfarm.stage0.service;

/** An rc.d script of OpenBSD, which has no supervisor: a shell restarts. */
final class OpenBsdScript implements ServiceFormat {
    @Override
    public String write(Service service) {
        return """
                #!/bin/ksh
                # shellcheck disable=SC1091,SC2034,SC2016,SC1003
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it. Its log goes to syslog.
                #
                #   useradd -m %2$s
                #   rcctl enable %3$s && rcctl start %3$s
                # Memory and processes: give the login class %3$s limits in /etc/login.conf.
                %4$s
                daemon=/bin/sh
                daemon_user=%2$s
                daemon_logger=daemon.info
                daemon_execdir=%5$s

                . /etc/rc.d/rc.subr

                pexp='/bin/sh -c .* %6$s .*'
                rc_bg=YES
                rc_reload=NO

                # rc.subr would run blanks in daemon_flags together; what is handed to rc_exec it leaves alone.
                rc_start() {
                	rc_exec %7$s
                }

                rc_cmd "$1"
                """.formatted(
                        service.name(),
                        service.user(),
                        service.variable(),
                        service.reboot() ? BsdReboot.doas(service) : "",
                        Quote.shell(service.home()),
                        Loop.mark(service),
                        Quote.shell(Quote.shell(Loop.around(service))))
                .replace("\n\ndaemon=", "\ndaemon=");
    }
}
