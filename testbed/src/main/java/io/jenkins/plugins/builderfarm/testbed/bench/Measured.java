package io.jenkins.plugins.builderfarm.testbed.bench;

/** Ours and the bare agent, over one kind of line. */
final class Measured {
    final Samples bareStart = new Samples();
    final Samples bareBuild = new Samples();
    final Samples spare = new Samples();
    final Samples noSpare = new Samples();
    final Samples back = new Samples();
    double bareIdle = Double.NaN;
    double bareBusy = Double.NaN;
    double idle = Double.NaN;
    double busy = Double.NaN;
}
