package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.demo.DemoDirectory;
import io.jenkins.plugins.builderfarm.testbed.jenkins.Distribution;
import io.jenkins.plugins.builderfarm.testbed.jenkins.FarmConfiguration;
import io.jenkins.plugins.builderfarm.testbed.jenkins.LocalJenkins;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that measures what the pages of a large farm cost, and whether a change grows with the farm. */
public final class AdministrationBench {
    private static final int SMALL = 10;
    private static final int LARGE = 300;
    private static final double MICROS_PER_MILLI = 1000;

    private AdministrationBench() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(AdministrationBench.class, args));
    }

    @Command(
            name = "administration-bench",
            mixinStandardHelpOptions = true,
            description = "What lists and changes cost on the pages of a small farm and of a large one.")
    static int run(
            @Option(names = "--directory", required = true, paramLabel = "DIR") Path directory,
            @Option(names = "--war", required = true, paramLabel = "FILE") Path war,
            @Option(names = "--plugins", required = true, paramLabel = "DIR") Path plugins,
            @Option(
                            names = "--rounds",
                            defaultValue = "15",
                            description = "of each measurement (default: ${DEFAULT-VALUE})")
                    int rounds)
            throws Exception {
        Path home = DemoDirectory.prepare(directory);
        try (LocalJenkins jenkins =
                LocalJenkins.start(Distribution.of(war, plugins), home, 0, FarmConfiguration.empty())) {
            jenkins.client().takeToken();
            // Loads classes and compiles them, so that the small farm doesn't pay for it.
            AdministrationCosts.measure(jenkins.client(), SMALL, rounds);
            Map<String, Samples> small = AdministrationCosts.measure(jenkins.client(), SMALL, rounds);
            Map<String, Samples> large = AdministrationCosts.measure(jenkins.client(), LARGE, rounds);
            print(System.out, small, large);
        }
        return 0;
    }

    private static void print(PrintStream out, Map<String, Samples> small, Map<String, Samples> large) {
        out.printf("%nPages, median milliseconds to the whole answer (aim: lists under 300, saving does not grow)%n");
        out.printf("  %-28s%10s%16s%n", "host types / builders", SMALL + " / 50", LARGE + " / 1,500");
        small.forEach((what, few) -> out.printf("  %-28s%10.1f%16.1f%n", what, median(few), median(large.get(what))));
    }

    private static double median(Samples samples) {
        return samples.quantileMicros(0.5) / MICROS_PER_MILLI;
    }
}
