package io.jenkins.plugins.builderfarm.cloud;

import hudson.EnvVars;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.model.labels.LabelAtom;
import hudson.slaves.AbstractCloudComputer;
import hudson.slaves.AbstractCloudSlave;
import hudson.slaves.Cloud;
import hudson.slaves.NodeProvisioner.PlannedNode;
import hudson.slaves.RetentionStrategy;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jvnet.hudson.test.JenkinsRule;

/** Another cloud: makes agents on this computer for one label of its own, and fails in all the ways that clouds do. */
final class SmallCloud extends Cloud {
    static final String LABEL = "big";
    static final String ACCOUNT = "account 4711 has no money";

    /** What it does with the next order. */
    enum Mood {
        WELL,
        FAILS_TO_ORDER,
        FAILS_TO_MAKE
    }

    private final transient JenkinsRule r;
    private final transient AtomicInteger made = new AtomicInteger();
    private final transient AtomicInteger terminated = new AtomicInteger();
    private final transient AtomicInteger orders = new AtomicInteger();
    private transient volatile String label = LABEL;
    private transient volatile int capacity;
    private transient volatile Mood mood = Mood.WELL;

    SmallCloud(String name, JenkinsRule r, int capacity) {
        super(name);
        this.r = r;
        this.capacity = capacity;
    }

    void setCapacity(int capacity) {
        this.capacity = capacity;
    }

    void setMood(Mood mood) {
        this.mood = mood;
    }

    void setLabel(String label) {
        this.label = label;
    }

    /** How often somebody ordered something here, whether it was made or not. */
    int orders() {
        return orders.get();
    }

    /** How many nodes it was asked to take away. */
    int terminated() {
        return terminated.get();
    }

    @Override
    public boolean canProvision(CloudState state) {
        return state.getLabel() != null && state.getLabel().matches(List.of(new LabelAtom(label)));
    }

    @Override
    public Collection<PlannedNode> provision(CloudState state, int excessWorkload) {
        orders.incrementAndGet();
        if (mood == Mood.FAILS_TO_ORDER) {
            throw new IllegalStateException(ACCOUNT);
        }
        List<PlannedNode> planned = new ArrayList<>();
        while (planned.size() < excessWorkload && made.get() - terminated.get() < capacity) {
            planned.add(new PlannedNode(name, make(), 1));
        }
        return planned;
    }

    private Future<Node> make() {
        if (mood == Mood.FAILS_TO_MAKE) {
            return CompletableFuture.failedFuture(new IOException(ACCOUNT));
        }
        return CompletableFuture.completedFuture(node());
    }

    /** The next of its nodes, which nobody has added yet. */
    SmallNode node() {
        try {
            return new SmallNode(name + "-" + made.incrementAndGet(), this);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One executor; it stays until somebody takes it away. */
    static final class SmallNode extends AbstractCloudSlave {
        private static final long serialVersionUID = 1L;

        /** Each of its nodes is a JVM that lives for a second or two. */
        private static final String QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

        private final transient SmallCloud cloud;

        SmallNode(String name, SmallCloud cloud) throws Exception {
            super(
                    name,
                    new File(cloud.r.jenkins.getRootDir(), name).getAbsolutePath(),
                    cloud.r.createComputerLauncher(new EnvVars("JAVA_TOOL_OPTIONS", QUICK_START)));
            this.cloud = cloud;
            setNumExecutors(1);
            setLabelString(cloud.label);
            setRetentionStrategy(RetentionStrategy.INSTANCE);
        }

        @Override
        public AbstractCloudComputer<SmallNode> createComputer() {
            return new AbstractCloudComputer<>(this);
        }

        @Override
        protected void _terminate(TaskListener listener) {
            cloud.terminated.incrementAndGet();
        }
    }
}
