package io.jenkins.plugins.builderfarm.coordinator.admission;

/** What the transport tells the coordinator of one connection. Thread-safe; none of the methods blocks or throws. */
public interface Session {
    /**
     * A text frame came. Call in the order in which frames came.
     *
     * @param text of any content; frames too long to be read are for the transport to close
     */
    void received(String text);

    /**
     * The connection is gone, whoever ended it. May be called more than once, and late.
     *
     * @param why for the log
     */
    void closed(String why);
}
