package io.jenkins.plugins.builderfarm.stage0.service;

import io.jenkins.plugins.builderfarm.stage0.CrashReport;
import io.jenkins.plugins.builderfarm.stage0.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes a service of what the owner asked for, so that it means the same from another directory and for another user. */
final class ServicePlan {
    /** What docs/developer/stage0.md found best for small machines. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms8m", "-Xmx64m", "-XX:ReservedCodeCacheSize=24m");

    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z]:[\\\\/]|[\\\\/]).*");
    private static final int PASSWD_HOME = 5;

    private final InstallRequest request;
    private final Options options;
    private final Path passwd;
    private final String separator;
    private final String home;
    private final Set<String> read = new LinkedHashSet<>();
    private final List<String> written = new ArrayList<>();

    /** @param passwd where this machine's users are, {@code /etc/passwd} */
    ServicePlan(InstallRequest request, Options options, Path passwd) throws IOException {
        this.request = request;
        this.options = options;
        this.passwd = passwd;
        this.separator = request.system() == ServiceSystem.WINDOWS ? "\\" : "/";
        this.home = request.home().isPresent()
                ? absolute(request.home().get())
                : lookUpHome().orElseGet(() -> request.system().home(windows() ? request.name() : request.user()));
    }

    private boolean windows() {
        return request.system() == ServiceSystem.WINDOWS;
    }

    private Optional<String> lookUpHome() throws IOException {
        if (windows() || !Files.isReadable(passwd)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(passwd, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(request.user() + ":"))
                    .map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > PASSWD_HOME && fields[PASSWD_HOME].startsWith("/"))
                    .map(fields -> fields[PASSWD_HOME])
                    .findFirst();
        }
    }

    /**
     * @param flags of every start, as the owner gave them; they made the options
     * @param files that every start reads
     * @throws IllegalArgumentException if it can't be a service; the message says why
     */
    Service service(List<String> flags, List<Path> files) {
        List<String> portable = portable(flags);
        // On the command line the directories would outdo what the owner writes into the file one day.
        boolean fromFile = portable.stream().anyMatch(flag -> flag.startsWith("-config="));
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(JVM_FLAGS);
        command.add(CrashReport.flag(String.join(separator, home, request.name() + ".crash.log")));
        if (windows() || fromFile) {
            // What the file leaves out goes by it; and Windows makes the account's profile who knows where.
            command.add("-Duser.home=" + home);
        }
        command.addAll(List.of("-jar", jar()));
        command.addAll(portable);
        List<String> directories = directories();
        if (!fromFile) {
            command.addAll(directories);
        } else if (options.loop() && !windows()) {
            command.add("-loop=false");
        }
        Optional<String> log = log();
        if (options.log().isEmpty()) {
            log.ifPresent(file -> command.add("-log=" + file));
        }
        files.forEach(file -> read.add(file.toString()));
        Map<String, String> environment = request.keyFile()
                .map(file -> Map.of("BUILDER_KEY_PATH", file(file)))
                .orElse(Map.of());
        return new Service(
                request.name(),
                request.user(),
                home,
                command,
                environment,
                List.copyOf(read),
                written,
                log,
                options.reboot(),
                request.memory(),
                request.cpu());
    }

    /** Where the system keeps no log, or one that only grows, stage0 keeps its own, whoever doesn't ask for it. */
    private Optional<String> log() {
        Optional<Path> asked = options.log();
        asked.map(Path::getParent)
                .filter(directory ->
                        !directory.startsWith(home) && written.stream().noneMatch(directory::startsWith))
                .ifPresent(directory -> written.add(directory.toString()));
        return asked.isPresent()
                ? asked.map(Path::toString)
                : Optional.of(String.join(separator, home, request.name() + ".log"))
                        .filter(unused -> !request.system().keepsLog());
    }

    private String java() {
        if (request.java().isPresent()) {
            return absolute(request.java().get());
        }
        Path java = Path.of(System.getProperty("java.home"));
        read.add(java.toString());
        return java.resolve("bin").resolve("java").toString();
    }

    private String jar() {
        String running = System.getProperty("java.class.path", "");
        if (request.jar().isEmpty() && !running.endsWith(".jar")) {
            throw new IllegalArgumentException("where stage0.jar is can't be told; name it with -jar");
        }
        return file(request.jar().orElse(running));
    }

    private String file(String path) {
        String absolute = absolute(path);
        read.add(absolute);
        return absolute;
    }

    private static String absolute(String path) {
        return ABSOLUTE.matcher(path).matches()
                ? path
                : Path.of(path).toAbsolutePath().normalize().toString();
    }

    /** The same flags without the loop, which is the supervisor's to make, and with paths that mean the same anywhere. */
    private List<String> portable(List<String> flags) {
        List<String> portable = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            String flag = flags.get(i);
            String name = flag.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            String value = equals < 0 ? null : name.substring(equals + 1);
            name = equals < 0 ? name : name.substring(0, equals);
            if (name.equals("loop")) {
                continue;
            }
            if (value == null && Options.takesValue(name)) {
                // What follows is no flag, whatever it looks like.
                i++;
                value = flags.get(i);
                flag = "-" + name + "=" + value;
            }
            portable.add(Options.isPath(name) ? "-" + name + "=" + absolute(value) : flag);
        }
        return portable;
    }

    /** Where the directories go by default depends on who asks: said outright, it can't. */
    private List<String> directories() {
        Path base = Path.of(
                System.getProperty("user.home"),
                "builder-farm",
                options.machine().hostType().value());
        List<String> flags = new ArrayList<>();
        directory(options.workDirectory(), base, "work").ifPresent(path -> flags.add("-workdir=" + path));
        directory(options.state().path(), base, "stage0").ifPresent(path -> flags.add("-state=" + path));
        return flags;
    }

    /** @return the directory to name, if the flags (or the file that they name) don't */
    private Optional<String> directory(Path asked, Path base, String name) {
        if (asked.equals(base.resolve(name))) {
            return Optional.of(String.join(
                    separator,
                    home,
                    "builder-farm",
                    options.machine().hostType().value(),
                    name));
        }
        if (!asked.startsWith(home)) {
            written.add(asked.toString());
        }
        return Optional.empty();
    }
}
