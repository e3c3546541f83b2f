package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;

/**
 * What one pool of a given size costs.
 *
 * @param heapPerMachine bytes that the coordinator holds for one idle machine
 * @param health one health check, asked and answered, the tick's own work in it
 * @param back a machine's return after a lease: its handshake and preflight
 */
record PoolCosts(
        int size,
        long heapPerMachine,
        double admitAllMillis,
        Samples admit,
        Samples lease,
        Samples build,
        Samples back,
        Samples look,
        double healthMicros) {
    private static final int LEASES = 4_000;
    private static final int LOOKS = 20_000;
    private static final int CHECKS = 50_000;
    private static final int SECONDS_BETWEEN_CHECKS = 12;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Measures on this thread; nothing else should run in this process. */
    static PoolCosts measure(int size) {
        try (Pool pool = new Pool(size)) {
            Samples admit = new Samples();
            long before = Heap.used();
            long start = System.nanoTime();
            pool.admitAll(admit);
            double admitAllMillis = (System.nanoTime() - start) / NANOS_PER_MILLI;
            long heap = (Heap.used() - before) / size;

            Samples lease = new Samples();
            Samples build = new Samples();
            Samples back = new Samples();
            for (int i = 0; i < LEASES; i++) {
                long begin = System.nanoTime();
                Lease taken = pool.lease();
                lease.add(System.nanoTime() - begin);
                build.time(() -> pool.build(taken.id()));
                back.time(() -> pool.comeBack(taken.machine()));
            }
            Samples look = new Samples();
            for (int i = 0; i < LOOKS; i++) {
                look.time(pool::look);
            }
            start = System.nanoTime();
            int ticks = SECONDS_BETWEEN_CHECKS * CHECKS / size;
            for (int i = 0; i < ticks; i++) {
                pool.tick();
            }
            double healthMicros = (System.nanoTime() - start) / NANOS_PER_MICRO / CHECKS;
            return new PoolCosts(size, heap, admitAllMillis, admit, lease, build, back, look, healthMicros);
        }
    }
}
