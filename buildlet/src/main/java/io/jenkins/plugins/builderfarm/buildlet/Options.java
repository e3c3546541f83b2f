package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The program's command line.
 *
 * @param leastDisk bytes
 * @param leastMemory bytes
 */
record Options(
        ControllerUrl controller,
        MachineId machine,
        boolean reboot,
        Path workDirectory,
        Optional<Version> stage0,
        Optional<Path> progressFile,
        List<String> notes,
        long leastDisk,
        long leastMemory) {
    static final String HELP = """
            usage: java -jar buildlet.jar -coordinator URL -reverse-type HOST_TYPE [flags]

            Dials a Builder Farm controller, waits for a lease, runs the Jenkins agent for it, cleans up
            and exits. Usually stage0 starts it, again for every build. The builder key is read from the
            file that $GO_BUILD_KEY_PATH or $BUILDER_KEY_PATH names, else from ~/.gobuildkey-HOST_TYPE,
            else from ~/.gobuildkey.

              -coordinator URL       the controller: its URL, or HOST[:PORT] for https (required)
              -reverse-type HOST_TYPE
                                     what kind of machine this is, for example host-linux-riscv64 (required)
              -reboot                reboot the machine after each build (default: no)
              -hostname NAME         what this machine is called (default: its hostname)
              -workdir DIR           where builds work; emptied after each
                                     (default: ~/builder-farm/HOST_TYPE/work)
              -min-free-disk SIZE    free disk that a build needs (default 1G)
              -min-memory SIZE       available memory that a build needs (default 128M)
              -stage0-version V      the version of the stage0 that starts this program
              -progress-file FILE    where to note how far it came, for stage0
              -note TEXT             something that the farm's people should know; may be repeated
              -version               print the version
              -help                  this text

            Flags may have one dash or two; -flag=VALUE is the same as -flag VALUE. Sizes are bytes, or
            end in K, M or G.

            exit codes
            """;

    private static final Set<String> SWITCHES = Set.of("reboot", "version", "help", "h");
    private static final Set<String> VALUED = Set.of(
            "coordinator",
            "reverse-type",
            "hostname",
            "workdir",
            "min-free-disk",
            "min-memory",
            "stage0-version",
            "progress-file",
            "note");

    private static final long DEFAULT_DISK = 1L << 30;
    private static final long DEFAULT_MEMORY = 128L << 20;

    /** @throws UsageException if there is a flag that this program doesn't have, or one lacks its value */
    static Flags flags(String... args) throws UsageException {
        return Flags.parse(SWITCHES, VALUED, Set.of("note"), args);
    }

    /** @throws UsageException if something is missing or wrong; the message names the flag */
    static Options from(Flags flags, Path home) throws UsageException {
        HostTypeName hostType = flags.required("reverse-type", HostTypeName::new);
        return new Options(
                flags.required("coordinator", ControllerUrl::parse),
                new MachineId(
                        hostType, flags.optional("hostname", Hostname::new).orElseGet(Options::thisHost)),
                flags.isSet("reboot"),
                flags.optional("workdir", Options::path).orElseGet(() -> home.resolve("builder-farm")
                        .resolve(hostType.value())
                        .resolve("work")),
                flags.optional("stage0-version", Version::new),
                flags.optional("progress-file", Options::path),
                flags.all("note"),
                flags.optional("min-free-disk", Options::size).orElse(DEFAULT_DISK),
                flags.optional("min-memory", Options::size).orElse(DEFAULT_MEMORY));
    }

    static String help() {
        StringBuilder help = new StringBuilder(HELP);
        for (ExitCode code : ExitCode.values()) {
            help.append("  ")
                    .append(code.code())
                    .append("  ")
                    .append(code.meaning())
                    .append('\n');
        }
        return help.toString();
    }

    private static Hostname thisHost() {
        try {
            return new Hostname(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException("this machine's own name can't be used; give one with -hostname", e);
        }
    }

    private static Path path(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a path is wanted, not nothing");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("not a path: " + e.getReason(), e);
        }
    }

    private static long size(String text) {
        if (!text.matches("\\d{1,12}[KMG]?")) {
            throw new IllegalArgumentException("a size is wanted, such as 512M");
        }
        int shift =
                switch (text.charAt(text.length() - 1)) {
                    case 'K' -> 10;
                    case 'M' -> 20;
                    case 'G' -> 30;
                    default -> 0;
                };
        return Long.parseLong(shift == 0 ? text : text.substring(0, text.length() - 1)) << shift;
    }
}
