package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.CommandLines.UsageException;
import io.jenkins.plugins.builderfarm.testbed.demo.DemoDirectory;
import io.jenkins.plugins.builderfarm.testbed.program.Supervisor;
import java.io.PrintStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that measures how soon a machine can be leased: the real stage0 and buildlet, no Jenkins. */
public final class MachineBench {
    private static final double MICROS_PER_MILLI = 1000;
    private static final int BYTES_AIM = 1024;
    private static final int LOOP = 20;

    private MachineBench() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(MachineBench.class, args));
    }

    @Command(
            name = "machine-bench",
            mixinStandardHelpOptions = true,
            description = "How soon a machine can be leased, after its start and after a lease.")
    static int run(
            @Option(names = "--directory", required = true, paramLabel = "DIR") Path directory,
            @Option(
                            names = "--rounds",
                            defaultValue = "7",
                            description = "of each measurement (default: ${DEFAULT-VALUE})")
                    int rounds)
            throws Exception {
        if (rounds < 1) {
            throw new UsageException("--rounds " + rounds + ": at least 1 is wanted");
        }
        try (MachineCosts costs = MachineCosts.prepare(DemoDirectory.prepare(directory))) {
            for (int round = 0; round < rounds; round++) {
                costs.startJars();
                costs.startMachine(round);
            }
            costs.leaseAgainAndAgain(rounds);
            costs.leaseInALoop(LOOP);
            print(System.out, costs);
        }
        return 0;
    }

    private static void print(PrintStream out, MachineCosts costs) {
        double jar = median(costs.stage0Start);
        out.printf("%nA machine on loopback, real stage0 and buildlet, recommended JVM flags (medians)%n");
        out.printf("  java -jar stage0.jar -version             %8.0f ms%n", jar);
        out.printf("  java -jar buildlet.jar -version           %8.0f ms%n", median(costs.buildletStart));
        line(out, "start to leasable, nothing kept yet", median(costs.firstStart), jar);
        line(out, "start to leasable, buildlet unchanged", median(costs.start), jar);
        line(out, "end of lease to leasable again", median(costs.back), jar);
        out.printf(
                "    of it %.0f ms until the last process has ended, and the supervisor's pause of %d ms%n",
                median(costs.ending), Supervisor.PAUSE.toMillis());
        out.printf(
                "  an unchanged buildlet costs the bucket at most %d request (answer %s), %,d bytes in, %,d bytes out"
                        + " (aim: 1, 304, under %,d each)%n",
                costs.mostRequests, costs.answers, costs.mostReceived, costs.mostSent, BYTES_AIM);
        out.printf(
                "  -loop, memory after 1 and %d leases        waits %.1f and %.1f MB, works %.1f and %.1f MB"
                        + " (aim: does not grow)%n",
                LOOP, costs.loopBefore[0], costs.loopAfter[0], costs.loopBefore[1], costs.loopAfter[1]);
    }

    private static void line(PrintStream out, String what, double millis, double jar) {
        out.printf("  %-42s%8.0f ms, %.1f of the jar's own start%n", what, millis, millis / jar);
    }

    private static double median(Samples samples) {
        return samples.quantileMicros(0.5) / MICROS_PER_MILLI;
    }
}
