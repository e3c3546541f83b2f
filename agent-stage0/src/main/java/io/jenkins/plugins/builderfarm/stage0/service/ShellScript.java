package io.jenkins.plugins.builderfarm.stage0.service;

/** A plain script that runs stage0 again and again, where nothing looks after services: in containers, on odd systems. */
final class ShellScript implements ServiceFormat {
    @Override
    public String write(Service service) {
        return """
                #!/bin/sh
                # shellcheck disable=SC1003,SC2016,SC2088
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it.
                #
                # Run it as user %2$s, in a terminal, as a container's program, or at boot from that user's crontab:
                #   @reboot exec %3$s >/dev/null 2>&1
                # It ends stage0 when it is ended. What stage0 says goes to standard error; with -log=FILE, given to
                # install-service, it goes to FILE, which stays small.
                umask 077
                cd %4$s || exit 1
                exec %5$s
                """.formatted(
                        service.name(),
                        service.user(),
                        ServiceSystem.SHELL.place(service.name()),
                        Quote.shell(service.home()),
                        Quote.shell(Loop.around(service)));
    }
}
