package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import io.jenkins.plugins.builderfarm.protocol.release.ReleaseKey;
import io.jenkins.plugins.builderfarm.stage0.fetch.BucketAddress;
import io.jenkins.plugins.builderfarm.stage0.fetch.FetchRequest;
import io.jenkins.plugins.builderfarm.stage0.network.Network;
import io.jenkins.plugins.builderfarm.stage0.network.NoProxy;
import io.jenkins.plugins.builderfarm.stage0.network.ProxyChoice;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the machine's owner asks for. {@link Help} describes each flag.
 *
 * @param endpoint in place of Google's; empty: Google's
 * @param keys at least one
 * @param fetchLimit how long a fetch may take; empty: depends on whether anything could run without it
 * @param dialWithin how long a release that has not proved itself may take to dial in
 * @param loop whether to start again when the buildlet has ended
 * @param waitForNetwork how long to wait for a network that isn't there yet, while nothing is kept
 * @param network by which way to the servers
 * @param log where all that is said goes; empty: to standard error
 * @param buildletFlags for the buildlet alone; stage0 does not look at them
 */
public record Options(
        ControllerUrl coordinator,
        MachineId machine,
        boolean reboot,
        Path workDirectory,
        StateDirectory state,
        BucketAddress bucket,
        Optional<URI> endpoint,
        List<ReleaseKey> keys,
        Optional<Duration> fetchLimit,
        Duration dialWithin,
        boolean loop,
        Duration waitForNetwork,
        Network network,
        Optional<Path> log,
        List<String> buildletFlags) {
    static final Set<String> SWITCHES = Set.of("reboot", "loop", "help", "h", "version");
    /** The flags that name a file to be read. */
    private static final Set<String> FILES = Set.of("config", "release-key-file", "ca-file", "proxy-auth-file");

    /** The flags that name what is written to. */
    private static final Set<String> WRITTEN = Set.of("workdir", "state", "log");
    /** What is asked of the program at once, and makes no sense in a file of flags. */
    private static final Set<String> AT_ONCE = Set.of("config", "help", "h", "version");

    private static final Set<String> REPEATABLE = Set.of("release-key", "buildlet-flag");
    static final Set<String> VALUED = Set.of(
            "coordinator",
            "reverse-type",
            "hostname",
            "workdir",
            "state",
            "bucket",
            "release-key",
            "release-key-file",
            "endpoint",
            "fetch-seconds",
            "dial-seconds",
            "buildlet-flag",
            "config",
            "proxy",
            "proxy-auth-file",
            "no-proxy",
            "ca-file",
            "wait-network",
            "log");

    /** A fetch that only might bring something newer may cost a machine this much of its time. */
    private static final Duration FETCH_UPDATE = Duration.ofMinutes(2);
    /** A machine that has nothing else to run can as well wait for a slow line. */
    private static final Duration FETCH_FIRST = Duration.ofMinutes(15);
    /** The buildlet itself gives up after some ten minutes. */
    private static final Duration DIAL_WITHIN = Duration.ofMinutes(15);

    /** A machine's own radio or a slow switch; longer than that, its owner wants to hear of it. */
    private static final Duration WAIT_NETWORK = Duration.ofMinutes(5);

    private static final int LONGEST_SECONDS = 24 * 3600;
    private static final int LARGEST_KEY_FILE = 64 << 10;

    public Options {
        keys = List.copyOf(keys);
        buildletFlags = List.copyOf(buildletFlags);
    }

    static Flags flags(List<String> arguments) throws UsageException {
        Flags flags = Flags.parse(arguments, VALUED, SWITCHES, REPEATABLE);
        Optional<Path> config = flags.optional("config", Options::path);
        return config.isEmpty()
                ? flags
                : flags.over(
                        ConfigFile.read(config.get(), without(VALUED), without(SWITCHES), REPEATABLE, Options::isPath));
    }

    /** The files that a start with these flags reads. */
    static List<Path> files(Flags flags) throws UsageException {
        List<Path> files = new ArrayList<>();
        for (String name : new TreeSet<>(FILES)) {
            flags.optional(name, Options::path).ifPresent(files::add);
        }
        return files;
    }

    /** Whether the flag of this name takes a value. */
    public static boolean takesValue(String name) {
        return VALUED.contains(name);
    }

    /** Whether the value of the flag of this name is a file or a directory on this machine. */
    public static boolean isPath(String name) {
        return FILES.contains(name) || WRITTEN.contains(name);
    }

    private static Set<String> without(Set<String> names) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(AT_ONCE);
        return rest;
    }

    static Options parse(Flags flags) throws UsageException {
        HostTypeName hostType = flags.required("reverse-type", HostTypeName::new);
        Optional<Hostname> hostname = flags.optional("hostname", Hostname::new);
        ControllerUrl coordinator = flags.required("coordinator", ControllerUrl::parse);
        BucketAddress bucket = flags.required("bucket", BucketAddress::parse);
        Optional<URI> endpoint = flags.optional("endpoint", Options::endpoint);
        if (bucket.isMirror() && endpoint.isPresent()) {
            throw new UsageException("flag -endpoint makes sense with a gs:// bucket only, and -bucket is " + bucket);
        }
        Path base = Path.of(System.getProperty("user.home"), "builder-farm", hostType.value());
        Path work = flags.optional("workdir", Options::path).orElse(base.resolve("work"));
        return new Options(
                coordinator,
                new MachineId(hostType, hostname.isPresent() ? hostname.get() : MachineHostname.find()),
                flags.on("reboot"),
                work,
                new StateDirectory(flags.optional("state", Options::path).orElse(base.resolve("stage0"))),
                bucket,
                endpoint,
                keys(flags),
                flags.optional("fetch-seconds", Options::seconds),
                flags.optional("dial-seconds", Options::seconds).orElse(DIAL_WITHIN),
                flags.on("loop"),
                flags.optional("wait-network", text -> text.equals("0") ? Duration.ZERO : seconds(text))
                        .orElse(WAIT_NETWORK),
                network(flags),
                flags.optional("log", text -> logFile(text, work)),
                flags.all("buildlet-flag", Options::buildletFlag));
    }

    private static Network network(Flags flags) throws UsageException {
        Optional<ProxyChoice> proxy = flags.optional("proxy", ProxyChoice::parse);
        Optional<Path> login = flags.optional("proxy-auth-file", Options::path);
        Optional<List<String>> direct = flags.optional("no-proxy", NoProxy::split);
        try {
            return Network.of(
                    proxy,
                    login,
                    direct,
                    flags.optional("ca-file", Options::path),
                    System.getenv(),
                    System.getProperty("https.proxyHost") != null);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static List<ReleaseKey> keys(Flags flags) throws UsageException {
        List<ReleaseKey> keys = new ArrayList<>(flags.all("release-key", ReleaseKey::parse));
        flags.optional("release-key-file", Options::keyFile).ifPresent(keys::addAll);
        if (keys.isEmpty()) {
            throw new UsageException("flag -release-key or -release-key-file is missing");
        }
        return keys.stream().distinct().collect(Collectors.toList());
    }

    /** A key on each line; empty lines and those that start with {@code #} are skipped. */
    private static List<ReleaseKey> keyFile(String text) {
        Path file = path(text);
        List<ReleaseKey> keys = new ArrayList<>();
        try {
            if (Files.size(file) > LARGEST_KEY_FILE) {
                throw new IllegalArgumentException(file + " is too large to be a file of release keys");
            }
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    keys.add(key(line, file + " line " + (i + 1)));
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + Explain.of(e), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file + " holds no release key");
        }
        return keys;
    }

    private static ReleaseKey key(String line, String where) {
        try {
            return ReleaseKey.parse(line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path: " + e.getReason(), e);
        }
    }

    private static Path logFile(String text, Path work) {
        Path file = path(text);
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not a file");
        }
        if (file.startsWith(work)) {
            throw new IllegalArgumentException(file + " would go with the work directory, which each build empties");
        }
        return file;
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
                throw new IllegalArgumentException("not of the form https://HOST[:PORT]");
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URL: " + e.getReason(), e);
        }
    }

    private static String buildletFlag(String text) {
        if (!text.startsWith("-")) {
            throw new IllegalArgumentException("'" + text + "' is no flag: it doesn't start with '-'");
        }
        return text;
    }

    private static Duration seconds(String text) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LONGEST_SECONDS) {
            throw new IllegalArgumentException("'" + text + "' is not between 1 and " + LONGEST_SECONDS);
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    /** @param dispensable whether the machine could come up without this fetch */
    public FetchRequest fetchRequest(boolean dispensable) {
        Duration limit = fetchLimit.orElse(dispensable ? FETCH_UPDATE : FETCH_FIRST);
        return new FetchRequest(state, bucket, endpoint, machine, keys, limit);
    }

    /** What the buildlet is told of it. */
    public List<String> buildletArguments() {
        return Stream.of(
                        List.of("-coordinator", coordinator.toString()),
                        List.of("-reverse-type", machine.hostType().value()),
                        List.of("-reboot=" + reboot),
                        List.of("-hostname", machine.hostname().value()),
                        List.of("-workdir", workDirectory.toString()),
                        buildletFlags)
                .flatMap(List::stream)
                .toList();
    }
}
