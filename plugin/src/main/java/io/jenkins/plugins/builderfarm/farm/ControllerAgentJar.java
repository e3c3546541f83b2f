package io.jenkins.plugins.builderfarm.farm;

import hudson.model.Slave;
import io.jenkins.plugins.builderfarm.protocol.message.AgentJar;
import io.jenkins.plugins.builderfarm.protocol.release.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

/** The agent program that this controller serves: read once, since it can't change while Jenkins runs. Thread-safe. */
final class ControllerAgentJar implements Supplier<AgentJar> {
    private static final String NAME = "agent.jar";

    private volatile AgentJar jar;

    @Override
    public AgentJar get() {
        AgentJar known = jar;
        if (known == null) {
            known = read();
            jar = known;
        }
        return known;
    }

    private static AgentJar read() {
        try {
            byte[] bytes = new Slave.JnlpJar(NAME).readFully();
            return new AgentJar("jnlpJars/" + NAME, Sha256.of(bytes), bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("the controller's own " + NAME + " could not be read", e);
        }
    }
}
