package io.jenkins.plugins.builderfarm.stage0.service;

import java.util.ArrayList;
import java.util.List;

/** A service script of OpenRC (Alpine, Gentoo), under its own supervisor. */
final class OpenRcScript implements ServiceFormat {
    @Override
    public String write(Service service) {
        List<String> words = service.commandWithEnvironment();
        if (service.log().isPresent()) {
            words = LastWords.of(words, service.log().get());
        }
        // OpenRC parts the values at blanks, expands wildcards in them, and evaluates what is left once more. Names of
        // variables survive the first two, and become the words in the last.
        StringBuilder variables = new StringBuilder();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            variables
                    .append("word")
                    .append(i)
                    .append('=')
                    .append(Quote.shell(words.get(i)))
                    .append('\n');
            if (i > 0) {
                arguments.add("\"$word" + i + "\"");
            }
        }
        return """
                #!/sbin/openrc-run
                # shellcheck shell=sh disable=SC2034,SC2016,SC1003,SC2088
                # %1$s: lends this machine to a farm, one build after the other.
                # Written by "stage0 install-service"; no secret is in it.
                #
                #   adduser -D %2$s
                #   rc-update add %1$s default && rc-service %1$s start
                %9$s%3$s
                description="Builder Farm machine"
                supervisor=supervise-daemon
                %4$shome=%6$s
                command='"$word0"'
                command_args='%5$s'
                command_user=%2$s
                directory='"$home"'
                umask=0077
                %7$s
                # Whatever the exit code was, for ever.
                respawn_delay=%8$d
                respawn_max=0
                # These would grow for ever.
                output_log=/dev/null
                error_log=/dev/null
                retry=TERM/30/KILL/5
                # Where control groups are on, they keep a build's leftovers together and end them.
                rc_cgroup_cleanup=YES

                depend() {
                	need net
                	after firewall
                	use dns logger
                }
                """.formatted(
                        service.name(),
                        service.user(),
                        service.reboot() ? reboot(service) : "",
                        variables,
                        String.join(" ", arguments),
                        Quote.shell(service.home()),
                        service.reboot()
                                ? "# no_new_privs would keep sudo and doas from the reboot."
                                : "no_new_privs=YES",
                        Service.RESTART_SECONDS,
                        service.log().map(OpenRcScript::log).orElse(""))
                .replace("\n\ndescription", "\ndescription");
    }

    private static String log(String file) {
        return """
                # Its log is %1$s, with four older ones beside it, of 1 MB each.
                # What is said before it is open, and by Java itself, is in %2$s, of the latest start alone.
                """.formatted(file, LastWords.file(file));
    }

    private static String reboot(Service service) {
        return """
                # -reboot wants one of these: in /etc/doas.d/%1$s.conf
                #   permit nopass %2$s cmd shutdown args -r now
                # or in /etc/sudoers.d/%1$s
                #   %2$s ALL=(root) NOPASSWD: /sbin/shutdown -r now
                """.formatted(service.name(), service.user());
    }
}
