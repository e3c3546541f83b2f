package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.buildlet.machine.WorkDirectory;
import io.jenkins.plugins.builderfarm.protocol.key.KeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The program {@code buildlet.jar}; {@link Options#HELP} says how it is used. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /**
     * Everything but the exit; stage0 calls this. Blocks until the lease is over or something else ends the buildlet.
     *
     * @return the exit code
     */
    public static int run(String[] args) {
        try {
            Flags flags = Options.flags(args);
            if (flags.isSet("help") || flags.isSet("h")) {
                System.out.print(Options.help());
                return ExitCode.COME_BACK.code();
            }
            if (flags.isSet("version")) {
                System.out.println(BuildletVersion.current());
                return ExitCode.COME_BACK.code();
            }
            Path home = Path.of(System.getProperty("user.home"));
            return run(Options.from(flags, home), home).code();
        } catch (UsageException | IllegalArgumentException e) {
            System.err.println("buildlet: " + e.getMessage() + " (-help says more)");
            return ExitCode.USAGE.code();
        }
    }

    private static ExitCode run(Options options, Path home) {
        Log log = new Log(System.err, InstantSource.system());
        log.line("buildlet " + BuildletVersion.current() + " on Java " + System.getProperty("java.version"));
        KeyFile key;
        try {
            key = KeyFile.find(System.getenv(), home, options.machine().hostType());
        } catch (IOException e) {
            log.line("builder key: " + e.getMessage());
            return ExitCode.KEY;
        }
        try (WorkDirectory workDirectory = WorkDirectory.open(options.workDirectory())) {
            return new Assembly(options, key, workDirectory, log).run();
        } catch (IOException e) {
            log.line(Optional.ofNullable(e.getMessage()).orElseGet(() -> Reasons.of(e)));
            return ExitCode.WORK_DIRECTORY;
        }
    }
}
