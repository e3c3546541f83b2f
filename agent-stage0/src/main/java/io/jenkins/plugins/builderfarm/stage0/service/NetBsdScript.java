package io.jenkins.plugins.builderfarm.stage0.service;

/** An rc.d script of NetBSD, which has no supervisor: a shell restarts. */
final class NetBsdScript implements ServiceFormat {
    @Override
    public String write(Service service) {
        return """
                #!/bin/sh
                # shellcheck disable=SC1091,SC2034,SC2016,SC1003
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it. Its log goes to syslog.
                #
                #   useradd -m %2$s
                #   echo %3$s=YES >> /etc/rc.conf && /etc/rc.d/%3$s start
                %4$s#
                # PROVIDE: %3$s
                # REQUIRE: NETWORKING DAEMON
                # KEYWORD: shutdown

                . /etc/rc.subr

                name=%3$s
                rcvar=$name
                start_cmd=%3$s_start
                stop_cmd=%3$s_stop
                status_cmd=%3$s_status

                # The shell's name in the table of processes.
                %3$s_running() {
                	pgrep -u %2$s -f %6$s > /dev/null
                }

                %3$s_start() {
                	if %3$s_running; then
                		echo "$name is running already"
                		return 0
                	fi
                	echo "Starting $name."
                	cd %5$s || return 1
                	umask 077
                	# With -m, su takes this shell rather than the user's, which may be nologin.
                	SHELL=/bin/sh su -m %2$s -c %7$s < /dev/null 2>&1 | logger -t %1$s -p daemon.info &
                }

                %3$s_stop() {
                	echo "Stopping $name."
                	pkill -TERM -u %2$s -f %6$s
                }

                %3$s_status() {
                	if %3$s_running; then
                		echo "$name is running."
                	else
                		echo "$name is not running."
                		return 1
                	fi
                }

                load_rc_config "$name"
                run_rc_command "$1"
                """.formatted(
                        service.name(),
                        service.user(),
                        service.variable(),
                        service.reboot() ? BsdReboot.sudo(service, "/usr/pkg/etc/sudoers.d/") : "",
                        Quote.shell(service.home()),
                        Loop.mark(service),
                        Quote.shell("exec " + Quote.shell(Loop.around(service))));
    }
}
