package io.jenkins.plugins.builderfarm.testbed.bench;

import java.io.PrintStream;

/** Prints ours beside the bare agent's, with the aims. */
final class BenchTable {
    private static final double MICROS_PER_MILLI = 1000;

    private BenchTable() {}

    static void print(PrintStream out, String title, String spareAim, Measured measured) {
        double start = median(measured.bareStart);
        out.printf("%n%s (medians; same JVM flags on both sides)%n", title);
        out.printf("  bare agent: start to online               %8.0f ms%n", start);
        out.printf("  bare agent: queued to first output        %8.0f ms%n", median(measured.bareBuild));
        line(out, "ours, with a spare: queued to first output", median(measured.spare), start, spareAim);
        line(out, "ours, without a spare: the same", median(measured.noSpare), start, "1.0");
        out.printf("  ours: build end to leasable again         %8.0f ms%n", median(measured.back));
        out.printf(
                "  memory of the machine's processes, idle    bare %5.1f MB, ours %5.1f MB: %.2f (aim: 0.6)%n",
                measured.bareIdle, measured.idle, measured.idle / measured.bareIdle);
        out.printf(
                "  memory of the machine's processes, build   bare %5.1f MB, ours %5.1f MB: %.2f (aim: 1.0)%n",
                measured.bareBusy, measured.busy, measured.busy / measured.bareBusy);
    }

    private static void line(PrintStream out, String what, double millis, double bare, String aim) {
        out.printf("  %-42s%8.0f ms, %.2f of the bare agent's start (aim: %s)%n", what, millis, millis / bare, aim);
    }

    private static double median(Samples samples) {
        return samples.quantileMicros(0.5) / MICROS_PER_MILLI;
    }
}
