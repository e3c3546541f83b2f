package io.jenkins.plugins.builderfarm.stage0.service;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a definition can be written for: supervisors, and a shell for want of one. */
public enum ServiceSystem {
    SYSTEMD(new SystemdUnit(), "/etc/systemd/system/%s.service", false, "/home/"),
    LAUNCHD(new LaunchdPlist(), "/Library/LaunchDaemons/" + LaunchdPlist.LABEL + "%s.plist", false, "/Users/"),
    OPENRC(new OpenRcScript(), "/etc/init.d/%s", true, "/home/"),
    FREEBSD(new FreeBsdScript(), "/usr/local/etc/rc.d/%s", true, "/home/"),
    OPENBSD(new OpenBsdScript(), "/etc/rc.d/%s", true, "/home/"),
    NETBSD(new NetBsdScript(), "/etc/rc.d/%s", true, "/home/"),
    SMF(new SmfManifest(), "/lib/svc/manifest/site/%s.xml", false, "/export/home/"),
    WINDOWS(new WinSwXml(), "C:\\ProgramData\\%1$s\\%1$s.xml", false, "C:\\ProgramData\\"),
    SHELL(new ShellScript(), "/usr/local/bin/%s", true, "/home/");

    private final ServiceFormat format;
    private final String place;
    private final boolean script;
    private final String homes;

    ServiceSystem(ServiceFormat format, String place, boolean script, String homes) {
        this.format = format;
        this.place = place;
        this.script = script;
        this.homes = homes;
    }

    /** @throws IllegalArgumentException if there is none of that name; the message lists those there are */
    public static ServiceSystem parse(String text) {
        return Stream.of(values())
                .filter(system -> system.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is none of "
                        + Stream.of(values()).map(ServiceSystem::toString).collect(Collectors.joining(", "))));
    }

    /**
     * What looks after this machine's services; empty if it can't be told.
     *
     * @param os what Java calls {@code os.name}
     * @param root of the file system, but for tests
     */
    public static Optional<ServiceSystem> guess(String os, Path root) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            if (Files.isDirectory(root.resolve("run/systemd/system"))) {
                return Optional.of(SYSTEMD);
            }
            return Files.exists(root.resolve("sbin/openrc-run")) ? Optional.of(OPENRC) : Optional.empty();
        }
        return name.startsWith("mac")
                ? Optional.of(LAUNCHD)
                : name.startsWith("windows")
                        ? Optional.of(WINDOWS)
                        : name.startsWith("sunos")
                                ? Optional.of(SMF)
                                : Stream.of(FREEBSD, OPENBSD, NETBSD)
                                        .filter(system -> system.toString().equals(name))
                                        .findFirst();
    }

    /** The definition, whole; {@link ServiceFormat#write} says what can be wrong. */
    public String write(Service service) {
        return format.write(service);
    }

    /** Where the system looks for it. */
    public String place(String name) {
        boolean variable = this == FREEBSD || this == OPENBSD || this == NETBSD;
        return place.formatted(variable ? name.replace('-', '_') : name);
    }

    /** Whether it keeps what a service says, and doesn't let it grow for ever. */
    boolean keepsLog() {
        return this != LAUNCHD && this != OPENRC;
    }

    /** Whether it is a program. */
    boolean script() {
        return script;
    }

    /** Where a user's home usually is. */
    String home(String name) {
        return homes + name;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
