package io.jenkins.plugins.builderfarm.publisher;

import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Version;
import io.jenkins.plugins.builderfarm.protocol.release.Release;
import io.jenkins.plugins.builderfarm.protocol.release.Rollout;
import io.jenkins.plugins.builderfarm.protocol.release.SigningKey;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Runs a command line. One run per object. */
final class Commands {
    private static final int MOST_RETRIES = 20;
    private static final int RETRIES = 5;
    private static final int NEWEST_JAVA = 999;
    private static final long HIGHEST_SERIAL = 1_000_000_000_000L;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Instant now;

    Commands(Map<String, String> environment, InstantSource clock, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** @return the exit code */
    int run(List<String> args) throws Failure {
        if (args.isEmpty()) {
            throw Failure.usage("no command is given");
        }
        String name = args.get(0);
        if (Set.of("help", "-help", "--help", "-h").contains(name)) {
            out.print(Main.help());
            return 0;
        }
        if (Set.of("version", "-version", "--version").contains(name)) {
            String version = Main.class.getPackage().getImplementationVersion();
            out.println("publisher " + (version == null ? "unpackaged" : version));
            return 0;
        }
        Command command = Command.named(name).orElseThrow(() -> Failure.usage("unknown command: " + name));
        Flags flags = Flags.parse(args.subList(1, args.size()), command.flags());
        if (flags.has(Flag.HELP)) {
            out.print(command.usage());
            return 0;
        }
        String word = word(command, flags.words());
        if (command == Command.NEW_KEY) {
            return newKey(flags.path(Flag.OUT));
        }
        if (command == Command.PUBLISH_STAGE0) {
            Stage0Jar jar = Stage0Jar.read(flags.path(Flag.JAR));
            return jar.publish(bucket(flags), flags.has(Flag.DRY_RUN), out);
        }
        return command == Command.STATUS ? status(flags) : change(command, word, flags);
    }

    private static String word(Command command, List<String> words) throws Failure {
        int wanted = command.word().isEmpty() ? 0 : 1;
        if (words.size() > wanted) {
            throw Failure.usage(command + ": '" + words.get(wanted) + "' is one word too many");
        }
        if (words.size() < wanted) {
            throw Failure.usage(command + " wants a " + command.word());
        }
        return wanted == 0 ? "" : words.get(0);
    }

    private int newKey(Path file) throws Failure {
        SigningKey key = SigningKey.generate(new SecureRandom());
        LocalFiles.writeKey(file, key);
        err.println("publisher: wrote " + file + "; keep it secret, and give machines the release key:");
        out.println(key.publicKey());
        return 0;
    }

    private int status(Flags flags) throws Failure {
        Keys keys = keys(flags);
        keys.requireTrusted();
        ReleaseBucket bucket = bucket(flags);
        Publication.Current current = new Publication(bucket, keys, now, true, out, err).read();
        Status status = new Status(bucket.folder(), current.generation(), current.manifest(), bucket.jars(), now);
        out.print(flags.has(Flag.JSON) ? status.json() + System.lineSeparator() : status.text());
        return status.problems().isEmpty() ? 0 : Failure.UNEXPECTED;
    }

    private int change(Command command, String word, Flags flags) throws Failure {
        boolean dryRun = flags.has(Flag.DRY_RUN);
        Edit edit = edit(command, word, flags).then(dated(flags));
        Keys keys = keys(flags);
        if (!dryRun) {
            keys.requireSigning();
        } else if (command != Command.INIT) {
            keys.requireTrusted();
        }
        Publication publication = new Publication(bucket(flags), keys, now, dryRun, out, err);
        if (command == Command.INIT || command == Command.PUBLISH) {
            BuildletJar jar = BuildletJar.read(flags.path(Flag.JAR));
            Release release = release(jar, flags);
            if (command == Command.INIT) {
                Draft draft = Draft.first(flags.number(Flag.SERIAL, 1, HIGHEST_SERIAL, 1), release);
                edit.apply(draft);
                publication.create(draft, jar);
            } else {
                publication.publish(
                        release, jar, promotion(release.version(), flags).then(edit));
            }
        } else {
            publication.change(edit, command == Command.RENEW);
        }
        return 0;
    }

    /** What the flags of a command that takes no jar ask for; nothing for one that does. */
    private Edit edit(Command command, String word, Flags flags) throws Failure {
        return switch (command) {
            case PROMOTE -> {
                flags.required(Flag.CHANNEL, Function.identity());
                yield promotion(version(command, word), flags);
            }
            case ROLLBACK ->
                Edits.rollBack(
                        flags.required(Flag.CHANNEL, Function.identity()), flags.optional(Flag.TO, Version::new));
            case PIN -> Edits.pin(version(command, word), hostTypes(flags));
            case UNPIN -> Edits.unpin(hostTypes(flags));
            case FOLLOW -> Edits.follow(word, hostTypes(flags));
            default -> Edits.nothing();
        };
    }

    private static Version version(Command command, String word) throws Failure {
        return Flags.parse(command.toString(), word, Version::new);
    }

    private static List<HostTypeName> hostTypes(Flags flags) throws Failure {
        flags.required(Flag.HOST_TYPE, HostTypeName::new);
        return flags.all(Flag.HOST_TYPE, HostTypeName::new);
    }

    private static Edit promotion(Version release, Flags flags) throws Failure {
        Optional<String> channel = flags.optional(Flag.CHANNEL, Function.identity());
        if (channel.isEmpty()) {
            for (Flag flag : List.of(Flag.PERCENT, Flag.HOST_TYPE, Flag.NEW_CHANNEL)) {
                if (flags.has(flag)) {
                    throw Failure.usage(flag + " makes sense with " + Flag.CHANNEL + " only");
                }
            }
            return Edits.nothing();
        }
        return Edits.promote(new Promotion(
                release,
                channel.get(),
                (int) flags.number(Flag.PERCENT, 0, Rollout.ALL, Rollout.ALL),
                Set.copyOf(flags.all(Flag.HOST_TYPE, HostTypeName::new)),
                flags.has(Flag.NEW_CHANNEL)));
    }

    private Edit dated(Flags flags) throws Failure {
        Optional<Optional<Instant>> expires = flags.optional(Flag.EXPIRES, text -> Expiry.parse(text, now));
        return expires.map(Edits::expires).orElse(Edits.nothing());
    }

    private Release release(BuildletJar jar, Flags flags) throws Failure {
        return jar.release(
                flags.optional(Flag.RELEASE_VERSION, Version::new),
                flags.number(Flag.MIN_JAVA, 1, NEWEST_JAVA, jar.compiledFor()),
                now);
    }

    private Keys keys(Flags flags) throws Failure {
        return Keys.load(flags, environment, warning -> err.println("publisher: warning: " + warning));
    }

    private static ReleaseBucket bucket(Flags flags) throws Failure {
        Folder folder = flags.required(Flag.BUCKET, Folder::parse);
        int retries = (int) flags.number(Flag.RETRIES, 0, MOST_RETRIES, RETRIES);
        Retry retry = new Retry(retries, duration -> Thread.sleep(duration.toMillis()), new SecureRandom());
        return new ReleaseBucket(Connection.open(flags), folder, retry);
    }
}
