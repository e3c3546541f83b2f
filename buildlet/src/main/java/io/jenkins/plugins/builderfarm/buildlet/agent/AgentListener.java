package io.jenkins.plugins.builderfarm.buildlet.agent;

/** What becomes of an agent's connection to Jenkins; called on any thread. */
public interface AgentListener {
    void connected();

    /** It tries again by itself. */
    void disconnected();
}
