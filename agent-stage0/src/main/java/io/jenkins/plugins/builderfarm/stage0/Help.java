package io.jenkins.plugins.builderfarm.stage0;

/** What {@code -help} prints. */
final class Help {
    private static final String TEXT = """
            usage: java -jar stage0.jar -coordinator=HOST -reverse-type=HOST_TYPE -bucket=gs://BUCKET/PREFIX -release-key=KEY [flags]

            Fetches the newest buildlet of this machine's host type, verifies it and starts it. A flag has one dash or two,
            and its value behind '=' or a space.

              -coordinator HOST      the farm's controller: a host, or a URL with a path
              -reverse-type TYPE     this machine's host type, host-…
              -bucket gs://BUCKET/PREFIX
                                     where the farm publishes its buildlets; or https://HOST/PATH, a mirror of it
              -release-key KEY       who may publish them: ed25519:…; may be given again
              -release-key-file FILE the same from a file, a key on each line
              -hostname NAME         this machine's name (default: its own)
              -workdir DIR           where builds run (default: ~/builder-farm/TYPE/work)
              -state DIR             where stage0 keeps its files (default: ~/builder-farm/TYPE/stage0)
              -reboot                reboot after each build
              -loop                  start again whenever the buildlet has ended, each time in a process of its own;
                                     without it: once per call
              -buildlet-flag FLAG    a flag for the buildlet alone: -buildlet-flag=-min-free-disk=2G; may be given again
              -endpoint URL          a server in place of Google Cloud Storage's own
              -fetch-seconds N       how long to look for a newer buildlet (default: 120; 900 if none is here)
              -dial-seconds N        how long a new buildlet may take to dial in (default: 900)
              -config FILE           flags from a file, 'name = value' on each line; the command line's own win
              -proxy http://HOST:PORT
                                     the proxy for https (default: $https_proxy); 'direct': none, whatever $https_proxy says
              -proxy-auth-file FILE  holds USER:PASSWORD for the proxy
              -no-proxy HOST,…       reached directly, with all below them (default: $no_proxy)
              -ca-file FILE          certificates, PEM, to be trusted besides Java's own
              -wait-network N        seconds to wait for a network at all, if no buildlet is kept (default: 300)
              -log FILE              where stage0 and the buildlet say what they do, in place of standard error: FILE and at
                                     most four older ones, FILE.1 to FILE.4, of 1 MB each
              -version, -help

            java -jar stage0.jar doctor [flags] [-json]
                                     looks at key, clock, network, bucket, controller, memory, disk and Java, and says what
                                     to do, a line each or as JSON. Exit codes: 0 all is well, 10 warnings, 11 failures

            java -jar stage0.jar install-service [flags]
                                     prints a definition with which the system's supervisor runs stage0 with these flags
              -system SYSTEM         systemd, launchd, openrc, freebsd, openbsd, netbsd, smf, windows, or shell for a
                                     script where there is no supervisor (default: this one)
              -write                 put it into the system's place
              -out FILE              put it into a file
              -force                 replace the file that is there
              -name NAME             the service's name (default: builder-farm)
              -user USER             whom it runs as (default: builder)
              -home DIR              that user's home directory
              -key-file FILE         where the builder key is, if not in the home directory
              -java FILE, -jar FILE  what to run (default: what runs now)
              -memory-max SIZE, -cpu-quota PERCENT
                                     what all builds may take, with systemd (default: 90%, no limit)

            exit codes
              0   the buildlet has done its work, or makes way for a newer one: start again at once
              1   the buildlet failed
              2   a mistake on the command line, or a -log that can't be written
              3   no usable builder key
              4   the controller refused this machine
              5   the controller can't be reached
              6   the work directory can't be used
              7   the machine is about to reboot
              8   nothing can be started: no buildlet could be fetched and none is kept, the state directory can't be
                  used, or another stage0 uses it
            """;

    private Help() {}

    static String text() {
        return TEXT;
    }
}
