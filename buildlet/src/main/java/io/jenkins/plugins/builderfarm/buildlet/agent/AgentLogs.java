package io.jenkins.plugins.builderfarm.buildlet.agent;

import io.jenkins.plugins.builderfarm.buildlet.log.Log;
import io.jenkins.plugins.builderfarm.buildlet.log.Reasons;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the agent and Jenkins's code in it log with java.util.logging, as lines of the buildlet's log. */
final class AgentLogs extends Handler {
    /** Says its settings at every attempt to connect. Held on to, as a level is lost with the last use of its logger. */
    private static final Logger ENGINE = Logger.getLogger("hudson.remoting.Engine");

    private final Log log;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private AgentLogs(Log log) {
        this.log = log;
        setLevel(Level.INFO);
    }

    /** From now on; in place of the JVM's own console lines. */
    static void forwardTo(Log log) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new AgentLogs(log));
        ENGINE.setLevel(Level.WARNING);
    }

    @Override
    public void publish(LogRecord logged) {
        if (isLoggable(logged)) {
            String cause = logged.getThrown() == null ? "" : ": " + Reasons.of(logged.getThrown());
            log.line("agent: " + formatter.formatMessage(logged) + cause);
        }
    }

    @Override
    public void flush() {
        // each line is written at once
    }

    @Override
    public void close() {
        // nothing is open
    }
}
