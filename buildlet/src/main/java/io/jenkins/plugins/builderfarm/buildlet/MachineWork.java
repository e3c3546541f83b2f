package io.jenkins.plugins.builderfarm.buildlet;

import io.jenkins.plugins.builderfarm.buildlet.agent.AgentJars;
import io.jenkins.plugins.builderfarm.buildlet.agent.AgentListener;
import io.jenkins.plugins.builderfarm.buildlet.agent.BoundedCache;
import io.jenkins.plugins.builderfarm.buildlet.agent.EngineAgent;
import io.jenkins.plugins.builderfarm.buildlet.agent.RunningAgent;
import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import io.jenkins.plugins.builderfarm.buildlet.machine.Gauges;
import io.jenkins.plugins.builderfarm.buildlet.machine.Leftovers;
import io.jenkins.plugins.builderfarm.buildlet.machine.Preflight;
import io.jenkins.plugins.builderfarm.buildlet.machine.Reboot;
import io.jenkins.plugins.builderfarm.buildlet.machine.WorkDirectory;
import io.jenkins.plugins.builderfarm.buildlet.proxy.HttpProxy;
import io.jenkins.plugins.builderfarm.buildlet.proxy.ProxyRelay;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.message.ControllerMessage;
import io.jenkins.plugins.builderfarm.protocol.message.LeaseId;
import io.jenkins.plugins.builderfarm.protocol.message.MachineMessage;
import io.jenkins.plugins.builderfarm.protocol.name.ControllerUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The work as this machine really does it. */
record MachineWork(
        ControllerUrl controller,
        WorkDirectory workDirectory,
        AgentJars agentJars,
        BoundedCache jarCache,
        Preflight check,
        Gauges gauges,
        Leftovers leftovers,
        Reboot rebooter,
        SecureRandom random,
        Log log)
        implements Work {
    private static final int HTTPS_PORT = 443;

    /** The agent is fetched here, so that a lease finds it: fetching takes longest, and fails most. */
    @Override
    public List<String> preflight(AgentJar agent) {
        List<String> reasons = new ArrayList<>(check.reasons());
        if (reasons.isEmpty()) {
            try {
                agentJars.get(agent);
            } catch (IOException e) {
                reasons.add("the agent program can't be fetched: " + Reasons.of(e));
            }
            try {
                jarCache.trim();
            } catch (IOException e) {
                log.line("old jars can't be removed: " + Reasons.of(e)); // a full disk is told by the preflight
            }
        }
        return reasons;
    }

    @Override
    public MachineMessage.Health health(long sequence) {
        return new MachineMessage.Health(sequence, gauges.freeDisk(), gauges.availableMemory(), gauges.load());
    }

    @Override
    public RunningAgent start(ControllerMessage.Lease lease, AgentJar wanted, AgentListener listener)
            throws IOException {
        Path jar = agentJars.get(wanted);
        workDirectory.prepare(lease.lease());
        Optional<ProxyRelay> relay = relay();
        try {
            RunningAgent agent = EngineAgent.start(
                    jar, controller, lease.lease(), lease.secret(), jarCache.directory(), random, log, listener);
            return () -> {
                agent.stop();
                relay.ifPresent(ProxyRelay::close);
            };
        } catch (IOException e) {
            relay.ifPresent(ProxyRelay::close);
            throw e;
        }
    }

    /** Without a password the agent finds its way through the proxy itself. */
    private Optional<ProxyRelay> relay() throws IOException {
        URI uri = controller.uri();
        if (!"https".equals(uri.getScheme())) {
            return Optional.empty();
        }
        int port = uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
        Optional<HttpProxy> proxy = HttpProxy.before(uri.getHost(), port)
                .filter(known -> known.authorization().isPresent());
        return proxy.isPresent() ? Optional.of(ProxyRelay.start(proxy.get(), uri.getHost(), port)) : Optional.empty();
    }

    @Override
    public boolean isUsed(LeaseId lease) {
        try {
            return workDirectory.isUsed(lease);
        } catch (IOException e) {
            return true; // whatever became of the directory, it was not us
        }
    }

    @Override
    public Optional<String> cleanUp(LeaseId lease) {
        List<String> problems = new ArrayList<>();
        leftovers.kill(List.of(lease)).ifPresent(problems::add);
        problems.addAll(workDirectory.clean());
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", problems));
    }

    @Override
    public boolean reboot() {
        return rebooter.begin();
    }
}
