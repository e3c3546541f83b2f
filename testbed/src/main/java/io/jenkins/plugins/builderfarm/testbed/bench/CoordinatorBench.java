package io.jenkins.plugins.builderfarm.testbed.bench;

import io.jenkins.plugins.builderfarm.testbed.CommandLines;
import io.jenkins.plugins.builderfarm.testbed.CommandLines.UsageException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program that measures the coordinator alone: no Jenkins, no socket, one thread. */
public final class CoordinatorBench {
    private static final int HEAP_AIM = 4096;
    private static final int WARM_UP = 1000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int SMALLER = 10;

    private CoordinatorBench() {}

    public static void main(String[] args) {
        System.exit(CommandLines.run(CoordinatorBench.class, args));
    }

    @Command(
            name = "coordinator-bench",
            mixinStandardHelpOptions = true,
            description =
                    "What idle machines and leases cost in one coordinator, and whether that grows with the pool.")
    static int run(
            @Option(
                            names = "--machines",
                            defaultValue = "10000",
                            description = "in the largest pool (default: ${DEFAULT-VALUE})")
                    int machines)
            throws UsageException {
        if (machines < SMALLER * SMALLER) {
            throw new UsageException("--machines " + machines + ": at least " + SMALLER * SMALLER + " are wanted");
        }
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            PoolCosts.measure(WARM_UP);
        }
        print(
                System.out,
                List.of(
                        PoolCosts.measure(machines / SMALLER / SMALLER),
                        PoolCosts.measure(machines / SMALLER),
                        PoolCosts.measure(machines)));
        return 0;
    }

    private static void print(PrintStream out, List<PoolCosts> pools) {
        PoolCosts largest = pools.get(pools.size() - 1);
        out.printf("One coordinator, no sockets, %,d idle machines%n", largest.size());
        out.printf("  heap per machine   %,8d bytes  (aim: at most %,d)%n", largest.heapPerMachine(), HEAP_AIM);
        out.printf("  all admitted in    %,8.0f ms%n", largest.admitAllMillis());
        out.printf(
                "  lease              %,8.1f us at p50, %,.1f us at p99%n%n",
                largest.lease().quantileMicros(0.5), largest.lease().quantileMicros(0.99));
        out.printf("Median cost in microseconds, by machines in the pool (aim: does not grow)%n");
        out.printf("  %-34s", "");
        pools.forEach(pool -> out.printf("%,10d", pool.size()));
        out.println();
        row(out, "admit: handshake and preflight", pools, pool -> pool.admit().quantileMicros(0.5));
        row(out, "lease: reserve, start, accept", pools, pool -> pool.lease().quantileMicros(0.5));
        row(out, "build: online, used, released", pools, pool -> pool.build().quantileMicros(0.5));
        row(out, "come back after a lease", pools, pool -> pool.back().quantileMicros(0.5));
        row(out, "look at one host type", pools, pool -> pool.look().quantileMicros(0.5));
        row(out, "health check with answer (mean)", pools, PoolCosts::healthMicros);
    }

    private static void row(PrintStream out, String name, List<PoolCosts> pools, ToDoubleFunction<PoolCosts> cost) {
        out.printf("  %-34s", name);
        pools.forEach(pool -> out.printf("%,10.2f", cost.applyAsDouble(pool)));
        out.println();
    }
}
