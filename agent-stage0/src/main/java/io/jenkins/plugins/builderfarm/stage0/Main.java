package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.stage0.log.RotatedFile;
import io.jenkins.plugins.builderfarm.stage0.log.StandardStreams;
import io.jenkins.plugins.builderfarm.stage0.run.Loop;
import io.jenkins.plugins.builderfarm.stage0.run.OwnCommand;
import io.jenkins.plugins.builderfarm.stage0.run.Progress;
import io.jenkins.plugins.builderfarm.stage0.run.Start;
import io.jenkins.plugins.builderfarm.stage0.state.StateDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program {@code stage0.jar}; {@link Help} says how it is used. */
public final class Main {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private Main() {}

    /** Never returns: a buildlet may leave threads behind that would keep the process alive. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out, Log.toStandardError()));
    }

    static int run(List<String> arguments, PrintStream out, Log log) {
        Options options;
        try {
            if (!arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
                return Commands.run(arguments, out, log);
            }
            Flags flags = Options.flags(arguments);
            if (flags.on("help") || flags.on("h")) {
                out.print(Help.text());
                return 0;
            }
            if (flags.on("version")) {
                out.print("stage0 " + Stage0Version.TEXT + "\n");
                return 0;
            }
            options = Options.parse(flags);
        } catch (UsageException e) {
            log.say(e.getMessage() + " (-help says more)");
            return EXIT_USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EXIT_FAILED;
        }
        if (options.log().isEmpty()) {
            return run(options, arguments, log, log);
        }
        Log opened;
        try {
            StandardStreams.writeTo(RotatedFile.open(options.log().get(), System.err, InstantSource.system()));
            opened = Log.toStandardError();
        } catch (IOException e) {
            log.say("flag -log: " + Explain.of(e));
            return EXIT_USAGE;
        }
        return run(options, arguments, opened, log);
    }

    /** @param mistakes hears of wrong flags: where whoever gave them looks first, even if the log is somewhere else by then */
    private static int run(Options options, List<String> arguments, Log log, Log mistakes) {
        try {
            return options.loop() ? loop(options, arguments, log) : start(options, log, mistakes);
        } catch (IOException e) {
            log.say("the state directory can't be used: " + Explain.of(e));
            return Start.EXIT_NOTHING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EXIT_FAILED;
        }
    }

    private static boolean network(Options options, Log log, Log mistakes) {
        try {
            options.network().apply(options.state().trusted(), log);
            return true;
        } catch (IOException e) {
            mistakes.say("flag -ca-file: " + Explain.of(e));
            return false;
        }
    }

    /** Each start takes and gives back the state directory for itself, and opens the log. */
    private static int loop(Options options, List<String> arguments, Log log) throws InterruptedException {
        List<String> once = new ArrayList<>(Flags.without("loop", arguments, Options.VALUED));
        // Or a file of flags would have each of them loop too.
        once.add("-loop=false");
        return new Loop(
                        OwnCommand.with(Main.class, once),
                        new Progress(options.state().progress()),
                        log)
                .run();
    }

    private static int start(Options options, Log log, Log mistakes) throws IOException, InterruptedException {
        StateDirectory state = options.state();
        Closeable lock = () -> {};
        try {
            state.create();
            Optional<Closeable> held = state.lock();
            if (held.isEmpty()) {
                log.say("another stage0 is at work in " + state + "; a second one needs a -state of its own");
                return Start.EXIT_NOTHING;
            }
            lock = held.get();
        } catch (IOException e) {
            if (!state.isThere()) {
                throw e;
            }
            // A disk that has become read-only can still hold a good release, and its owner learns of it soonest if
            // the machine dials in.
            log.say("the state directory can't be written to: " + Explain.of(e));
        }
        try {
            if (!network(options, log, mistakes)) {
                return EXIT_USAGE;
            }
            return new Start(options, InstantSource.system(), log).run().code();
        } finally {
            lock.close();
        }
    }
}
