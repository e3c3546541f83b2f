package io.jenkins.plugins.builderfarm.cloud;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.HostType;
import io.jenkins.plugins.builderfarm.config.ReversePool;
import io.jenkins.plugins.builderfarm.config.TimeoutScale;
import io.jenkins.plugins.builderfarm.coordinator.conduct.ScaledLimit;
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
 * Ends what takes longer than its host type allows, times what its builder's scale is: a build first, politely, so that
 * it may clean up; then the lease, whatever runs. Both count from the moment at which the build took the machine, which survives a restart of Jenkins.
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
        Optional<HostType> hostType = FarmLabels.get().hostType(node.hostType());
        Optional<ReversePool> pool = hostType.flatMap(HostType::reversePool);
        if (usage == null || pool.isEmpty()) {
            return;
        }
        Duration used = Duration.between(Instant.ofEpochMilli(usage.sinceMillis()), now);
        Optional<Builder> builder = FarmLabels.get().builder(usage.asked(), node.hostType());
        int scale = TimeoutScale.of(builder, hostType);
        ScaledLimit lease = new ScaledLimit(pool.get().getLeaseLimit(), scale);
        ScaledLimit build = new ScaledLimit(pool.get().getBuildLimit(), scale);
        if (lease.isReached(used)) {
            String why = "Host type " + node.hostType() + " leases a machine for " + said(lease, builder);
            LOGGER.info(() -> "Lease " + node.getNodeName() + " of " + node.machine() + " is ended: " + why);
            abort(node, why);
            LeaseEndings.end(node, why);
        } else if (build.isReached(used) && told.add(node.getNodeName())) {
            abort(node, "Host type " + node.hostType() + " lets a build run for " + said(build, builder));
        }
    }

    private static String said(ScaledLimit limit, Optional<Builder> builder) {
        return limit
                + (limit.isScaled() && builder.isPresent()
                        ? " for builder " + builder.get().getName()
                        : "") + " at the most";
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
