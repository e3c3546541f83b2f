package io.jenkins.plugins.builderfarm.stage0.service;

/** The comment on the right to reboot. Membership of group operator would do too, but lets its members read the disks. */
final class BsdReboot {
    private BsdReboot() {}

    static String sudo(Service service, String directory) {
        return "# -reboot wants this line in " + directory + service.name() + ":\n#   " + service.user()
                + " ALL=(root) NOPASSWD: /sbin/shutdown -r now\n";
    }

    static String doas(Service service) {
        return "# -reboot wants this line in /etc/doas.conf:\n#   permit nopass " + service.user()
                + " cmd shutdown args -r now\n";
    }
}
