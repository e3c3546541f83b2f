package io.jenkins.plugins.builderfarm.cloud;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.remoting.Channel;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.slaves.DefaultJnlpSlaveReceiver;
import org.jenkinsci.remoting.engine.JnlpConnectionState;

/**
 * Receives the agents of leases before Jenkins's own receiver does, which it is otherwise: the classes that every build
 * needs first go to the agent in one piece, before anything asks for one of them. Jenkins offers no other place that early.
 */
@Extension(ordinal = 100)
public final class LeaseReceiver extends DefaultJnlpSlaveReceiver {
    private static final Logger LOGGER = Logger.getLogger(LeaseReceiver.class.getName());

    @Override
    public boolean owns(String clientName) {
        return Jenkins.get().getComputer(clientName) instanceof LeasedComputer;
    }

    @Override
    public void afterProperties(@NonNull JnlpConnectionState event) {
        if (owns(event.getProperty(JnlpConnectionState.CLIENT_NAME_KEY))) {
            super.afterProperties(event);
        }
    }

    @Override
    public void afterChannel(@NonNull JnlpConnectionState event) {
        Channel channel = event.getChannel();
        try {
            FirstClasses.send(channel);
        } catch (IOException e) {
            // Then the agent asks for them one by one; if the channel is broken, what follows says so.
            LOGGER.log(Level.FINE, e, () -> "Could not send the first classes to " + channel.getName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        super.afterChannel(event);
    }
}
