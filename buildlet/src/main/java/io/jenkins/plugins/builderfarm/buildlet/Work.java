package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.agent.AgentListener;
import io.jenkins.plugins.builderfarm.buildlet.agent.RunningAgent;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the buildlet has its machine do. All but {@link #health} may block, and are called one at a time. */
interface Work {
    /** The reasons against giving this machine work; empty if it is ready. */
    List<String> preflight(AgentJar agent);

    MachineMessage.Health health(long sequence);

    /** @throws IOException if the agent can't be had or is none; the message goes to the controller */
    RunningAgent start(ControllerMessage.Lease lease, AgentJar agent, AgentListener listener) throws IOException;

    /** Whether a build worked here, to be asked before the clean-up. */
    boolean isUsed(LeaseId lease);

    /** Ends what the build left running and removes its files; what could not be cleaned up, if anything. */
    Optional<String> cleanUp(LeaseId lease);

    /** Whether the machine is rebooting now. */
    boolean reboot();
}
