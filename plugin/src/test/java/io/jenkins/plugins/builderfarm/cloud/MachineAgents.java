package io.jenkins.plugins.builderfarm.cloud;

import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.Slave;
import hudson.model.queue.QueueTaskFuture;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import jenkins.model.ParameterizedJobMixIn;
import org.apache.commons.io.FileUtils;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;

/**
 * Runs a real agent, a process of its own, for every lease of a {@link PretendMachines} machine: it dials in as often as a
 * machine is wanted, and stays until its lease ends. For one test class, on its thread.
 */
public final class MachineAgents {
    private final JenkinsRule r;
    private final InboundAgentExtension agents;
    private final File jar;
    private final Set<String> served = new HashSet<>();
    private int machines;

    public MachineAgents(JenkinsRule r, InboundAgentExtension agents) throws Exception {
        this.r = r;
        this.agents = agents;
        jar = new File(r.jenkins.getRootDir(), "agent.jar");
        FileUtils.writeByteArrayToFile(jar, new Slave.JnlpJar("agent.jar").readFully());
    }

    /** Builds it with as many machines, one after the other, as it asks for; fails unless it ends so. */
    @SuppressWarnings("unchecked")
    public <R extends Run<?, ?>> R build(Job<?, ?> job, Result result) throws Exception {
        QueueTaskFuture<?> build = ((ParameterizedJobMixIn.ParameterizedJob<?, ?>) job).scheduleBuild2(0);
        serveUntilDone(build);
        return (R) r.assertBuildStatus(result, (Run<?, ?>) build.get());
    }

    private void serveUntilDone(Future<?> build) {
        PretendMachines.await(() -> {
            if (!build.isDone()) {
                serve();
            }
            return build.isDone();
        });
    }

    /** Gives what waits a machine, and a machine that waits its agent; for whoever may see what. */
    public void serve() throws Exception {
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            serveAll();
        }
    }

    private void serveAll() throws Exception {
        for (Queue.Item item : r.jenkins.getQueue().getItems()) {
            boolean waits =
                    Want.of(item) != null && PretendMachines.nodes().stream().noneMatch(LeasedNode::isFree);
            if (waits
                    && PretendMachines.count(io.jenkins.plugins.builderfarm.coordinator.view.MachineState.IDLE) == 0) {
                PretendMachines.dial("board" + ++machines);
            }
        }
        for (LeasedNode node : PretendMachines.nodes()) {
            // A node is there a moment before its computer is.
            if (node.isFree()
                    && node.toComputer() instanceof LeasedComputer computer
                    && served.add(node.getNodeName())) {
                start(computer);
            }
        }
    }

    private void start(LeasedComputer computer) throws Exception {
        agents.start(
                new InboundAgentExtension.AgentArguments(
                        jar, r.getURL().toString(), computer.getName(), computer.getJnlpMac(), 1, List.of()),
                InboundAgentExtension.Options.newBuilder()
                        .name(computer.getName())
                        .webSocket()
                        .build());
    }

    /** Kills the agent's process, as a machine's that loses power. */
    public void kill(String node) throws InterruptedException {
        agents.stop(node);
    }
}
