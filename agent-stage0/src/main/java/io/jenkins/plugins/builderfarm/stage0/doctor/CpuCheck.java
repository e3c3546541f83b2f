package io.jenkins.plugins.builderfarm.stage0.doctor;

/** How many CPUs builds can have. */
record CpuCheck(int cpus) implements Check {
    @Override
    public String name() {
        return "cpus";
    }

    @Override
    public Finding run() {
        return Finding.ok(cpus == 1 ? "1 CPU (two are better)" : cpus + " CPUs");
    }
}
