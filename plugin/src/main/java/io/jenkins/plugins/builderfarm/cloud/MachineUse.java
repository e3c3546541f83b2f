package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.OneOffExecutor;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.WorkUnit;
import io.jenkins.plugins.builderfarm.config.Builder;
import io.jenkins.plugins.builderfarm.config.HostType;
import java.util.List;
import java.util.Optional;

/**
 * A machine of the farm's that a build has, of whatever source. Immutable.
 *
 * @param node the node's name
 * @param hostType what the build asked for, by name or by the name of one of its builders
 * @param machine the machine's hostname; the node's name if another cloud made it
 * @param builder nothing if the build asked for the host type alone
 */
public record MachineUse(String node, String hostType, String machine, Optional<Builder> builder) {
    /** What the executor runs on the farm's behalf; known as soon as the task is accepted, nothing if it is another's. */
    public static Optional<MachineUse> of(Executor executor) {
        Node node = executor.getOwner().getNode();
        if (node == null || executor instanceof OneOffExecutor) {
            return Optional.empty();
        }
        if (node instanceof LeasedNode leased) {
            Usage usage = leased.usage();
            return usage == null
                    ? Optional.empty()
                    : Optional.of(of(
                            leased.getNodeName(),
                            leased.hostType(),
                            leased.machine().hostname().value(),
                            usage));
        }
        Usage usage = CloudUsages.get().of(executor);
        return usage == null ? Optional.empty() : on(node, usage);
    }

    private static Optional<MachineUse> on(Node node, Usage usage) {
        List<HostType> wanted = FarmLabels.get().hostTypes(usage.asked());
        return ExistingCloudLabels.hostTypes(node).stream()
                .filter(wanted::contains)
                .findFirst()
                .map(hostType -> of(node.getNodeName(), hostType.getName(), node.getNodeName(), usage));
    }

    private static MachineUse of(String node, String hostType, String machine, Usage usage) {
        return new MachineUse(node, hostType, machine, FarmLabels.get().builder(usage.asked(), hostType));
    }

    /** The build that the executor works for, be it the whole or a part such as a Pipeline's {@code node}. */
    @CheckForNull
    public static Run<?, ?> build(Executor executor) {
        Queue.Executable executable = executor.getCurrentExecutable();
        if (executable instanceof Run<?, ?> run) {
            return run;
        }
        WorkUnit unit = executor.getCurrentWorkUnit();
        return unit != null && unit.work.getOwnerExecutable() instanceof Run<?, ?> run ? run : null;
    }
}
