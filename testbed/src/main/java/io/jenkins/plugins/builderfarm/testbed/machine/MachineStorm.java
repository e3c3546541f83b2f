package io.jenkins.plugins.builderfarm.testbed.machine;

import io.jenkins.plugins.builderfarm.protocol.key.BuilderKey;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.CommandLines.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that sends many simulated machines of one host type to a controller at once, and keeps them there. */
public final class MachineStorm {
    /** The key file can't be used. */
    static final int EXIT_KEY = 3;
    /** Not every machine was in when the time was up. */
    static final int EXIT_NOT_IN = 5;

    private MachineStorm() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(MachineStorm.class, args));
    }

    @Command(
            name = "storm",
            mixinStandardHelpOptions = true,
            description =
                    "Dials a controller with many simulated machines at once, as after a restart of the controller.",
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {
                "0:all are in (with --once), or stopped by a signal",
                "2:bad flags",
                "3:the key file can't be used",
                "5:not all were in in time",
                "74:the status file can't be written"
            })
    static int run(
            @Option(names = "--controller", required = true, paramLabel = "URL") String controller,
            @Option(
                            names = "--key-file",
                            required = true,
                            paramLabel = "FILE",
                            description = "a builder key; it names the host type")
                    Path keyFile,
            @Option(names = "--machines", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
                    int machines,
            @Option(
                            names = "--hostname",
                            defaultValue = "storm",
                            description = "what the hostnames start with (default: ${DEFAULT-VALUE})")
                    String hostname,
            @Option(
                            names = "--buildlet",
                            defaultValue = "1.0",
                            description = "the version that the machines claim (default: ${DEFAULT-VALUE})")
                    String buildlet,
            @Option(names = "--status-file", paramLabel = "FILE", description = "rewritten every second, JSON")
                    Path statusFile,
            @Option(
                            names = "--timeout",
                            defaultValue = "300",
                            paramLabel = "SECONDS",
                            description = "for all to be in (default: ${DEFAULT-VALUE})")
                    int timeout,
            @Option(names = "--once", description = "end when all are in") boolean once)
            throws UsageException, InterruptedException {
        BuilderKey key;
        try {
            key = BuilderKey.parse(Files.readString(keyFile));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("storm: key file " + keyFile + ": " + e.getMessage());
            return EXIT_KEY;
        }
        ControllerUrl url = parse(() -> ControllerUrl.parse(controller));
        Facts facts = parse(() -> SimulatedFacts.of(new Version(buildlet)));
        if (machines < 1) {
            throw new UsageException("--machines " + machines + ": at least 1 is wanted");
        }
        SecureRandom random = new SecureRandom();
        List<SimulatedMachine> all = parse(() -> IntStream.rangeClosed(1, machines)
                .mapToObj(number -> new MachineId(key.hostType(), new Hostname(hostname + "-" + number)))
                .map(id -> new SimulatedMachine(id, key, url, facts, random))
                .toList());
        return new Storm(url, all, statusFile).run(Duration.ofSeconds(timeout), once);
    }

    /** A flag's value as the protocol's own types see it. */
    private static <T> T parse(java.util.function.Supplier<T> parser) throws UsageException {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
