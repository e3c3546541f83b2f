package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.AbstractCloudSlave;
import io.jenkins.plugins.builderfarm.coordinator.pool.ExpectedLease;
import io.jenkins.plugins.builderfarm.coordinator.pool.Lease;
import io.jenkins.plugins.builderfarm.protocol.message.Facts;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.name.HostTypeName;
import io.jenkins.plugins.builderfarm.protocol.name.Hostname;
import io.jenkins.plugins.builderfarm.protocol.name.MachineId;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * One machine for one build. Its name is the lease's and is never used again. It is kept in a file like any node, so
 * that a build goes on after a restart of Jenkins, and with it whether a build has taken it.
 */
public final class LeasedNode extends AbstractCloudSlave {
    private static final long serialVersionUID = 1L;

    /** Why a machine whose {@link #isAgentGone agent is gone} is lost to its build. */
    public static final String AGENT_GONE = "its agent's connection broke";

    private final String hostType;
    private final String hostname;
    private final String buildlet;
    private final String os;
    private final String arch;
    private final long sinceMillis;

    @CheckForNull
    private volatile Usage usage;

    private transient AtomicBoolean ending = new AtomicBoolean();

    LeasedNode(Lease lease, long nowMillis) throws Descriptor.FormException, IOException {
        super(lease.id().value(), remoteFs(lease.facts()), new LeaseLauncher());
        MachineId machine = lease.machine();
        hostType = machine.hostType().value();
        hostname = machine.hostname().value();
        buildlet = lease.facts().buildlet().value();
        os = PlatformLabels.os(lease.facts().os());
        arch = PlatformLabels.arch(lease.facts().arch());
        sinceMillis = nowMillis;
        setNodeDescription("Machine " + hostname + " of " + hostType + ", leased for one build");
        setNumExecutors(1);
        // Only what asks for the host type or one of its builders by name.
        setMode(Node.Mode.EXCLUSIVE);
        setRetentionStrategy(new LeaseRetention());
        setLabelString(labels(FarmLabels.get()));
    }

    private static String remoteFs(Facts facts) {
        return facts.workDir().isEmpty() ? "." : facts.workDir();
    }

    private String labels(LabelIndex index) {
        Set<String> labels = new LinkedHashSet<>(index.labels(hostType));
        labels.add(os);
        labels.add(arch);
        return String.join(" ", labels);
    }

    @Override
    protected Object readResolve() {
        ending = new AtomicBoolean();
        return super.readResolve();
    }

    public LeaseId leaseId() {
        return new LeaseId(getNodeName());
    }

    public MachineId machine() {
        return new MachineId(new HostTypeName(hostType), new Hostname(hostname));
    }

    public String hostType() {
        return hostType;
    }

    /** The buildlet's version when the machine was leased. */
    String buildlet() {
        return buildlet;
    }

    /** When the lease was made, in milliseconds since the epoch. */
    long sinceMillis() {
        return sinceMillis;
    }

    ExpectedLease expected() {
        return new ExpectedLease(leaseId(), machine(), isUsed());
    }

    /** Whether a build has taken it; stays so for ever. */
    public boolean isUsed() {
        return usage != null;
    }

    @CheckForNull
    Usage usage() {
        return usage;
    }

    /**
     * A build takes the node, and that is on disk when this returns.
     *
     * @throws IllegalStateException if another build took it before, or it can't be put on disk: nothing must run then
     */
    @SuppressWarnings("deprecation") // save(): updateNode would take the queue's lock and go through the labels
    synchronized void use(Usage by) {
        Usage before = usage;
        if (before != null) {
            if (before.run() == null || !Objects.equals(before.run(), by.run())) {
                throw new IllegalStateException("node " + getNodeName() + " was used by " + before.run() + " before");
            }
            return;
        }
        usage = by;
        try {
            save();
        } catch (IOException e) {
            throw new IllegalStateException("node " + getNodeName() + " could not be marked as used", e);
        }
    }

    /** @return whether the caller is the first to end it */
    boolean beginEnding() {
        return ending.compareAndSet(false, true);
    }

    /** On its way out: takes nothing more. */
    boolean isEnding() {
        return ending.get();
    }

    /** Whether its agent's connection broke, and not because a person or the farm ended it. */
    public boolean isAgentGone() {
        return !isEnding() && toComputer() instanceof LeasedComputer computer && computer.isBroken();
    }

    /** Can still be given to a build. */
    boolean isFree() {
        return !isUsed() && !isEnding();
    }

    /** Whether this node may serve an item with that label. */
    boolean serves(Label label) {
        return label != null
                && FarmLabels.get().hostTypes(label).stream()
                        .anyMatch(type -> type.getName().equals(hostType))
                && label.matches(getAssignedLabels());
    }

    /** Takes over changed labels; returns whether there are any. */
    boolean relabel(LabelIndex index) throws IOException {
        String labels = labels(index);
        if (labels.equals(getLabelString())) {
            return false;
        }
        setLabelString(labels);
        return true;
    }

    @Override
    public LeasedComputer createComputer() {
        return new LeasedComputer(this);
    }

    @Override
    protected void _terminate(TaskListener listener) {
        // The machine is told when the node is gone, however that came about: see LeaseEndings.
    }

    /** "Save" on the node's page must not replace a live lease: nothing of it is for people to configure. */
    @Override
    public Node reconfigure(StaplerRequest2 req, JSONObject form) {
        return this;
    }

    /** For nodes that are read back. */
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void addAliases() {
        Jenkins.XSTREAM2.alias("builder-farm-node", LeasedNode.class);
        Jenkins.XSTREAM2.alias("builder-farm-usage", Usage.class);
        Jenkins.XSTREAM2.alias("builder-farm-launcher", LeaseLauncher.class);
        Jenkins.XSTREAM2.alias("builder-farm-retention", LeaseRetention.class);
    }

    /** Nobody makes one by hand. */
    @Extension
    @Symbol("leasedMachine")
    public static final class DescriptorImpl extends SlaveDescriptor {
        @Override
        public String getDisplayName() {
            return "Leased machine";
        }

        @Override
        public boolean isInstantiable() {
            return false;
        }
    }
}
