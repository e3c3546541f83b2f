package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.farm.Farm;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;

/**
 * Ends what takes longer than its host type allows: a build first, politely, so that it may clean up; then the lease,
 * whatever runs. Both count from the moment at which the build took the machine, which survives a restart of Jenkins.
 */
@Extension
public final class LeaseLimits extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(LeaseLimits.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** The leases whose builds were told; the timer's thread alone touches it. */
    private final Set<String> told = new HashSet<>();

    @Override
    public long getRecurrencePeriod() {
        return PERIOD.toMillis();
    }

    @Override
    protected void doRun() {
        if (Farm.get().isOpen()) {
            check(Instant.now());
        }
    }

    /** @param now not on this computer's clock in tests */
    synchronized void check(Instant now) {
        try (ACLContext context = ACL.as2(ACL.SYSTEM2)) {
            Set<String> present = new HashSet<>();
            for (Node node : Jenkins.get().getNodes()) {
                if (node instanceof LeasedNode leased && !leased.isEnding()) {
                    present.add(leased.getNodeName());
                    check(leased, now);
                }
            }
            told.retainAll(present);
        }
    }

    private void check(LeasedNode node, Instant now) {
        Usage usage = node.usage();
        Optional<ReversePool> pool = FarmLabels.get().hostType(node.hostType()).flatMap(type -> type.reversePool());
        if (usage == null || pool.isEmpty()) {
            return;
        }
        Duration used = Duration.between(Instant.ofEpochMilli(usage.sinceMillis()), now);
        if (isOver(used, pool.get().getLeaseLimit())) {
            String why = "Host type " + node.hostType() + " leases a machine for "
                    + minutes(pool.get().getLeaseLimit()) + " at the most";
            LOGGER.info(() -> "Lease " + node.getNodeName() + " of " + node.machine() + " is ended: " + why);
            abort(node, why);
            LeaseEndings.end(node, why);
        } else if (isOver(used, pool.get().getBuildLimit()) && told.add(node.getNodeName())) {
            abort(
                    node,
                    "Host type " + node.hostType() + " lets a build run for "
                            + minutes(pool.get().getBuildLimit()) + " at the most");
        }
    }

    private static boolean isOver(Duration used, int limit) {
        return limit > 0 && used.compareTo(Duration.ofMinutes(limit)) >= 0;
    }

    private static String minutes(int limit) {
        return limit == 1 ? "1 minute" : limit + " minutes";
    }

    private static void abort(LeasedNode node, String why) {
        Computer computer = node.toComputer();
        if (computer != null) {
            for (Executor executor : computer.getExecutors()) {
                if (executor.isBusy()) {
                    executor.interrupt(Result.ABORTED, new TimeIsUp(why));
                }
            }
        }
    }

    /** What the build's log and page say. */
    static final class TimeIsUp extends CauseOfInterruption {
        private static final long serialVersionUID = 1L;

        private final String why;

        TimeIsUp(String why) {
            this.why = why;
        }

        @Override
        public String getShortDescription() {
            return why;
        }
    }
}
