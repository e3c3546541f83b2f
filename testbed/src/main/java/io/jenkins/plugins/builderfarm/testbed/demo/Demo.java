package io.jenkins.plugins.builderfarm.testbed.demo;

import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.CommandLines.UsageException;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code make run}. */
public final class Demo {
    /** Something that was to be shown did not happen. */
    static final int EXIT_NOT_SHOWN = 1;
    /** Network or files. */
    static final int EXIT_IO = 74;

    private static final int LAST_PORT = 65_535;
    /** Kept: a logger that nobody holds may forget its level. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private Demo() {}

    /** What comes when all was shown. */
    @FunctionalInterface
    interface End {
        void await() throws InterruptedException;
    }

    public static void main(String[] args) {
        JETTY.setLevel(Level.WARNING);
        System.exit(CommandLines.run(Demo.class, args));
    }

    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = "A whole farm on this computer, to look at.",
            exitCodeListHeading = "%nExit codes%n",
            exitCodeList = {
                "0:all was shown (with --once), or stopped by a signal",
                "1:something that was to be shown did not happen",
                "2:bad flags",
                "74:network or files, a port that is taken for one"
            })
    static int run(
            @Option(
                            names = "--directory",
                            required = true,
                            paramLabel = "DIR",
                            description = "for everything that the farm keeps; emptied at every start")
                    Path directory,
            @Option(
                            names = "--port",
                            defaultValue = "8080",
                            description = "the controller's, 0 for any free one (default: ${DEFAULT-VALUE})")
                    int port,
            @Option(names = "--once", description = "end when all was shown") boolean once,
            @Option(
                            names = "--war",
                            paramLabel = "FILE",
                            description = "a Jenkins; without it the coordinator is served alone")
                    Path war,
            @Option(
                            names = "--plugins",
                            paramLabel = "DIR",
                            description = "this project's plugin and those that it needs, as hpi files")
                    Path plugins)
            throws Exception {
        if (port < 0 || port > LAST_PORT) {
            throw new UsageException("--port " + port + ": not between 0 and " + LAST_PORT);
        }
        if ((war == null) != (plugins == null)) {
            throw new UsageException("--war and --plugins go together");
        }
        Path home = DemoDirectory.prepare(directory);
        Narrator narrator = new Narrator(System.out);
        try (DemoFarm farm = DemoFarm.open(home)) {
            End end = () -> end(narrator, once);
            if (war == null) {
                new LoopbackDemo(farm, port, narrator).run(end);
            } else {
                new JenkinsDemo(farm, Distribution.of(war, plugins), home, port, narrator).run(end);
            }
            return 0;
        } catch (TimeoutException e) {
            System.err.println("demo: " + e.getMessage() + "; see the logs in " + home);
            return EXIT_NOT_SHOWN;
        } catch (IOException e) {
            System.err.println("demo: " + explain(e));
            return EXIT_IO;
        }
    }

    private static void end(Narrator narrator, boolean once) throws InterruptedException {
        if (once) {
            narrator.say("All was shown.");
        } else {
            narrator.say("Everything goes on until Ctrl-C.");
            new CountDownLatch(1).await();
        }
    }

    /** With its cause: servers wrap "address already in use" in a sentence of their own. */
    private static String explain(IOException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }
}
